"""The table of triggers, and the runner that carries it out."""
