"""Legal time: vectors, and what holds of every clock."""
