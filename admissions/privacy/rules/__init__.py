"""When data have been kept long enough, what staff alone see of them, how they are sent."""
