"""How far an applicant has come: statuses, placements, and who is to act."""

from admissions.placements.models import Placement
