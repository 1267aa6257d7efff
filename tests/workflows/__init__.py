"""Tests of the procedures and of the engine that runs them."""
