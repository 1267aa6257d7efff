"""The whole of Steelyard on one machine: servers, units, what they are told, where they run."""
