"""What is asked of the record, a file a noun."""
