"""The rules of net-content checks, as pure functions: no clock, no database, no broker."""
