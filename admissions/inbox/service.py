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


async def receive(session: AsyncSession, update_id: int, payload: dict[str, Any], *, at: datetime) -> bool:
    """Store an update that arrived.

    Returns:
        Whether it is new; False when the same was received before (the unique key decides).
    """
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    row = {"id": update_id, "payload": payload, "digest": digest, "received_at": at, "handled_at": None}
    statement = insert(session, ReceivedUpdate).values(row)
    unless_the_same = statement.on_conflict_do_update(
        index_elements=["id"], set_=row, where=ReceivedUpdate.digest != digest
    )
    return await session.scalar(unless_the_same.returning(ReceivedUpdate.id)) is not None


async def pending(session: AsyncSession) -> Sequence[dict[str, Any]]:
    """Return the payloads that were received and not handled, oldest first."""
    waiting = select(ReceivedUpdate.payload).where(ReceivedUpdate.handled_at.is_(None))
    rows = await session.scalars(waiting.order_by(ReceivedUpdate.id))
    return [payload for payload in rows if payload is not None]


async def backlog(session: AsyncSession, *, at: datetime) -> tuple[int, timedelta]:
    """Return how many updates are not handled yet, and for how long the oldest of them has been here."""
    waiting = select(func.count(), func.min(ReceivedUpdate.received_at)).where(ReceivedUpdate.handled_at.is_(None))
    count, oldest = (await session.execute(waiting)).one()
    return count, at - oldest if oldest else timedelta(0)


async def finish(session: AsyncSession, update_id: int, *, at: datetime) -> timedelta:
    """Note that an update was handled, drop what it said, and return how long it was here."""
    handled = update(ReceivedUpdate).where(ReceivedUpdate.id == update_id).values(handled_at=at, payload=None)
    received_at = await session.scalar(handled.returning(ReceivedUpdate.received_at))
    return at - received_at if received_at else timedelta(0)


async def forget(session: AsyncSession, *, before: datetime) -> None:
    """Remove the numbers of updates handled before a moment; a messenger repeats none that old."""
    await session.execute(delete(ReceivedUpdate).where(ReceivedUpdate.handled_at < before))
