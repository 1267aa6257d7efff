"""How rows and running procedures are shown, a file a noun."""
