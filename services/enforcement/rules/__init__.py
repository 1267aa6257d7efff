"""The rules of enforcement, as pure functions: no clock, no database, no broker."""
