"""What becomes of reports and cases at the enforcement service."""
