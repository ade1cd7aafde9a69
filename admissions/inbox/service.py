"""Receive, handle, forget."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.database import insert
from admissions.inbox.models import ReceivedUpdate


async def receive(
    session: AsyncSession, update_id: int, payload: dict[str, Any], *, chat: int, at: datetime
) -> bool:
    """Store an update that arrived.

    Args:
        session: Open.
        update_id: Its number.
        payload: What it says.
        chat: Where; the updates of a chat are handled in their order.
        at: The moment of arrival, aware.

    Returns:
        Whether it is new; False when the same was received before (the unique key decides).
    """
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    row = {"id": update_id, "payload": payload, "digest": digest, "chat": chat, "received_at": at}
    statement = insert(session, ReceivedUpdate).values(row)
    unless_the_same = statement.on_conflict_do_update(
        index_elements=["id"], set_=row | {"handled_at": None}, where=ReceivedUpdate.digest != digest
    )
    return await session.scalar(unless_the_same.returning(ReceivedUpdate.id)) is not None


async def next_in(session: AsyncSession, chat: int) -> dict[str, Any] | None:
    """Return the oldest payload of a chat that was received and not handled, if any."""
    waiting = select(ReceivedUpdate.payload).where(
        ReceivedUpdate.handled_at.is_(None), ReceivedUpdate.chat == chat
    )
    return await session.scalar(waiting.order_by(ReceivedUpdate.id).limit(1))


async def count_in(session: AsyncSession, chat: int) -> int:
    """Return how many updates of a chat are not handled yet."""
    waiting = select(func.count()).where(ReceivedUpdate.handled_at.is_(None), ReceivedUpdate.chat == chat)
    return await session.scalar(waiting) or 0


async def waiting_in(session: AsyncSession, chat: int, *, after: int) -> Sequence[dict[str, Any]]:
    """Return the payloads of a chat that wait behind an update, oldest first."""
    waiting = select(ReceivedUpdate.payload).where(
        ReceivedUpdate.handled_at.is_(None), ReceivedUpdate.chat == chat, ReceivedUpdate.id > after
    )
    rows = await session.scalars(waiting.order_by(ReceivedUpdate.id))
    return [payload for payload in rows if payload is not None]


async def waiting_chats(session: AsyncSession, *, before: datetime) -> Sequence[int]:
    """Return the chats in which something waits that was received before a moment."""
    waiting = select(ReceivedUpdate.chat).where(ReceivedUpdate.handled_at.is_(None))
    rows = await session.scalars(waiting.where(ReceivedUpdate.received_at <= before).distinct())
    return rows.all()


async def backlog(session: AsyncSession, *, at: datetime) -> tuple[int, timedelta]:
    """Return how many updates are not handled yet, and for how long the oldest of them has been here."""
    waiting = select(func.count(), func.min(ReceivedUpdate.received_at)).where(ReceivedUpdate.handled_at.is_(None))
    count, oldest = (await session.execute(waiting)).one()
    return count, at - oldest if oldest else timedelta(0)


async def finish(session: AsyncSession, update_id: int, *, at: datetime) -> timedelta:
    """Note that an update was handled, drop what it said and where, and return how long it was here."""
    handled = update(ReceivedUpdate).where(ReceivedUpdate.id == update_id)
    over = handled.values(handled_at=at, payload=None, chat=0)
    received_at = await session.scalar(over.returning(ReceivedUpdate.received_at))
    return at - received_at if received_at else timedelta(0)


async def forget(session: AsyncSession, *, before: datetime) -> None:
    """Remove the numbers of updates handled before a moment; a messenger repeats none that old."""
    await session.execute(delete(ReceivedUpdate).where(ReceivedUpdate.handled_at < before))
