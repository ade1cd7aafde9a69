"""Talks with an advisor: when they are possible, who is free, what was wished."""

from admissions.consultations.calendar import CalendarEvent, Method, invitation
from admissions.consultations.errors import (
    AdvisorsInvalid,
    AwayInThePast,
    AwayUnclear,
    ConsultationRefusal,
    NoSuchDay,
)
from admissions.consultations.file import AdvisorEntry, AdvisorsFile, Media, read_advisors
from admissions.consultations.rules.away import read_away
from admissions.consultations.rules.reminders import DueTime, due_times
from admissions.consultations.rules.slots import days, free_slots, nearest, on_day
from admissions.consultations.rules.wishes import narrow, read_wish
from admissions.consultations.values import Availability, Busy, Medium, ReminderKind, Slot, Topic, Wish

__all__ = [
    "AdvisorEntry",
    "AdvisorsFile",
    "AdvisorsInvalid",
    "Availability",
    "AwayInThePast",
    "AwayUnclear",
    "Busy",
    "CalendarEvent",
    "ConsultationRefusal",
    "DueTime",
    "Media",
    "Medium",
    "Method",
    "NoSuchDay",
    "ReminderKind",
    "Slot",
    "Topic",
    "Wish",
    "days",
    "due_times",
    "free_slots",
    "invitation",
    "narrow",
    "nearest",
    "on_day",
    "read_advisors",
    "read_away",
    "read_wish",
]
