"""Find what is due, claim it, and settle what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from admissions import applicants
from admissions.applicants import Applicant
from admissions.notifications.models import STAFF, Kind, MutedKind, Notification, Reason, State
from admissions.notifications.rules import (
    POLICIES,
    Circumstances,
    Daytime,
    Dead,
    Dropped,
    Later,
    Sent,
    obstacle,
)
from admissions.notifications.service.enqueuing import enqueue
from admissions.notifications.service.zones import ClockOf, zone_of

LEASE: Final = timedelta(seconds=30)
"""An attempt older than this is nobody's any more: whoever sends gives up sooner."""

Outcome = Sent | Later | Dropped | Dead


@dataclass(frozen=True)
class Due:
    """A notification whose time has come, and what keeps it from being sent, if anything."""

    notification: Notification
    obstacle: Later | Dropped | None


async def due(
    session: AsyncSession,
    *,
    at: datetime,
    daytime: Daytime,
    limit: int,
    besides: Collection[int] = (),
    clock_of: ClockOf = applicants.clock_of,
) -> Sequence[Due]:
    """Return what is due, urgent first, at most one for each recipient, and none for whom one is being sent.

    Args:
        session: An open session.
        at: Now, aware.
        daytime: When people may be disturbed, by their own clock.
        limit: How many to return at most.
        besides: Recipients to leave out.
        clock_of: Tells by which clock an applicant lives.
    """
    found: dict[int, Due] = {}
    for is_urgent in (True, False):
        waiting = _due(is_urgent=is_urgent, at=at, besides={*besides, *found}).limit(limit - len(found))
        for notification, unreachable_at, muted in (await session.execute(waiting)).all():
            zone = await zone_of(session, notification.recipient, clock_of)
            circumstances = Circumstances(zone, muted is not None, unreachable_at is not None)
            found.setdefault(
                notification.recipient, Due(notification, _obstacle(notification, circumstances, daytime, at))
            )
    return [*found.values()]


async def next_due_at(session: AsyncSession) -> datetime | None:
    """Return when the next notification is due, aware; None if none waits."""
    moments = [
        await session.scalar(
            select(Notification.next_try_at)
            .where(Notification.state == State.WAITING, Notification.is_urgent.is_(is_urgent))
            .order_by(Notification.next_try_at)
            .limit(1)
        )
        for is_urgent in (True, False)
    ]
    return min((moment for moment in moments if moment), default=None)


async def claim(session: AsyncSession, notification: Notification, *, at: datetime) -> bool:
    """Note that sending is begun; to be committed before it is.

    Returns:
        Whether it is this caller who sends it; False when it waits no longer, or another message is being sent to
        the same recipient (a unique key decides).
    """
    statement = (
        update(Notification)
        .where(
            Notification.id == notification.id,
            Notification.state == State.WAITING,
            Notification.attempts == notification.attempts,
        )
        .values(state=State.SENDING, attempts=notification.attempts + 1, attempted_at=at)
    )
    try:
        async with session.begin_nested():
            return await session.scalar(statement.returning(Notification.id)) is not None
    except IntegrityError:
        return False


async def settle(
    session: AsyncSession, notification: Notification, outcome: Outcome, *, attempts: int, at: datetime
) -> bool:
    """Note what became of a notification.

    Args:
        session: An open session.
        notification: As it was found.
        outcome: What became of it.
        attempts: How often sending it was begun, as far as the caller knows.
        at: Now, aware.

    Returns:
        Whether it was noted; False when it was cancelled meanwhile, or somebody else sends it by now.
    """
    row = update(Notification).where(Notification.id == notification.id, Notification.attempts == attempts)
    if not isinstance(outcome, Sent):  # that it arrived is true, whatever was decided meanwhile
        row = row.where(Notification.state.in_([State.WAITING, State.SENDING]))
    noted = row.values(_values(outcome, at)).returning(Notification.id)
    return await session.scalar(noted) is not None


async def settle_unreachable(
    session: AsyncSession, notification: Notification, *, attempts: int, problem: str, at: datetime
) -> bool:
    """Note that Telegram refuses what we write to a recipient; an applicant is marked, and staff are told once.

    Returns:
        As `settle`.
    """
    if await applicants.find(session, notification.recipient) is None:
        return await settle(session, notification, Dead(problem), attempts=attempts, at=at)
    if await applicants.mark_unreachable(session, notification.recipient, at=at):
        about = f"applicant:{notification.recipient}"
        concerns = notification.recipient
        await enqueue(session, STAFF, Kind.APPLICANT_UNREACHABLE, about, due_at=at, applicant_id=concerns)
    return await settle(session, notification, Dropped(Reason.UNREACHABLE, problem), attempts=attempts, at=at)


async def abandoned(
    session: AsyncSession, *, at: datetime, besides: Collection[int] = ()
) -> Sequence[Notification]:
    """Return what was being sent by somebody who is no more: whether it arrived is unknown.

    Args:
        session: An open session.
        at: Now, aware; an attempt later than that was made before somebody set the clock back.
        besides: The ids of those that the caller is sending.
    """
    lost = select(Notification).where(
        Notification.state == State.SENDING,
        Notification.id.not_in(besides),
        or_(Notification.attempted_at <= at - LEASE, Notification.attempted_at >= at + LEASE),
    )
    return (await session.scalars(lost)).all()


async def postpone(session: AsyncSession, recipient: int, *, until: datetime) -> None:
    """Let everything that waits for a recipient wait until then at least."""
    earlier = update(Notification).where(
        Notification.recipient == recipient,
        Notification.state == State.WAITING,
        Notification.next_try_at < until,
    )
    await session.execute(earlier.values(next_try_at=until))


def _due(
    *, is_urgent: bool, at: datetime, besides: Collection[int]
) -> Select[Notification, datetime | None, Kind | None]:
    sending = aliased(Notification)
    is_sent_one = select(sending.id).where(
        sending.recipient == Notification.recipient, sending.state == State.SENDING
    )
    is_muted = and_(MutedKind.applicant_id == Notification.recipient, MutedKind.kind == Notification.kind)
    return (
        select(Notification, Applicant.unreachable_at, MutedKind.kind)
        .outerjoin(Applicant, Applicant.id == Notification.recipient)
        .outerjoin(MutedKind, is_muted)
        .where(
            Notification.state == State.WAITING,
            Notification.is_urgent.is_(is_urgent),
            Notification.next_try_at <= at,
            Notification.recipient.not_in(besides),
            ~is_sent_one.exists(),
        )
        .order_by(Notification.next_try_at, Notification.id)
    )


def _obstacle(
    notification: Notification, circumstances: Circumstances, daytime: Daytime, at: datetime
) -> Later | Dropped | None:
    policy, stale_at = POLICIES[notification.kind], notification.stale_at
    return obstacle(policy, circumstances, stale_at=stale_at, daytime=daytime, at=at)


def _values(outcome: Outcome, at: datetime) -> dict[str, Any]:
    match outcome:
        case Sent(message_id):
            return {"state": State.SENT, "sent_at": at, "message_id": message_id, "reason": None, "problem": None}
        case Later(until, problem):
            return {"state": State.WAITING, "next_try_at": until, "problem": problem}
        case Dropped(reason, problem):
            return {"state": State.DROPPED, "reason": reason, "problem": problem}
        case Dead(problem):
            return {"state": State.DEAD, "problem": problem}
