"""Net content: what holds of its rules, and of the service built on them."""
