"""Who talks to the assistant."""

from admissions.applicants.models import Applicant
from admissions.applicants.service import meet

__all__ = ["Applicant", "meet"]
