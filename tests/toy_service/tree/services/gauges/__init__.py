"""Gauges: keeps the review of every gauge that a case is about.

Hears  nothing
Says   gauges.gauge_reviewed
Does   gauges.take_step (for workflows)
Owns   gauges
"""
