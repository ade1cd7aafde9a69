"""What an operator does with notifications, and what is done to those that are over."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.notifications.models import Kind, Notification, Reason, State


async def listed(session: AsyncSession, *, states: Collection[State], limit: int) -> Sequence[Notification]:
    """Return the notifications in some states, the newest first."""
    rows = select(Notification).where(Notification.state.in_(states))
    return (await session.scalars(rows.order_by(Notification.id.desc()).limit(limit))).all()


async def last_waiting(session: AsyncSession, recipient: int, kinds: Collection[Kind]) -> datetime | None:
    """Return until when the last of what waits for a recipient waits, aware; None if none of these kinds does."""
    waiting = select(func.max(Notification.next_try_at)).where(
        Notification.recipient == recipient,
        Notification.kind.in_(kinds),
        Notification.state == State.WAITING,
    )
    last: datetime | None = await session.scalar(waiting)
    return last


async def sent_as(session: AsyncSession, recipient: int, kind: Kind, about: str) -> int | None:
    """Return the number of the message that told a recipient something, if it was sent."""
    sent = select(Notification.message_id).where(
        Notification.recipient == recipient, Notification.kind == kind, Notification.about == about
    )
    message_id: int | None = await session.scalar(sent.order_by(Notification.id.desc()).limit(1))
    return message_id


async def count(session: AsyncSession, state: State) -> int:
    """Return how many notifications are in a state."""
    found = select(func.count()).select_from(Notification).where(Notification.state == state)
    return await session.scalar(found) or 0


async def backlog(session: AsyncSession, *, at: datetime, besides: Collection[int] = ()) -> tuple[int, timedelta]:
    """Return how many notifications are due and not sent, and for how long the first of them has been due.

    Args:
        session: An open session.
        at: Now, aware.
        besides: Recipients to leave out.
    """
    is_due = Notification.state.in_([State.WAITING, State.SENDING]) & (Notification.next_try_at <= at)
    due = select(func.count(), func.min(Notification.next_try_at))
    count, first = (await session.execute(due.where(is_due, Notification.recipient.not_in(besides)))).one()
    return count, at - first if first else timedelta(0)


async def replay(session: AsyncSession, ids: Collection[int] | None, *, at: datetime) -> Sequence[int]:
    """Have notifications tried again that came to no good end.

    Args:
        session: An open session.
        ids: Those; or None: all that are dead. By its id one may be replayed too that was dropped as nobody
            knows whether it arrived.
        at: Now, aware.

    Returns:
        The ids of those that will be tried.
    """
    is_dead = Notification.state == State.DEAD
    is_unsure = Notification.reason == Reason.UNKNOWN_OUTCOME
    chosen = is_dead if ids is None else or_(is_dead, is_unsure) & Notification.id.in_(ids)
    afresh = {"state": State.WAITING, "next_try_at": at, "attempts": 0, "reason": None, "problem": None}
    replayed = update(Notification).where(chosen).values(afresh)
    return (await session.scalars(replayed.returning(Notification.id))).all()


async def leave_out_unsure(session: AsyncSession, *, at: datetime) -> int:
    """Drop what was due before now and is not urgent, of which nobody knows whether it was sent.

    A database that comes back from a backup does not know what was sent after that was made. What is urgent is
    sent again, as after every unknown outcome.

    Returns:
        How many they were.
    """
    unsure = update(Notification).where(
        Notification.state == State.WAITING, Notification.is_urgent.is_(False), Notification.next_try_at <= at
    )
    dropped = unsure.values(state=State.DROPPED, reason=Reason.UNKNOWN_OUTCOME, problem="Restored")
    return len((await session.scalars(dropped.returning(Notification.id))).all())


async def forget(session: AsyncSession, *, before: datetime) -> None:
    """Remove what was sent or dropped and was due before a moment; what is dead stays until it is replayed.

    What told others of an applicant stays as long as they are known: it is taken away with them.
    """
    is_of_theirs = and_(Notification.applicant_id != Notification.recipient, Notification.message_id.is_not(None))
    over = Notification.state.in_([State.SENT, State.DROPPED]) & is_of_theirs.is_not(True)
    await session.execute(delete(Notification).where(over, Notification.next_try_at < before))
