"""Plays cases on a running stack through its public doors: drills and the demonstration."""
