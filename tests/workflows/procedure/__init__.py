"""Tests of the engine: state, ladders, lint and fingerprints; legal time in a room of its own."""
