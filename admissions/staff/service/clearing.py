"""What stands in the staff's group and shows applicants goes after a while; a command shows it again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.database import insert
from admissions.staff.models import DeskMessage

STANDS_FOR: Final = timedelta(hours=24)
AT_ONCE: Final = 100
"""As many as Telegram deletes with one call."""


async def note_said(session: AsyncSession, message_ids: Sequence[int], *, at: datetime) -> None:
    """Note which messages of the group are to go."""
    rows = [{"message_id": message_id, "said_at": at} for message_id in message_ids]
    await session.execute(insert(session, DeskMessage).values(rows).on_conflict_do_nothing())


async def to_clear(session: AsyncSession, *, at: datetime) -> Sequence[int]:
    """Return messages that have stood there long enough, the oldest first, as many as go at once."""
    old = select(DeskMessage.message_id).where(DeskMessage.said_at <= at - STANDS_FOR)
    return (await session.scalars(old.order_by(DeskMessage.message_id).limit(AT_ONCE))).all()


async def cleared(session: AsyncSession, message_ids: Sequence[int]) -> None:
    """Note that messages are gone."""
    await session.execute(delete(DeskMessage).where(DeskMessage.message_id.in_(message_ids)))
