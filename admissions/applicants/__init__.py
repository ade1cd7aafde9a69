"""Who talks to the assistant."""

from admissions.applicants.models import Applicant
from admissions.applicants.service import find, mark_unreachable, meet

__all__ = ["Applicant", "find", "mark_unreachable", "meet"]
