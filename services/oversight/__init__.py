"""Oversight: keeps every event in an append-only log that anyone can check.

Hears  everything on metrology.intake, metrology.enforcement, metrology.coordination,
       metrology.net_content
Says   nothing
Does   nothing for workflows
Owns   entries, checkpoints
"""
