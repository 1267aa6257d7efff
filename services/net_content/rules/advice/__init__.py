"""What is worked out for a person and decides nothing: curves, fills, comparisons, charts."""
