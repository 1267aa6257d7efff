"""The enforcement service over HTTP; one file a noun."""
