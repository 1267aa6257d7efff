"""Tests of the engine: legal time, state, lint and the Temporal wrapper."""
