"""Recorded histories of every released procedure, replayed on the engine of today."""
