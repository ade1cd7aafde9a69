"""Request, alert, resolve."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.database import insert
from admissions.handoffs.errors import HandoffAlreadyRequested, HandoffAlreadyResolved, HandoffNotFound
from admissions.handoffs.models import Handoff, HandoffReason


async def request(session: AsyncSession, applicant_id: int, reason: HandoffReason, *, at: datetime) -> None:
    """Ask for a person.

    Raises:
        HandoffAlreadyRequested: The same request is still open (a unique key decides).
    """
    row = {"applicant_id": applicant_id, "reason": reason, "requested_at": at}
    statement = (
        insert(session, Handoff)
        .values(row)
        .on_conflict_do_nothing(index_elements=["applicant_id", "reason"], index_where=text("resolved_at IS NULL"))
    )
    if await session.scalar(statement.returning(Handoff.id)) is None:
        raise HandoffAlreadyRequested


async def unalerted(session: AsyncSession) -> Sequence[Handoff]:
    """Return the open handoffs that staff have not been told of, oldest first, each with its applicant."""
    waiting = select(Handoff).where(Handoff.alerted_at.is_(None), Handoff.resolved_at.is_(None))
    rows = await session.scalars(waiting.options(joinedload(Handoff.applicant)).order_by(Handoff.id))
    return rows.all()


async def mark_alerted(session: AsyncSession, handoff_id: int, *, at: datetime) -> None:
    """Note that staff were told.

    Raises:
        HandoffNotFound: There is no such handoff.
    """
    (await _get(session, handoff_id)).alerted_at = at


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
