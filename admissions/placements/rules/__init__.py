"""What may become of applications and placements, and what their applicant is shown."""
