"""Which topic of the staff's group is whose, and what its card shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.database import insert
from admissions.handoffs.models import Handoff, Topic
from admissions.handoffs.values import HandoffState

CLAIM_LASTS: Final = timedelta(minutes=1)
"""Whoever began to make a topic longer ago is no more."""


async def find_topic(session: AsyncSession, applicant_id: int) -> Topic | None:
    """Return an applicant's topic, if one was ever begun."""
    return await session.get(Topic, applicant_id, populate_existing=True)


async def whose_topic(session: AsyncSession, thread: int) -> int | None:
    """Return the applicant whose topic has this number, if it is one's."""
    applicant_id: int | None = await session.scalar(select(Topic.applicant_id).where(Topic.thread == thread))
    return applicant_id


async def claim_topic(session: AsyncSession, applicant_id: int, *, at: datetime) -> bool:
    """Begin to make an applicant's topic; to be committed before it is made.

    Returns:
        Whether it is this caller who makes it (a unique key decides).
    """
    row = {"applicant_id": applicant_id, "claimed_at": at, "is_closed": False}
    statement = insert(session, Topic).values(row)
    is_free = or_(Topic.claimed_at.is_(None), Topic.claimed_at <= at - CLAIM_LASTS)
    claimed = statement.on_conflict_do_update(
        index_elements=["applicant_id"], set_={"claimed_at": at}, where=Topic.thread.is_(None) & is_free
    )
    return await session.scalar(claimed.returning(Topic.applicant_id)) is not None


async def note_topic(session: AsyncSession, applicant_id: int, thread: int) -> bool:
    """Note the number of an applicant's topic, which was just made: it is open, and has no card yet.

    Returns:
        Whether they are still known; who was forgotten meanwhile has no topic.
    """
    fresh = {"thread": thread, "claimed_at": None, "card": None, "shown": None, "is_closed": False}
    theirs = update(Topic).where(Topic.applicant_id == applicant_id).values(fresh)
    return await session.scalar(theirs.returning(Topic.applicant_id)) is not None


async def lose_topic(session: AsyncSession, applicant_id: int, thread: int) -> bool:
    """Note that a topic is not there any more; tell whether that is news."""
    lost = update(Topic).where(Topic.applicant_id == applicant_id, Topic.thread == thread)
    nothing = {"thread": None, "claimed_at": None, "card": None, "shown": None}
    return await session.scalar(lost.values(nothing).returning(Topic.applicant_id)) is not None


async def note_card(session: AsyncSession, applicant_id: int, card: int | None, shown: str | None) -> None:
    """Note which message is an applicant's card, and what it shows now."""
    topic = update(Topic).where(Topic.applicant_id == applicant_id)
    await session.execute(topic.values(card=card, shown=shown))


async def note_closed(session: AsyncSession, applicant_id: int, *, is_closed: bool) -> None:
    """Note whether an applicant's topic is closed."""
    await session.execute(update(Topic).where(Topic.applicant_id == applicant_id).values(is_closed=is_closed))


async def without_topic(session: AsyncSession) -> Sequence[int]:
    """Return the applicants whose handoff is not resolved and who have no topic: a crisis first, then by age."""
    rows = (
        select(Handoff.applicant_id)
        .outerjoin(Topic, Topic.applicant_id == Handoff.applicant_id)
        .where(Handoff.state != HandoffState.RESOLVED, Topic.thread.is_(None))
        .order_by(Handoff.is_crisis.desc(), Handoff.id)
    )
    return (await session.scalars(rows)).all()
