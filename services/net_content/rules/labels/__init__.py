"""What a label (标签) declares, and whether it may."""
