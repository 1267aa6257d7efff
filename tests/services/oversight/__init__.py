"""The audit log and what it proves."""
