"""Who talks to the assistant."""

from admissions.applicants.clock import UNKNOWN, Clock
from admissions.applicants.models import Applicant
from admissions.applicants.service import clock_of, find, mark_unreachable, meet, settle

__all__ = ["UNKNOWN", "Applicant", "Clock", "clock_of", "find", "mark_unreachable", "meet", "settle"]
