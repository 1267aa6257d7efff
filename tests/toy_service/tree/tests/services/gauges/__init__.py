"""Gauges: its record, its effects and its routes."""
