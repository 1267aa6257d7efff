"""What laboratories and offices hand in as tables: read cell by cell, every bad one named."""
