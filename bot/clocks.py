"""Times as an applicant reads them: by their own clock, beside Houston's."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from admissions.applicants import Clock
from bot import texts

HOUSTON: Final = ZoneInfo("America/Chicago")
"""HMC's own zone."""


def both(moment: datetime, clock: Clock) -> str:
    """Write a moment by both clocks: "Tue 8 Dec 19:30 your time (Lahore) · 08:30 Houston"."""
    theirs, ours = moment.astimezone(clock.zone), moment.astimezone(HOUSTON)
    houston = hour(ours) if theirs.date() == ours.date() else f"{day(ours)} {hour(ours)}"
    return texts.BOTH_CLOCKS.format(theirs=f"{day(theirs)} {hour(theirs)}", place=clock.place, houston=houston)


def houston(moment: datetime) -> str:
    """Write a moment by Houston's clock, for staff."""
    ours = moment.astimezone(HOUSTON)
    return texts.HOUSTON_CLOCK.format(moment=f"{day(ours)} {hour(ours)}")


def now_both(moment: datetime, clock: Clock) -> str:
    """Say what time it is now by both clocks."""
    theirs, ours = moment.astimezone(clock.zone), moment.astimezone(HOUSTON)
    return texts.NOW_BOTH.format(theirs=hour(theirs), place=clock.place, houston=hour(ours))


def day(moment: datetime) -> str:
    """Write the day of a moment: "Tue 8 Dec"."""
    return f"{moment:%a} {moment.day} {moment:%b}"


def hour(moment: datetime) -> str:
    """Write the time of a moment by a clock of 24 hours: "19:30"."""
    return f"{moment:%H:%M}"
