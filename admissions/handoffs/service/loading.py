"""Find handoffs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions.handoffs.errors import HandoffNotFound
from admissions.handoffs.models import Handoff, HandoffRequest
from admissions.handoffs.values import HandoffState


async def find(session: AsyncSession, handoff_id: int) -> Handoff | None:
    """Return a handoff with its applicant, if there is one of that number."""
    handoff: Handoff | None = await session.scalar(
        select(Handoff).where(Handoff.id == handoff_id).options(joinedload(Handoff.applicant))
    )
    return handoff


async def find_latest(session: AsyncSession, applicant_id: int) -> Handoff | None:
    """Return an applicant's latest handoff with its applicant, if there was one."""
    handoff: Handoff | None = await session.scalar(
        _latest(applicant_id).options(joinedload(Handoff.applicant)).execution_options(populate_existing=True)
    )
    return handoff


async def unresolved(session: AsyncSession) -> Sequence[Handoff]:
    """Return the handoffs that are not resolved, each with its applicant: a crisis first, then the oldest."""
    rows = select(Handoff).where(Handoff.state != HandoffState.RESOLVED).options(joinedload(Handoff.applicant))
    return (await session.scalars(rows.order_by(Handoff.is_crisis.desc(), Handoff.id))).all()


async def waiting(session: AsyncSession, *, at: datetime) -> tuple[int, timedelta]:
    """Return how many applicants wait for a person, and for how long whoever came first has waited."""
    awaited = select(func.count(), func.min(Handoff.waits_since)).where(Handoff.waits_since.is_not(None))
    count, first = (await session.execute(awaited)).one()
    return count, at - first if first else timedelta(0)


async def requests(session: AsyncSession, handoff_id: int) -> Sequence[HandoffRequest]:
    """Return why a person is asked for now, the oldest reason first; once resolved, why one was asked for last."""
    of_handoff = select(HandoffRequest).where(HandoffRequest.handoff_id == handoff_id).order_by(HandoffRequest.id)
    found = (await session.scalars(of_handoff)).all()
    return [each for each in found if each.settled_at == found[-1].settled_at]


async def get_request(session: AsyncSession, request_id: int) -> HandoffRequest | None:
    """Return a request with its handoff and its applicant, if there is one of that number."""
    with_all = joinedload(HandoffRequest.handoff).joinedload(Handoff.applicant)
    request: HandoffRequest | None = await session.scalar(
        select(HandoffRequest).where(HandoffRequest.id == request_id).options(with_all)
    )
    return request


async def lock(session: AsyncSession, handoff_id: int) -> Handoff:
    """Return a handoff that nobody else changes until this session ends.

    Raises:
        HandoffNotFound: There is none of that number, or a later one of the same applicant took its place.
    """
    handoff = await session.get(Handoff, handoff_id, with_for_update=True, populate_existing=True)
    if handoff is None:
        raise HandoffNotFound
    latest = await session.scalar(_latest(handoff.applicant_id).with_only_columns(Handoff.id))
    if latest != handoff_id:
        raise HandoffNotFound
    return handoff


async def lock_latest(session: AsyncSession, applicant_id: int) -> Handoff | None:
    """Return an applicant's latest handoff, that nobody else changes until this session ends; None without one."""
    handoff: Handoff | None = await session.scalar(
        _latest(applicant_id).with_for_update().execution_options(populate_existing=True)
    )
    return handoff


def _latest(applicant_id: int) -> Select[Handoff]:
    return select(Handoff).where(Handoff.applicant_id == applicant_id).order_by(Handoff.id.desc()).limit(1)
