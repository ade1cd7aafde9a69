"""Talks with an advisor: when they are possible, who is free, what was wished."""

from admissions.consultations.errors import AwayInThePast, AwayUnclear, ConsultationRefusal, NoSuchDay
from admissions.consultations.rules.slots import days, free_slots, nearest, on_day
from admissions.consultations.values import Availability, Busy, Medium, Slot, Topic

__all__ = [
    "Availability",
    "AwayInThePast",
    "AwayUnclear",
    "Busy",
    "ConsultationRefusal",
    "Medium",
    "NoSuchDay",
    "Slot",
    "Topic",
    "days",
    "free_slots",
    "nearest",
    "on_day",
]
