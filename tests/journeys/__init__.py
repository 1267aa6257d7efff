"""Whole journeys through real processes: servers, units and the command line."""
