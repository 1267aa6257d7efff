"""What the API shows, a file a noun."""
