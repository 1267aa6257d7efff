"""The directory of a jurisdiction, read from its files and checked."""
