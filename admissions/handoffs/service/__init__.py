"""What one can do with handoffs."""
