"""A service of nobody's, made by README's *A service*: laid into a copy of the project and tried.

`tree/` has the files it adds, `edits.py` what it changes in files that are there already.
"""
