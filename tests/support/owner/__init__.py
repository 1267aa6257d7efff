"""The test kit of a service that owns procedures: record, application, matrix and effects.

A service says once what it is (`Owner`, in its tests' `house.py`), writes a way to each of its
effects (`ways.py`) and its matrix of routes and roles, and has the rest from here.
"""
