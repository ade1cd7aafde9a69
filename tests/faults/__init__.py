"""What fails around the assistant, and what comes of it; `make faults` writes docs/reliability.md from these."""
