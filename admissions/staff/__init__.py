"""The staff: when they are in the office, and who is on duty."""

from admissions.staff.desk import Colleague, DeskFile, DeskInvalid, read_desk
from admissions.staff.hours import OfficeHours, is_open, opens_at, worked

__all__ = [
    "Colleague",
    "DeskFile",
    "DeskInvalid",
    "OfficeHours",
    "is_open",
    "opens_at",
    "read_desk",
    "worked",
]
