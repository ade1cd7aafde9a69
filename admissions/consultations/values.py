"""The words of the subject: how and about what one talks, when advisors work, what is taken, what is free."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Medium(StrEnum):
    """How an applicant and an advisor talk."""

    TELEGRAM = "telegram"
    PHONE = "phone"
    VIDEO = "video"


class Topic(StrEnum):
    """What a talk with an advisor is about."""

    APPLICATION = "application"
    SPECIALTY = "specialty"
    VISA = "visa"
    DOCUMENTS = "documents"
    OTHER = "other"


@dataclass(frozen=True)
class Availability:
    """When an advisor talks to applicants.

    Attributes:
        zone: Its IANA name; the hours are by the clocks there.
        hours: The intervals of each weekday (Monday is 0), which do not overlap.
        slot: How long a talk takes.
        buffer: What stays free after each talk.
        notice: How long ahead a talk is booked at least.
        horizon_days: How many days ahead, by the advisor's calendar, a talk is booked at most.
        daily_limit: Talks a day at most, by the advisor's calendar.
        days_off: The advisor's own dates, holidays among them.
    """

    advisor_id: int
    zone: str
    hours: Mapping[int, tuple[tuple[time, time], ...]]
    slot: timedelta
    buffer: timedelta
    notice: timedelta
    horizon_days: int
    daily_limit: int
    days_off: frozenset[date]


@dataclass(frozen=True)
class Busy:
    """When an advisor cannot talk.

    Attributes:
        begins_at: Aware.
        ends_at: Aware; after a talk its buffer is over.
        counts: Whether it is a talk, which counts to the daily limit; an absence does not.
    """

    advisor_id: int
    begins_at: datetime
    ends_at: datetime
    counts: bool


@dataclass(frozen=True)
class Slot:
    """When a talk can be booked.

    Attributes:
        begins_at: Aware, UTC.
        ends_at: Aware, UTC; the buffer comes after it.
        advisor_ids: Who is free then, the least loaded of that week first.
    """

    begins_at: datetime
    ends_at: datetime
    advisor_ids: tuple[int, ...]


@dataclass(frozen=True)
class Wish:
    """When an applicant would like to talk, by their own clock; what is None may be anything.

    Attributes:
        days: The first and the last day.
        weekdays: Monday is 0.
        between: The talk begins at the first time or later and is over by the second; `time.max` ends the day.
        is_whole: Whether nothing but this was said, politeness apart.
    """

    days: tuple[date, date] | None = None
    weekdays: frozenset[int] | None = None
    between: tuple[time, time] | None = None
    is_whole: bool = True


class ReminderKind(StrEnum):
    """What is sent before a talk: three reminders to the applicant, and the advisor's brief."""

    DAY_BEFORE = "day_before"
    HOURS_BEFORE = "hours_before"
    MINUTES_BEFORE = "minutes_before"
    BRIEF = "brief"


class ConsultationStatus(StrEnum):
    """How far a consultation has come."""

    OFFERED = "offered"
    BOOKED = "booked"
    OVER = "over"
    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Reply(StrEnum):
    """What an applicant says to a reminder."""

    COMING = "coming"
    LATE = "late"


class Asks(StrEnum):
    """What an applicant is asked and may type: where they are (for a talk, or for itself), or when it suits."""

    PLACE = "place"
    CLOCK = "clock"
    TIME = "time"
