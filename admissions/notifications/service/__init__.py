"""What one can do with notifications."""
