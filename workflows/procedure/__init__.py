"""The engine of procedures: model, pure state, legal time, lint. It knows no table by name."""
