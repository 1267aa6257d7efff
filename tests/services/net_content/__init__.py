"""Net content on a record of its own, and asked over HTTP."""
