"""Fast responses and the list of escalations."""
