"""What of statuses an applicant is shown. All that is not named here is internal and stays with staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from admissions.applications import ApplicationStatus
from admissions.placements.models import Party, PlacementStatus, Role
from admissions.placements.rules.moves import Status


class Shown(StrEnum):
    """How an applicant's own affair stands, as they are told."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    INTERVIEW = "interview"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CONFIRMED = "confirmed"
    PREPARATION = "preparation"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NOT_PLACED = "not_placed"
    WITHDRAWN = "withdrawn"


class Showing(NamedTuple):
    """What a status is shown as, and whether reaching it is news by itself."""

    shown: Shown
    is_news: bool = True


A, P = ApplicationStatus, PlacementStatus
APPLICATIONS_SHOWN: Final[Mapping[ApplicationStatus, Showing]] = {
    A.DRAFT: Showing(Shown.DRAFT, is_news=False),
    A.SUBMITTED: Showing(Shown.SUBMITTED),
    A.IN_REVIEW: Showing(Shown.IN_REVIEW),
    A.INTERVIEW: Showing(Shown.INTERVIEW),
    # that a site may be found is internal: what counts is the offer
    A.MATCHED: Showing(Shown.IN_REVIEW, is_news=False),
    # the placement tells it
    A.COMPLETED: Showing(Shown.COMPLETED, is_news=False),
    A.NOT_PLACED: Showing(Shown.NOT_PLACED),
    A.WITHDRAWN: Showing(Shown.WITHDRAWN),
}
PLACEMENTS_SHOWN: Final[Mapping[PlacementStatus, Showing]] = {
    P.OFFERED: Showing(Shown.OFFERED),
    P.ACCEPTED: Showing(Shown.ACCEPTED),
    P.DECLINED: Showing(Shown.DECLINED),
    P.LAPSED: Showing(Shown.LAPSED),
    P.CONFIRMED: Showing(Shown.CONFIRMED),
    P.PREPARATION: Showing(Shown.PREPARATION),
    P.IN_PROGRESS: Showing(Shown.IN_PROGRESS),
    P.COMPLETED: Showing(Shown.COMPLETED),
    P.CANCELLED: Showing(Shown.CANCELLED),
}
ENDED: Final = frozenset({Shown.COMPLETED, Shown.NOT_PLACED, Shown.WITHDRAWN})
PLACE_SHOWN: Final = frozenset(
    {Shown.OFFERED, Shown.ACCEPTED, Shown.CONFIRMED, Shown.PREPARATION, Shown.IN_PROGRESS, Shown.COMPLETED}
)
"""A place is described in one of these."""
WAITS_FOR: Final[Mapping[Shown, Party]] = {
    Shown.DRAFT: Party.APPLICANT,
    Shown.SUBMITTED: Party.HMC,
    Shown.IN_REVIEW: Party.HMC,
    Shown.INTERVIEW: Party.HMC,
    Shown.OFFERED: Party.APPLICANT,
    Shown.ACCEPTED: Party.HMC,
    Shown.CONFIRMED: Party.HMC,
    Shown.PREPARATION: Party.HMC,
}
"""Who is to act next, unless an open item says more; in all others nobody is."""


class Stage(StrEnum):
    """A step of the process, in the order of facts G5 to G9."""

    APPLICATION = "application"
    CONSULTATION = "consultation"
    PLACEMENT = "placement"
    PREPARATION = "preparation"
    ORIENTATION = "orientation"
    ROTATION = "rotation"


