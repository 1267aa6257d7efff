"""The engine of procedures: tables, pure state, legal time, lint and the Temporal wrapper."""
