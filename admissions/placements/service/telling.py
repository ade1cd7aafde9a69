"""Pass on what changed, whoever changed it: what follows is done, and who is to know is told, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions import notifications
from admissions.applications import ApplicationStatus
from admissions.notifications import STAFF, Kind
from admissions.placements.models import Placement, PlacementStatus, Role, StatusChange
from admissions.placements.rules.moves import ENDING, FOLLOWING, Status, possible
from admissions.placements.rules.showing import Place, Shown, is_news, shown_as
from admissions.placements.service import loading
from admissions.placements.service.moving import SYSTEM, move_application, move_placement
from admissions.placements.service.offering import lapse
from admissions.placements.service.standing import place_of

AT_ONCE = 100
"""Changes in one transaction."""
REMIND_BEFORE = timedelta(hours=24)
ANSWERS = (PlacementStatus.ACCEPTED, PlacementStatus.DECLINED, PlacementStatus.LAPSED)
"""What staff are told of an offer."""


@dataclass(frozen=True)
class News:
    """A change as it is told.

    Attributes:
        shown: What the status is shown as.
        place: The placement, where one moved.
        is_over: Whether that placement stands elsewhere by now.
    """

    application_id: int
    applicant_id: int | None
    reference: str | None
    shown: Shown
    place: Place | None
    is_over: bool


async def pass_on(session: AsyncSession, *, at: datetime) -> bool:
    """Let offers lapse, do what follows from changes, and put who is to be told of them into the outbox.

    Returns:
        Whether there may be more to pass on: what follows from a change is a change.
    """
    await lapse(session, at=at)
    changes = await _untold(session)
    for change in changes:
        change.told_at = at
        await _follow(session, change, at)
        await _tell(session, change, at)
    await session.flush()
    return bool(changes)


async def news_of(session: AsyncSession, change_id: int) -> News:
    """Return a change as it is told."""
    change = await loading.get_change(session, change_id)
    placement, status = change.placement, status_after(change)
    return News(
        application_id=change.application_id,
        applicant_id=change.application.applicant_id,
        reference=change.application.reference,
        shown=shown_as(status),
        place=place_of(placement) if placement else None,
        is_over=placement is not None and placement.status is not status,
    )


def status_after(change: StatusChange) -> Status:
    """Return the status that a change led to."""
    return ApplicationStatus(change.after) if change.placement_id is None else PlacementStatus(change.after)


def about(change: StatusChange) -> str:
    """Return what the outbox calls a change."""
    return f"status_change:{change.id}"


async def _untold(session: AsyncSession) -> Sequence[StatusChange]:
    untold = (
        select(StatusChange)
        .where(StatusChange.told_at.is_(None))
        .options(joinedload(StatusChange.application), joinedload(StatusChange.placement))
        .order_by(StatusChange.id)
        .limit(AT_ONCE)
        .with_for_update(of=StatusChange)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(untold)).all()


async def _follow(session: AsyncSession, change: StatusChange, at: datetime) -> None:
    after = status_after(change)
    if isinstance(after, PlacementStatus) and after in FOLLOWING:
        application, to = change.application, FOLLOWING[after]
        if to in possible(application.status, ApplicationStatus, Role.SYSTEM):
            await move_application(session, application.id, to, SYSTEM, at=at)
    if isinstance(after, ApplicationStatus) and after in ENDING:
        placement = await loading.open_placement(session, change.application_id)
        if placement:
            await move_placement(session, placement.id, PlacementStatus.CANCELLED, SYSTEM, at=at)


async def _tell(session: AsyncSession, change: StatusChange, at: datetime) -> None:
    after, applicant_id = status_after(change), change.application.applicant_id
    if applicant_id is not None and is_news(after, change.role):
        kind = Kind.OFFER_MADE if after is PlacementStatus.OFFERED else Kind.STATUS_CHANGED
        await notifications.enqueue(session, applicant_id, kind, about(change), due_at=at)
    if isinstance(after, PlacementStatus) and after in ANSWERS and change.role is not Role.LEAD:
        concerns = applicant_id
        await notifications.enqueue(
            session, STAFF, Kind.OFFER_ANSWERED, about(change), due_at=at, applicant_id=concerns
        )
    if change.placement and after is PlacementStatus.OFFERED and applicant_id is not None:
        await _remind_in_time(session, change, change.placement, applicant_id, at)


async def _remind_in_time(
    session: AsyncSession, change: StatusChange, placement: Placement, applicant_id: int, at: datetime
) -> None:
    due_at = placement.reply_by - REMIND_BEFORE
    if due_at > at:
        await notifications.enqueue(
            session,
            applicant_id,
            Kind.OFFER_ENDS_SOON,
            about(change),
            due_at=due_at,
            stale_at=placement.reply_by,
        )
