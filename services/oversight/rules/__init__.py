"""The rules of the audit log, as pure functions: no clock, no database, no broker."""
