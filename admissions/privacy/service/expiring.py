"""Whose data have been kept long enough: they are warned first, then forgotten."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import notifications
from admissions.applicants import Applicant
from admissions.applications import Application
from admissions.consultations import Advisor, Consultation, ConsultationStatus
from admissions.handoffs import Handoff, HandoffState
from admissions.notifications import Kind
from admissions.privacy.models import Forgetting, Hold
from admissions.privacy.rules.expiring import Acquaintance, is_to_be_forgotten, is_to_be_warned
from admissions.privacy.service.forgetting import forget
from admissions.privacy.values import Keeping, Occasion

TO_COME = (ConsultationStatus.BOOKED, ConsultationStatus.OFFERED)


async def warn(session: AsyncSession, keeping: Keeping, *, at: datetime) -> int:
    """Have everybody told whose data are soon removed; return how many."""
    warned = [
        person.applicant_id
        async for person in _quiet(session, keeping, at)
        if is_to_be_warned(person, keeping, at)
    ]
    for applicant_id in warned:
        about = f"applicant:{applicant_id}"
        await notifications.enqueue(session, applicant_id, Kind.DATA_EXPIRE, about, due_at=at)
    await session.execute(update(Applicant).where(Applicant.id.in_(warned)).values(warned_at=at))
    return len(warned)


async def expired(session: AsyncSession, keeping: Keeping, *, at: datetime) -> Sequence[int]:
    """Return whose data are to be removed now."""
    return [
        person.applicant_id
        async for person in _quiet(session, keeping, at)
        if is_to_be_forgotten(person, keeping, at)
    ]


async def expire(session: AsyncSession, applicant_id: int, keeping: Keeping, *, at: datetime) -> Forgetting | None:
    """Forget somebody whose time is over; None where they were heard of, or are held, since that was found."""
    locked = select(Applicant).where(Applicant.id == applicant_id).with_for_update()
    applicant = await session.scalar(locked.execution_options(populate_existing=True))
    if applicant is None:
        return None
    person = await _acquaintance(session, applicant.id, applicant.seen_at, applicant.warned_at)
    if not is_to_be_forgotten(person, keeping, at):
        return None
    return await forget(session, applicant_id, Occasion.EXPIRED, at=at)


async def _quiet(session: AsyncSession, keeping: Keeping, at: datetime) -> AsyncIterator[Acquaintance]:
    """Find who was not heard of for long; advisors, who are reached by their own chat, are none of them."""
    shortest = min(keeping.drafts, keeping.closed) - keeping.warned_before
    advisors = select(Advisor.telegram_id).where(Advisor.telegram_id.is_not(None))
    quiet = select(Applicant.id, Applicant.seen_at, Applicant.warned_at).where(
        Applicant.seen_at <= at - shortest, Applicant.id.not_in(advisors)
    )
    for row in (await session.execute(quiet)).all():
        yield await _acquaintance(session, row.id, row.seen_at, row.warned_at)


async def _acquaintance(
    session: AsyncSession, applicant_id: int, seen_at: datetime, warned_at: datetime | None
) -> Acquaintance:
    theirs = select(Application.status, Application.submitted_at, Application.ended_at)
    rows = (await session.execute(theirs.where(Application.applicant_id == applicant_id))).all()
    talks = select(func.count()).where(Consultation.applicant_id == applicant_id, Consultation.status.in_(TO_COME))
    waiting = select(func.count()).where(
        Handoff.applicant_id == applicant_id, Handoff.state != HandoffState.RESOLVED
    )
    return Acquaintance(
        applicant_id,
        seen_at,
        warned_at,
        statuses=frozenset(row.status for row in rows),
        ended_at=max((row.ended_at for row in rows if row.submitted_at and row.ended_at), default=None),
        has_plans=bool(await session.scalar(talks) or await session.scalar(waiting)),
        is_held=await session.get(Hold, applicant_id) is not None,
    )
