"""A unit with nothing but a table and a handler: what the kit promises is tried on it."""
