"""What an applicant or a coordinator does, one module for each doing."""
