"""The figures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """How far an applicant came, from /start on."""

    STARTED = "started"
    BEGAN = "began"
    SUBMITTED = "submitted"
    TALKED = "talked"
    OFFERED = "offered"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Stop:
    """A question of the application, and how it fares.

    Attributes:
        question: Its name.
        reached: How many applications came as far as this question.
        left: How many drafts were left alone there.
    """

    question: str
    reached: int
    left: int


@dataclass(frozen=True)
class Wait:
    """How long applicants waited for a person.

    Attributes:
        asked: How many asked for one.
        open: How many of them wait still.
        median: Of those that do not.
        longest: Of those that do not.
    """

    asked: int
    open: int
    median: timedelta | None
    longest: timedelta | None


@dataclass(frozen=True)
class Figures:
    """All of it, for the time from `since` until `at`.

    Attributes:
        funnel: How many of those who pressed Start in that time came how far, by stage.
        stops: The questions of the application, in their order.
        wait: How long applicants waited for a person.
        askers: How many applicants asked or wrote anything that had to be answered.
        askers_alone: How many of them needed no person.
        messages: How many questions came, understood or not.
        out_of_hours: How many of them while the office was closed.
        unanswered: How many were not understood.
        newest_unanswered: Some of those, in their words.
    """

    since: datetime
    at: datetime
    funnel: dict[Stage, int]
    stops: tuple[Stop, ...]
    wait: Wait
    askers: int
    askers_alone: int
    messages: int
    out_of_hours: int
    unanswered: int
    newest_unanswered: tuple[str, ...]
