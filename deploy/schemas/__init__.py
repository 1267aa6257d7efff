"""Frozen JSON Schemas of everything that is sent or kept: contracts grow, they never break."""