class Mark(StrEnum):
    """Where an applicant is in respect to a step."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LEFT_OUT = "left_out"
    ENDED = "ended"


@dataclass(frozen=True)
class Step:
    """A step of the process as an applicant sees it.

    Attributes:
        first: When it is or was; None where that is not known.
        last: Its last day, where it takes several.
    """

    stage: Stage
    mark: Mark
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Place:
    """A placement as its applicant sees it."""

    id: int
    site: str
    specialty: str
    first_day: date
    last_day: date
    reply_by: datetime
    mentor: str | None
    what_to_bring: str | None


@dataclass(frozen=True)
class Waiting:
    """Who is to act.

    Attributes:
        party: Who.
        items: What for, beside what the status says.
        since: Since when, aware.
    """

    party: Party
    items: tuple[str, ...]
    since: datetime


@dataclass(frozen=True)
class Standing:
    """How things stand, as the applicant is shown it: nothing internal is in here.

    Attributes:
        since: Since when the status is what it is, aware.
        waiting: Who is to act; None where nobody is.
        place: The placement, while there is one.
        talk_at: When the booked or last talk with an advisor begins.
    """

    application_id: int
    applicant_id: int | None
    reference: str | None
    status: Shown
    since: datetime
    steps: tuple[Step, ...]
    waiting: Waiting | None
    place: Place | None
    talk_at: datetime | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more comes of this application."""
        return self.status in ENDED


@dataclass(frozen=True)
class Talk:
    """A talk with an advisor: its day for the applicant, and whether it is over."""

    day: date
    is_over: bool


def shown_as(status: Status) -> Shown:
    """Return what a status is shown as."""
    return _showing(status).shown


def is_news(after: Status, role: Role) -> bool:
    """Tell whether an applicant is told that a status was reached.

    Not of what they did themselves, nor of what follows from something that they are told.
    """
    follows = role is Role.SYSTEM and (isinstance(after, ApplicationStatus) or after is P.CANCELLED)
    return role is not Role.APPLICANT and not follows and _showing(after).is_news


def timeline(
    status: Shown, *, submitted: date | None, talk: Talk | None, place: Place | None, today: date
) -> tuple[Step, ...]:
    """Return the six steps with what is done, what is now, and what comes next.

    Args:
        status: As the applicant is shown it.
        submitted: When they sent the application, if they did.
        talk: Their talk with an advisor, if there is one.
        place: Their placement, while there is one.
        today: The date.
    """
    now = _stage(status, submitted, talk, place, today)
    days = _days(submitted, talk, place)
    return tuple(Step(stage, _mark(stage, now, status, talk), *days.get(stage, ())) for stage in Stage)


def _showing(status: Status) -> Showing:
    if isinstance(status, PlacementStatus):
        return PLACEMENTS_SHOWN[status]
    return APPLICATIONS_SHOWN[status]


def _stage(status: Shown, submitted: date | None, talk: Talk | None, place: Place | None, today: date) -> Stage:
    if status in (Shown.CONFIRMED, Shown.PREPARATION):
        return Stage.PREPARATION
    if status in (Shown.IN_PROGRESS, Shown.COMPLETED):
        return Stage.ORIENTATION if place and today <= place.first_day else Stage.ROTATION
    if status in (Shown.OFFERED, Shown.ACCEPTED):
        return Stage.PLACEMENT
    if submitted is None:
        return Stage.APPLICATION
    return Stage.PLACEMENT if talk and talk.is_over else Stage.CONSULTATION


def _mark(stage: Stage, now: Stage, status: Shown, talk: Talk | None) -> Mark:
    stages = [*Stage]
    if stages.index(stage) > stages.index(now):
        return Mark.NEXT if status not in ENDED else Mark.LEFT_OUT
    if stage is Stage.CONSULTATION and stage is not now and not (talk and talk.is_over):
        return Mark.LEFT_OUT
    if stage is not now or status is Shown.COMPLETED:
        return Mark.DONE
    return Mark.ENDED if status in ENDED else Mark.NOW


def _days(submitted: date | None, talk: Talk | None, place: Place | None) -> Mapping[Stage, tuple[date, ...]]:
    days: dict[Stage, tuple[date, ...]] = {}
    if submitted:
        days[Stage.APPLICATION] = (submitted,)
    if talk:
        days[Stage.CONSULTATION] = (talk.day,)
    if place:
        days[Stage.ORIENTATION] = (place.first_day,)
        days[Stage.ROTATION] = (place.first_day, place.last_day)
    return days
