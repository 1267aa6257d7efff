"""Legal time: the calendar, deadlines and extensions counted by it, and what falls due."""
