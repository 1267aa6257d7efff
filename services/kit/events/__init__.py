"""Events in and out: envelope and signature, inbox, handlers, outbox and its relay."""
