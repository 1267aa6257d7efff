"""The coordination service over HTTP; one file a noun."""
