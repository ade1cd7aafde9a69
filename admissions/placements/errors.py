"""Reasons to refuse."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from admissions.errors import Refusal


class PlacementRefusal(Refusal):
    """The root of what is refused around placements and statuses."""

    def __post_init__(self) -> None:
        """Keep the data out of the exception's text, which goes to logs."""
        super().__init__()


@dataclass(eq=False, repr=False)
class MoveNotAllowed(PlacementRefusal):
    """A status cannot be reached from where things stand, or not by this role.

    Attributes:
        before: Where it stands.
        after: Where it was to go.
        role: Who wanted to move it.
        possible: Where that role may move it instead.
        application_id: Whose it is, as far as it is known where this is raised.
        placement_id: The placement, where it is one.
        by: The name of whoever wanted it.
    """

    before: str
    after: str
    role: str
    possible: tuple[str, ...] = ()
    application_id: int | None = None
    placement_id: int | None = None
    by: str | None = None


@dataclass(eq=False, repr=False)
class MovedMeanwhile(PlacementRefusal):
    """Somebody else was quicker; it stands elsewhere now than the one who wants to move it saw."""

    status: str
    by: str | None
    role: str
    at: datetime


class PlacementNotFound(PlacementRefusal):
    """There is no such placement, or it is not theirs."""


@dataclass(eq=False, repr=False)
class ApplicationNotOpen(PlacementRefusal):
    """No place is offered to an application that is a draft or has ended."""

    status: str


class AlreadyPlaced(PlacementRefusal):
    """The application has an open placement."""


@dataclass(eq=False, repr=False)
class OfferEnded(PlacementRefusal):
    """The offer could be answered until `reply_by`."""

    reply_by: datetime


class PeriodProblem(StrEnum):
    """Why days cannot be those of a rotation (fact W8)."""

    NOT_MONDAY = "not_monday"
    NOT_FRIDAY = "not_friday"
    TOO_SHORT = "too_short"


@dataclass(eq=False, repr=False)
class PeriodRefused(PlacementRefusal):
    """A rotation cannot have these days."""

    reason: PeriodProblem
    day: date


class ReplyByPast(PlacementRefusal):
    """The time in which an offer could be answered is over before it is made."""


class WordsMissing(PlacementRefusal):
    """Nothing was written, or too much."""


class ItemNotFound(PlacementRefusal):
    """There is no such open item (any more)."""


class ClaimRefusal(PlacementRefusal):
    """The root of what is refused to somebody who says that an application is theirs."""


class ReferenceUnreadable(ClaimRefusal):
    """The text has nothing that looks like a reference."""


@dataclass(eq=False, repr=False)
class CodeWrong(ClaimRefusal):
    """The code is not the one that was sent; `left` more may be tried."""

    left: int


class CodeExpired(ClaimRefusal):
    """The code was good for ten minutes."""


class ClaimLocked(ClaimRefusal):
    """Too many wrong codes were given: a person of the team has to help."""


class TooManyCodes(ClaimRefusal):
    """Codes were asked for too often."""


class OwnApplicationUnderWay(ClaimRefusal):
    """The code is right, but this account has another application under way."""
