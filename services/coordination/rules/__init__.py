"""What coordination weighs: pure functions, one file a concern."""
