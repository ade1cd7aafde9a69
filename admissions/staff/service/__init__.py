"""What one can do at the desk."""
