"""Oversight: keeps every event in an append-only log that anyone can check.

Hears  everything on every topic
Says   nothing
Does   nothing for workflows
Owns   entries, checkpoints
"""
