"""The net-content service over HTTP; one file a noun."""
