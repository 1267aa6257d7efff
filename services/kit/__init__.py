"""The plumbing every process stands on; it knows no domain."""
