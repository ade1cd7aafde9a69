"""How things stand for an applicant, and what has changed since they last looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from admissions import applicants, consultations
from admissions.applications import Application, ApplicationStatus
from admissions.consultations import Consultation
from admissions.placements.models import Look, OpenItem, Party, Placement, PlacementStatus
from admissions.placements.rules.moves import CANCELLING_COSTS, OPEN
from admissions.placements.rules.showing import (
    PLACE_SHOWN,
    WAITS_FOR,
    Place,
    Shown,
    Standing,
    Talk,
    Waiting,
    shown_as,
    timeline,
)
from admissions.placements.service import loading

HOUSTON: Final = ZoneInfo("America/Chicago")
"""Where rotations take place."""
OF_PLACE: Final = (
    "site",
    "specialty",
    "first_day",
    "last_day",
    "reply_by",
    "mentor",
    "what_to_bring",
)
"""What of a placement is compared with what was seen before."""


@dataclass(frozen=True)
class Difference:
    """Something that is not as the applicant saw it; values as `_seen` has them."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Looked:
    """What an applicant sees.

    Attributes:
        standing: How things stand.
        last_looked_at: When they looked before; None the first time.
        differences: What has changed since.
    """

    standing: Standing
    last_looked_at: datetime | None
    differences: tuple[Difference, ...]


async def look(session: AsyncSession, applicant_id: int, reference: str | None = None, *, at: datetime) -> Looked:
    """Show an applicant their application, and remember what they saw.

    Args:
        session: An open session.
        applicant_id: Who looks.
        reference: Which of their applications; without one it is the latest.
        at: Now, aware.

    Raises:
        ApplicationNotFound: They never had one, or none of that reference.
    """
    application = await loading.latest_application(session, applicant_id, reference)
    standing = await _standing(session, application, at)
    before, seen = await session.get(Look, application.id), _seen(standing)
    differences = _differences(before.seen, seen) if before else ()
    last_looked_at = before.looked_at if before else None
    await session.merge(Look(application_id=application.id, seen=seen, looked_at=at))
    return Looked(standing, last_looked_at, differences)


async def status_of(session: AsyncSession, application_id: int, *, at: datetime) -> Standing:
    """Return how things stand with an application, as its applicant is shown it.

    Raises:
        ApplicationNotFound: There is none.
    """
    return await _standing(session, await loading.get_application(session, application_id), at)


async def cancelling_costs(session: AsyncSession, applicant_id: int) -> bool:
    """Tell whether fact W11 holds if an applicant gives up now: their place is confirmed.

    Raises:
        ApplicationNotFound: They never had an application.
    """
    application = await loading.latest_application(session, applicant_id)
    placement = await loading.open_placement(session, application.id)
    return placement is not None and placement.status in CANCELLING_COSTS


def place_of(placement: Placement) -> Place:
    """Return what an applicant sees of a placement."""
    return Place(
        id=placement.id,
        site=placement.site.name,
        specialty=placement.specialty,
        first_day=placement.first_day,
        last_day=placement.last_day,
        reply_by=placement.reply_by,
        mentor=placement.mentor,
        what_to_bring=placement.what_to_bring,
    )


async def _standing(session: AsyncSession, application: Application, at: datetime) -> Standing:
    placement = await _counting(session, application)
    talk = await _talk(session, application)
    clock = await applicants.clock_of(session, application.applicant_id or 0)
    status = shown_as(placement.status if placement else application.status)
    place = place_of(placement) if placement and status in PLACE_SHOWN else None
    change = await loading.last_change(session, application.id, placement.id if placement else None)
    submitted = application.submitted_at
    return Standing(
        application_id=application.id,
        applicant_id=application.applicant_id,
        reference=application.reference,
        status=status,
        since=change.changed_at,
        steps=timeline(
            status,
            submitted=submitted.astimezone(clock.zone).date() if submitted else None,
            talk=Talk(talk.begins_at.astimezone(clock.zone).date(), talk.ends_at <= at) if talk else None,
            place=place,
            today=at.astimezone(HOUSTON).date(),
        ),
        waiting=_waiting(status, await loading.open_items(session, application.id), change.changed_at),
        place=place,
        talk_at=talk.begins_at if talk else None,
    )


async def _counting(session: AsyncSession, application: Application) -> Placement | None:
    """Return the placement that decides how things stand, if one does."""
    if application.status in (ApplicationStatus.WITHDRAWN, ApplicationStatus.NOT_PLACED):
        return None
    placement = await loading.last_placement(session, application.id)
    counts = placement and (placement.status in OPEN or placement.status is PlacementStatus.COMPLETED)
    return placement if counts else None


async def _talk(session: AsyncSession, application: Application) -> Consultation | None:
    if application.applicant_id is None:
        return None
    talk = await consultations.last_talk(session, application.applicant_id)
    is_of_this = talk and (application.ended_at is None or talk.begins_at < application.ended_at)
    return talk if is_of_this and talk and talk.created_at >= application.begun_at else None


def _waiting(status: Shown, items: Sequence[OpenItem], since: datetime) -> Waiting | None:
    for party in (Party.APPLICANT, Party.HMC):
        theirs = [item for item in items if item.waits_for is party]
        if theirs and (party is Party.APPLICANT or WAITS_FOR.get(status) is not Party.APPLICANT):
            return Waiting(party, tuple(item.what for item in theirs), theirs[0].opened_at)
    return Waiting(WAITS_FOR[status], (), since) if status in WAITS_FOR else None


def _seen(standing: Standing) -> dict[str, str | None]:
    """Return what an applicant sees, in a form that can be stored and compared."""
    place, waiting, talk_at = standing.place, standing.waiting, standing.talk_at
    seen = {
        "status": standing.status.value,
        "talk_at": talk_at.isoformat() if talk_at else None,
        "waiting": (", ".join(waiting.items) or None) if waiting else None,
    }
    return {**seen, **{name: _text(getattr(place, name, None)) for name in OF_PLACE}}


def _differences(before: dict[str, Any], after: dict[str, str | None]) -> tuple[Difference, ...]:
    """Compare; a place that has come or gone is told by the status, not by each of its details."""
    is_same_place = None not in (before.get("site"), after["site"])
    compared = [what for what in after if is_same_place or what not in OF_PLACE]
    return tuple(
        Difference(what, before.get(what), after[what]) for what in compared if before.get(what) != after[what]
    )


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
