"""The rules of enforcement: no server, milliseconds."""
