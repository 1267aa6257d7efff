"""What every command shares: options, whom it asks, what it shows, how it fails."""
