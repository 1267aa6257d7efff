"""What happens to a case, told by real servers wherever a server takes part."""
