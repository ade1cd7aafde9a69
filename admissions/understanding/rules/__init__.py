"""The decisions about what applicants wrote: what of it is kept, and which messages are weak."""
