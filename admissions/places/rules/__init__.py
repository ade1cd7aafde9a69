"""What is decided about places: plain values in, a value out."""
