"""What the API asks of the record, a file a noun."""
