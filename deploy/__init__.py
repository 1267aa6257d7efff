"""How Steelyard is started, watched and stopped: on one bare machine, or on many."""
