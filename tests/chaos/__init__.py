"""A joint operation of several agencies' systems, and what happens when any process is killed."""
