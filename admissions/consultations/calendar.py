"""A talk as a calendar file (.ics), which every calendar takes: RFC 5545."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from icalendar import Alarm, Calendar, Event, vUri
from icalendar.enums import STATUS

PRODUCT = "-//Houston Medical Clerkship//Consultations//EN"


class Method(StrEnum):
    """What a calendar does with the file: take the talk in or change it, or take it out."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class CalendarEvent:
    """A talk, in the words that the calendar shows.

    Attributes:
        uid: The same for all that is ever sent about this talk.
        sequence: Higher with every change, the cancellation too; a calendar takes the highest.
        begins_at: Aware.
        ends_at: Aware.
        location: Where it is held, in words; empty for nowhere.
        url: Where the talk is held or looked at; None for nowhere.
        organizer: A URI: mailto: or https:.
        alarm: How long before the beginning the calendar rings; None for not at all.
    """

    uid: str
    sequence: int
    begins_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    url: str | None
    organizer: str
    alarm: timedelta | None


def invitation(event: CalendarEvent, *, method: Method, at: datetime) -> bytes:
    """Return the file that puts a talk into a calendar, changes it there or takes it out.

    Args:
        event: The talk; its instants are written in UTC, so that no calendar needs to know a zone.
        method: Whether it is held or cancelled.
        at: When the file is made, aware.
    """
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", method.value)):
        calendar.add(name, value)
    calendar.add_component(_component(event, method, at))
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent, method: Method, at: datetime) -> Event:
    component = Event.new(
        uid=event.uid,
        sequence=event.sequence,
        stamp=at.astimezone(UTC),
        start=event.begins_at.astimezone(UTC),
        end=event.ends_at.astimezone(UTC),
        summary=event.summary,
        description=event.description,
        location=event.location or None,
        url=event.url,
        status=STATUS.CANCELLED if method is Method.CANCEL else STATUS.CONFIRMED,
    )
    component.add("organizer", vUri(event.organizer))
    if event.alarm is not None and method is Method.PUBLISH:
        component.add_component(_alarm(event.summary, event.alarm))
    return component


def _alarm(words: str, before: timedelta) -> Alarm:
    alarm = Alarm.new(description=words)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    return alarm
