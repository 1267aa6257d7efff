"""The commands of `steelyard`, one file each."""
