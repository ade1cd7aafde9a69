"""Request, resolve."""

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions import notifications
from admissions.database import insert
from admissions.handoffs.errors import HandoffAlreadyRequested, HandoffAlreadyResolved, HandoffNotFound
from admissions.handoffs.models import Handoff, HandoffReason
from admissions.notifications import STAFF, Kind


async def request(session: AsyncSession, applicant_id: int, reason: HandoffReason, *, at: datetime) -> None:
    """Ask for a person; staff are told of it.

    Raises:
        HandoffAlreadyRequested: The same request is still open (a unique key decides).
    """
    row = {"applicant_id": applicant_id, "reason": reason, "requested_at": at}
    statement = (
        insert(session, Handoff)
        .values(row)
        .on_conflict_do_nothing(index_elements=["applicant_id", "reason"], index_where=text("resolved_at IS NULL"))
    )
    handoff_id = await session.scalar(statement.returning(Handoff.id))
    if handoff_id is None:
        raise HandoffAlreadyRequested
    about = f"handoff:{handoff_id}"
    await notifications.enqueue(
        session, STAFF, Kind.HANDOFF_REQUESTED, about, due_at=at, applicant_id=applicant_id
    )


async def find(session: AsyncSession, handoff_id: int) -> Handoff | None:
    """Return a handoff with its applicant, if there is one of that number."""
    handoff: Handoff | None = await session.scalar(
        select(Handoff).where(Handoff.id == handoff_id).options(joinedload(Handoff.applicant))
    )
    return handoff


async def resolve(session: AsyncSession, handoff_id: int, *, by: str, at: datetime) -> None:
    """Note that someone of the staff has looked after the applicant.

    Raises:
        HandoffNotFound: There is no such handoff.
        HandoffAlreadyResolved: A colleague was quicker.
    """
    handoff = await _get(session, handoff_id)
    if handoff.resolved_by is not None:
        raise HandoffAlreadyResolved(handoff.resolved_by)
    handoff.resolved_at = at
    handoff.resolved_by = by


async def _get(session: AsyncSession, handoff_id: int) -> Handoff:
    handoff = await session.get(Handoff, handoff_id, with_for_update=True)
    if handoff is None:
        raise HandoffNotFound
    return handoff
