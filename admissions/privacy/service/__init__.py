"""Hold, send, warn, forget."""
