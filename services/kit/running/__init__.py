"""One process: how a unit is put together, started and watched."""
