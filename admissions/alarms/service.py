"""Begin, end, tell and forget alarms."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.alarms.models import Alarm, Trouble, Watch
from admissions.database import insert

THE_ROW: Final = 1


async def begin(session: AsyncSession, trouble: Trouble, *, at: datetime) -> int | None:
    """Note that something is wrong since a moment.

    Returns:
        The alarm's number; None if one goes on already (a unique key decides).
    """
    statement = insert(session, Alarm).values(trouble=trouble, begun_at=at)
    once = statement.on_conflict_do_nothing(index_elements=["trouble"], index_where=text("ended_at IS NULL"))
    number: int | None = await session.scalar(once.returning(Alarm.id))
    return number


async def end(session: AsyncSession, trouble: Trouble, *, at: datetime) -> None:
    """Note that something is well again since a moment."""
    goes_on = update(Alarm).where(Alarm.trouble == trouble, Alarm.ended_at.is_(None))
    await session.execute(goes_on.values(ended_at=at))


async def open_ones(session: AsyncSession) -> frozenset[Trouble]:
    """Return what is wrong."""
    return frozenset(await session.scalars(select(Alarm.trouble).where(Alarm.ended_at.is_(None))))


async def untold(session: AsyncSession) -> Sequence[Alarm]:
    """Return the alarms of whose beginning or end staff are still to be told, the oldest first."""
    is_untold = or_(
        Alarm.begin_told_at.is_(None) & Alarm.ended_at.is_(None),
        Alarm.end_told_at.is_(None) & Alarm.ended_at.is_not(None),
    )
    return (await session.scalars(select(Alarm).where(is_untold).order_by(Alarm.id))).all()


async def note_told(session: AsyncSession, alarm: Alarm, *, at: datetime) -> None:
    """Note that staff were told of an alarm as it was read; of its beginning too, where its end was told."""
    told = {"begin_told_at": alarm.begin_told_at or at}
    if alarm.ended_at is not None:
        told["end_told_at"] = at
    await session.execute(update(Alarm).where(Alarm.id == alarm.id).values(told))


async def watch(session: AsyncSession) -> Watch:
    """Return what the watch knows."""
    return await session.get(Watch, THE_ROW) or Watch(id=THE_ROW, leader_seen_at=None, thread=None)


async def note_leader(session: AsyncSession, *, at: datetime | None) -> None:
    """Note that a process leads now; or, with None, that it laid the lead down in order."""
    await _note(session, {"leader_seen_at": at})


async def note_thread(session: AsyncSession, thread: int | None) -> None:
    """Note the topic in which staff are told; None once it was deleted."""
    await _note(session, {"thread": thread})


async def forget(session: AsyncSession, *, before: datetime) -> None:
    """Remove the alarms that were over and told before a moment."""
    await session.execute(delete(Alarm).where(Alarm.end_told_at < before))


async def _note(session: AsyncSession, values: dict[str, datetime | None] | dict[str, int | None]) -> None:
    statement = insert(session, Watch).values(id=THE_ROW, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
