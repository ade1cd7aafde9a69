"""What applicants and coordinators do with an application."""
