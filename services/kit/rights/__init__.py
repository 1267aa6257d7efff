"""Who is asking, and what of the record they may see."""
