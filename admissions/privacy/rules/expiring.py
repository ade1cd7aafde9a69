"""When somebody's data have been kept long enough."""

from dataclasses import dataclass
from datetime import datetime

from admissions.applications import ApplicationStatus
from admissions.privacy.values import Keeping


@dataclass(frozen=True)
class Acquaintance:
    """What counts of an applicant.

    Attributes:
        seen_at: When they last wrote or tapped.
        warned_at: When they were last told that their data will be removed.
        statuses: Of all their applications.
        ended_at: When the last of those that ended did.
        has_plans: Whether a talk is to come, or somebody of the staff is waited for.
        is_held: Whether staff hold their data.
    """

    applicant_id: int
    seen_at: datetime
    warned_at: datetime | None = None
    statuses: frozenset[ApplicationStatus] = frozenset()
    ended_at: datetime | None = None
    has_plans: bool = False
    is_held: bool = False


ENDED = frozenset({ApplicationStatus.COMPLETED, ApplicationStatus.NOT_PLACED, ApplicationStatus.WITHDRAWN})


def kept_until(person: Acquaintance, keeping: Keeping) -> datetime | None:
    """Return until when somebody's data are kept; None for as long as an application is with HMC.

    Whatever they write or tap counts anew from then on.
    """
    if person.is_held or person.has_plans or person.statuses - ENDED - {ApplicationStatus.DRAFT}:
        return None
    if person.ended_at is None:
        return person.seen_at + keeping.drafts
    return max(person.seen_at, person.ended_at) + keeping.closed


def is_to_be_warned(person: Acquaintance, keeping: Keeping, at: datetime) -> bool:
    """Tell whether somebody is to be told now that their data will be removed."""
    until = kept_until(person, keeping)
    return until is not None and until - keeping.warned_before <= at and not _was_warned(person)


def is_to_be_forgotten(person: Acquaintance, keeping: Keeping, at: datetime) -> bool:
    """Tell whether somebody's time is over: they were warned long enough ago, and not heard of since."""
    until = kept_until(person, keeping)
    if until is None or until > at or person.warned_at is None or not _was_warned(person):
        return False
    return person.warned_at + keeping.warned_before <= at


def _was_warned(person: Acquaintance) -> bool:
    return person.warned_at is not None and person.warned_at > person.seen_at
