"""What one can do with answers."""
