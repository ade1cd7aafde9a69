"""Tell staff who waits: one by one, or many in one message; and again when nobody came."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from admissions import notifications, tracing
from admissions.handoffs.models import Digest, Handoff, HandoffRequest
from admissions.handoffs.values import HandoffState
from admissions.notifications import STAFF, Kind
from admissions.staff import OfficeHours, worked

BURST: Final = 5
"""So many handoffs within a minute are announced each by itself; a group takes twenty messages a minute in all."""
WITHIN: Final = timedelta(minutes=1)
DIGEST_GROWS: Final = timedelta(hours=12)
"""So long the message about many is kept up to date."""


async def announce(session: AsyncSession, *, at: datetime) -> int:
    """Have staff told of what was asked for since the last time; by one process alone.

    Returns:
        How many requests there were.
    """
    fresh = await _unannounced(session)
    lately = await _announced_since(session, at - WITHIN)
    is_burst = lately + len(fresh) > BURST
    for request in fresh:
        request.announced_at = at
        if is_burst and not request.handoff.is_crisis and request.handoff.state is HandoffState.OPEN:
            await _put_into_digest(session, request.handoff, at)
        else:
            with tracing.following(request.correlation_id):
                await _announce(session, request, at)
    return len(fresh)


async def has_news(session: AsyncSession, *, at: datetime) -> bool:
    """Tell whether there is anything that staff have to be told of: a new request, or a snooze that is over."""
    unannounced = select(HandoffRequest.id).where(HandoffRequest.announced_at.is_(None)).limit(1)
    over = select(Handoff.id).where(Handoff.state == HandoffState.SNOOZED, Handoff.snoozed_until <= at).limit(1)
    return (await session.scalar(unannounced) or await session.scalar(over)) is not None


async def escalate(
    session: AsyncSession, office: OfficeHours, after: Sequence[timedelta], *, at: datetime
) -> Sequence[Handoff]:
    """Have staff told again of what nobody took in time; by one process alone.

    Args:
        session: An open session.
        office: When the office is open: other hours do not count, but in a crisis.
        after: After how long whom duty names is told, and after how long the lead.
        at: Now, aware.

    Returns:
        Those of which staff are told again.
    """
    waiting = await session.scalars(
        select(Handoff)
        .where(Handoff.waits_since.is_not(None), Handoff.escalated < len(after))
        .order_by(Handoff.id)
    )
    overdue: dict[int, list[Handoff]] = {}
    for handoff in waiting:
        assert handoff.waits_since is not None, "those alone were asked for"
        waited = at - handoff.waits_since if handoff.is_crisis else worked(office, handoff.waits_since, at)
        level = sum(waited >= patience for patience in after)
        if level > handoff.escalated:
            handoff.escalated = level
            overdue.setdefault(level, []).append(handoff)
    for level, handoffs in overdue.items():
        await _tell_overdue(session, level, [handoff.id for handoff in handoffs], at)
    return [handoff for handoffs in overdue.values() for handoff in handoffs]


async def digests(session: AsyncSession, *, at: datetime) -> Sequence[Digest]:
    """Return the messages about many handoffs that are still kept up to date."""
    rows = select(Digest).where(Digest.grown_at > at - DIGEST_GROWS).order_by(Digest.id)
    return (await session.scalars(rows)).all()


async def of_digest(session: AsyncSession, digest_id: int) -> Sequence[Handoff]:
    """Return the handoffs that one message announces, each with its applicant."""
    rows = select(Handoff).where(Handoff.digest_id == digest_id).options(joinedload(Handoff.applicant))
    return (await session.scalars(rows.order_by(Handoff.id))).all()


async def note_digest_shown(session: AsyncSession, digest_id: int, shown: str) -> None:
    """Note what the message about many handoffs shows now."""
    digest = await session.get_one(Digest, digest_id)
    digest.shown = shown


async def _unannounced(session: AsyncSession) -> Sequence[HandoffRequest]:
    rows = select(HandoffRequest).where(HandoffRequest.announced_at.is_(None))
    return (
        await session.scalars(rows.options(joinedload(HandoffRequest.handoff)).order_by(HandoffRequest.id))
    ).all()


async def _announced_since(session: AsyncSession, moment: datetime) -> int:
    rows = select(func.count()).select_from(HandoffRequest).where(HandoffRequest.announced_at > moment)
    return await session.scalar(rows) or 0


async def _put_into_digest(session: AsyncSession, handoff: Handoff, at: datetime) -> None:
    latest = await session.scalar(select(Digest).order_by(Digest.id.desc()).limit(1).with_for_update())
    if latest is None or latest.grown_at <= at - WITHIN:
        latest = Digest(grown_at=at)
        session.add(latest)
        await session.flush()
        await notifications.enqueue(session, STAFF, Kind.HANDOFF_DIGEST, f"digest:{latest.id}", due_at=at)
    latest.grown_at = at
    handoff.digest_id = latest.id


async def _announce(session: AsyncSession, request: HandoffRequest, at: datetime) -> None:
    await notifications.enqueue(
        session,
        STAFF,
        Kind.HANDOFF_REQUESTED,
        f"request:{request.id}",
        due_at=at,
        applicant_id=request.handoff.applicant_id,
    )


async def _tell_overdue(session: AsyncSession, level: int, handoff_ids: Sequence[int], at: datetime) -> None:
    await notifications.enqueue(
        session,
        STAFF,
        Kind.HANDOFF_OVERDUE,
        f"overdue{level}:{handoff_ids[0]}",
        due_at=at,
        payload={"level": level, "handoffs": [*handoff_ids]},
    )
