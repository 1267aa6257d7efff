"""Procedures of the law as tables, and the engine that runs them on Temporal."""
