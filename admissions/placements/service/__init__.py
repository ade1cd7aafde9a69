"""What applicants, staff, other programs and the clock do with statuses and placements."""
