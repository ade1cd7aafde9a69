"""What `make bench` measures: nothing here is asserted, all of it is printed."""
