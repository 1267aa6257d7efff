"""Verdicts on thousands of lots at once, equal to those on each alone."""
