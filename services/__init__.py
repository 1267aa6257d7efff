"""The services: each owns its rows, hears events and tells of what it did; none imports another."""
