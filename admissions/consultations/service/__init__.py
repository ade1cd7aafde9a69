"""What applicants, advisors and the clock do with consultations."""
