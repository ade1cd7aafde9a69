"""When a notification goes out, and what follows from how that went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import Enum, auto
from typing import Final, NamedTuple

from admissions.notifications.models import Kind, Reason


class Policy(NamedTuple):
    """How a kind of notification is treated.

    Attributes:
        is_urgent: It goes out at night too, before all that is not urgent, and again when it is unknown whether it
            arrived: at least once. What is not urgent waits for the recipient's daytime, and is not sent again
            then: at most once.
        may_be_muted: An applicant may choose not to get it.
        keeps_order: While it waits for another try, all that waits for the same recipient waits with it.
    """

    is_urgent: bool
    may_be_muted: bool = False
    keeps_order: bool = False


POLICIES: Final[Mapping[Kind, Policy]] = {
    Kind.DRAFT_REMINDER: Policy(is_urgent=False, may_be_muted=True),
    Kind.HANDOFF_REQUESTED: Policy(is_urgent=True),
    Kind.HANDOFF_DIGEST: Policy(is_urgent=True),
    Kind.HANDOFF_OVERDUE: Policy(is_urgent=True),
    Kind.HANDOFF_NEWS: Policy(is_urgent=True, keeps_order=True),
    Kind.HANDOFF_TAKEN: Policy(is_urgent=True, keeps_order=True),
    Kind.HANDOFF_PAUSED: Policy(is_urgent=True, keeps_order=True),
    Kind.HANDOFF_SOLVED_ASKED: Policy(is_urgent=True, keeps_order=True),
    Kind.RELAY_TO_STAFF: Policy(is_urgent=True, keeps_order=True),
    Kind.RELAY_TO_APPLICANT: Policy(is_urgent=True, keeps_order=True),
    Kind.RELAY_EDITED: Policy(is_urgent=True, keeps_order=True),
    Kind.RELAY_MARKED: Policy(is_urgent=True),
    Kind.LETTER_RECEIVED: Policy(is_urgent=False, may_be_muted=True),
    Kind.APPLICANT_UNREACHABLE: Policy(is_urgent=False),
    Kind.CONSULTATION_DAY_BEFORE: Policy(is_urgent=False, may_be_muted=True),
    Kind.CONSULTATION_SOON: Policy(is_urgent=True, may_be_muted=True),
    Kind.CONSULTATION_BRIEF: Policy(is_urgent=True),
    Kind.CONSULTATION_CHANGED: Policy(is_urgent=True),
    Kind.CONSULTATION_OUTCOME_ASKED: Policy(is_urgent=False),
    Kind.CONSULTATION_NEXT_STEP: Policy(is_urgent=False),
    Kind.CONSULTATION_MISSED: Policy(is_urgent=False),
    Kind.CONSULTATION_MOVE_ASKED: Policy(is_urgent=False),
    Kind.SLOT_OFFERED: Policy(is_urgent=True),
    Kind.STATUS_CHANGED: Policy(is_urgent=True),
    Kind.OFFER_MADE: Policy(is_urgent=True),
    Kind.OFFER_ENDS_SOON: Policy(is_urgent=False),
    Kind.OFFER_ANSWERED: Policy(is_urgent=True),
    Kind.CLAIM_LOCKED: Policy(is_urgent=True),
    Kind.STAFF_NEWS: Policy(is_urgent=True),
    Kind.WEEKLY_REPORT: Policy(is_urgent=True),
    Kind.MESSAGE_TO_LABEL: Policy(is_urgent=True),
    Kind.TALK_FREED: Policy(is_urgent=True),
    Kind.APPLICANT_FORGOTTEN: Policy(is_urgent=True),
    Kind.DATA_EXPIRE: Policy(is_urgent=False),
}

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=15)
"""Before the second try, and at most; in between each pause is twice the one before."""
LAST_TRY: Final = 20
"""After that a notification is dead; Telegram has been failing for more than two hours then."""
PAUSE_WHILE_CLOSED = timedelta(minutes=1)


class Daytime(NamedTuple):
    """The hours, by their own clock, in which somebody may be disturbed; at the end sharp they are over."""

    begins: time
    ends: time


DAYTIME: Final = Daytime(time(9), time(20))


class Failure(Enum):
    """How an attempt failed.

    Attributes:
        KNOWN: It surely did not arrive; another try may work.
        UNKNOWN: Perhaps it arrived.
        REFUSED: It surely did not arrive, and no other try will mend that.
        CLOSED: The staff's group does not let us in; someone will.
    """

    KNOWN = auto()
    UNKNOWN = auto()
    REFUSED = auto()
    CLOSED = auto()


@dataclass(frozen=True)
class Sent:
    """It arrived, as the message of that number if it made one."""

    message_id: int | None


@dataclass(frozen=True)
class Later:
    """It waits until then."""

    until: datetime
    problem: str | None = None


@dataclass(frozen=True)
class Dropped:
    """It is not sent, or perhaps was; and not again."""

    reason: Reason
    problem: str | None = None


@dataclass(frozen=True)
class Dead:
    """It cannot be sent; an operator may have it tried again."""

    problem: str


@dataclass(frozen=True)
class Circumstances:
    """How things stand with a recipient.

    Attributes:
        zone: By whose clock they sleep.
        is_muted: They do not want this kind.
        is_unreachable: Telegram refuses what we write to them.
    """

    zone: tzinfo
    is_muted: bool = False
    is_unreachable: bool = False


def obstacle(
    policy: Policy, circumstances: Circumstances, *, stale_at: datetime | None, daytime: Daytime, at: datetime
) -> Later | Dropped | None:
    """Tell what keeps a notification that is due from being sent now, if anything."""
    if circumstances.is_unreachable:
        return Dropped(Reason.UNREACHABLE)
    if policy.may_be_muted and circumstances.is_muted:
        return Dropped(Reason.MUTED)
    goes_at = at if policy.is_urgent else into_daytime(at, circumstances.zone, daytime)
    if stale_at is not None and goes_at >= stale_at:
        return Dropped(Reason.STALE)
    return Later(goes_at) if goes_at > at else None


def into_daytime(at: datetime, zone: tzinfo, daytime: Daytime) -> datetime:
    """Return a moment itself if it is in somebody's daytime, else when that begins next.

    Args:
        at: Any moment, aware.
        zone: Theirs. Around a change of its clocks the morning is still at their own nine o'clock.
        daytime: The hours.
    """
    there = at.astimezone(zone)
    if daytime.begins <= there.time() < daytime.ends:
        return at
    morning = there.date() if there.time() < daytime.begins else there.date() + timedelta(days=1)
    return datetime.combine(morning, daytime.begins, zone).astimezone(at.tzinfo)


def after_failure(
    failure: Failure,
    *,
    is_urgent: bool,
    attempts: int,
    problem: str,
    at: datetime,
    chance: float,
    retry_after: timedelta | None = None,
) -> Later | Dropped | Dead:
    """Tell what becomes of a notification whose sending failed.

    Args:
        failure: How.
        is_urgent: Whether it is sent again where the outcome is unknown.
        attempts: How often sending it was begun, this time included.
        problem: What went wrong, as a short technical word.
        at: Now, aware.
        chance: From 0 to 1, drawn anew: so that what failed together is not tried again together.
        retry_after: How long Telegram wants to be left alone, if it said so.
    """
    if failure is Failure.CLOSED:
        return Later(at + PAUSE_WHILE_CLOSED, problem)
    if failure is Failure.UNKNOWN and not is_urgent:
        return Dropped(Reason.UNKNOWN_OUTCOME, problem)
    if failure is Failure.REFUSED or attempts >= LAST_TRY:
        return Dead(problem)
    return Later(at + (retry_after or pause_after(attempts, chance)), problem)


def pause_after(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after that many tries: twice as long each time, and a part of it by chance."""
    longest: timedelta = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return longest * (0.5 + chance / 2)
