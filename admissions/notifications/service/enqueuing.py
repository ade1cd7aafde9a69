"""Put into the outbox, and take out of it what waits."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import tracing
from admissions.applicants import Applicant
from admissions.database import insert
from admissions.notifications.models import Kind, Notification, Reason, State
from admissions.notifications.rules import POLICIES


async def enqueue(
    session: AsyncSession,
    recipient: int,
    kind: Kind,
    about: str,
    *,
    due_at: datetime,
    stale_at: datetime | None = None,
    payload: Mapping[str, Any] | None = None,
    applicant_id: int | None = None,
) -> bool:
    """Have something told to somebody, once, when this session commits; the same once more changes nothing.

    What was cancelled may be enqueued again: a talk that is moved and moved back has its reminders.

    Args:
        session: An open session.
        recipient: A Telegram id, or `STAFF`.
        kind: What is told.
        about: What it is about, such as "consultation:12"; with it goes what waits (`cancel`).
        due_at: When to tell it, aware.
        stale_at: From when on it is of no use any more, aware; never, unless said.
        payload: What its words need and no row has, as JSON.
        applicant_id: Whom it concerns; the recipient, where that is an applicant.

    Returns:
        Whether it is new; False when the same was enqueued before (the unique key decides).
    """
    recipient_as_applicant = select(Applicant.id).where(Applicant.id == recipient).scalar_subquery()
    fresh = {
        "payload": payload,
        "stale_at": stale_at,
        "is_urgent": POLICIES[kind].is_urgent,
        "state": State.WAITING,
        "next_try_at": due_at,
        "attempts": 0,
        "reason": None,
        "correlation_id": tracing.current(),
    }
    key = {"recipient": recipient, "kind": kind, "about": about, "due_at": due_at}
    concerns = recipient_as_applicant if applicant_id is None else applicant_id
    statement = insert(session, Notification).values({**key, **fresh, "applicant_id": concerns})
    unless_the_same = statement.on_conflict_do_update(
        index_elements=[*key], set_=fresh, where=Notification.reason == Reason.CANCELLED
    )
    return await session.scalar(unless_the_same.returning(Notification.id)) is not None


async def cancel(session: AsyncSession, about: str, *, kinds: Collection[Kind] | None = None) -> int:
    """Drop what still waits to be told about something; what is being sent this moment goes out.

    Args:
        session: An open session.
        about: As it was enqueued.
        kinds: These alone; every kind, unless said.

    Returns:
        How many were dropped.
    """
    waiting = update(Notification).where(Notification.about == about, Notification.state == State.WAITING)
    if kinds is not None:
        waiting = waiting.where(Notification.kind.in_(kinds))
    dropped = waiting.values(state=State.DROPPED, reason=Reason.CANCELLED)
    return len((await session.scalars(dropped.returning(Notification.id))).all())
