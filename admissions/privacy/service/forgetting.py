"""Remove everything of somebody: the rows at once, and what is outside the database until it is gone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import consultations, notifications
from admissions.applicants import Applicant
from admissions.documents import RefereeLink
from admissions.notifications import STAFF, Kind, Notification
from admissions.privacy.errors import DataHeld, NothingKept
from admissions.privacy.models import Forgetting, Hold
from admissions.privacy.service.reaching import Rows, is_about, matters_of, rows_of
from admissions.privacy.values import Leftovers, Occasion
from admissions.references import new_reference

OF_MANY: Final = (Kind.HANDOFF_DIGEST, Kind.HANDOFF_OVERDUE)
SETTLES_AFTER: Final = timedelta(minutes=1)
"""So long what was on its way when somebody was forgotten may still arrive: it is removed too, or not kept."""


async def forget(session: AsyncSession, applicant_id: int, occasion: Occasion, *, at: datetime) -> Forgetting:
    """Remove every row of somebody, and note what is to be removed outside the database.

    Their booked time is free again, and its advisor is told without a name.

    Args:
        session: An open session.
        applicant_id: Whom.
        occasion: Why.
        at: Now, aware.

    Raises:
        NothingKept: There is nobody of this id (any more).
        DataHeld: Staff hold their data.
    """
    locked = select(Applicant.id).where(Applicant.id == applicant_id).with_for_update()
    if await session.scalar(locked) is None:
        raise NothingKept
    if await session.get(Hold, applicant_id):
        raise DataHeld
    rows = await rows_of(session, applicant_id)
    matters = matters_of(rows)
    leftovers = await _leftovers(session, applicant_id, rows, matters)
    await consultations.give_up(session, applicant_id, at=at)
    await _remove(session, applicant_id, matters)
    forgetting = Forgetting(
        receipt=f"F-{new_reference()}",
        occasion=occasion,
        forgotten_at=at,
        applicant_id=applicant_id,
        leftovers=leftovers.as_json(),
    )
    session.add(forgetting)
    await session.flush()
    about = f"forgetting:{forgetting.id}"
    await notifications.enqueue(session, STAFF, Kind.APPLICANT_FORGOTTEN, about, due_at=at)
    return forgetting


async def being_forgotten(session: AsyncSession, applicant_id: int) -> Forgetting | None:
    """Return the receipt of somebody of whom something is still to be removed: nothing new is kept meanwhile."""
    theirs = select(Forgetting).where(Forgetting.applicant_id == applicant_id, Forgetting.finished_at.is_(None))
    forgetting: Forgetting | None = await session.scalar(theirs.limit(1))
    return forgetting


async def unfinished(session: AsyncSession) -> Sequence[Forgetting]:
    """Return who is not wholly forgotten, the oldest first."""
    waiting = select(Forgetting).where(Forgetting.finished_at.is_(None))
    return (await session.scalars(waiting.order_by(Forgetting.id))).all()


async def find(session: AsyncSession, forgetting_id: int) -> Forgetting | None:
    """Return a receipt."""
    return await session.get(Forgetting, forgetting_id)


async def let_go(session: AsyncSession, forgetting_id: int) -> None:
    """Note that nothing is left outside the database: who it was is forgotten too."""
    theirs = update(Forgetting).where(Forgetting.id == forgetting_id)
    await session.execute(theirs.values(applicant_id=None, leftovers=None))


async def finish(session: AsyncSession, forgetting_ids: Sequence[int], *, at: datetime) -> None:
    """Note that nothing is left in free parts of the database's files either."""
    done = update(Forgetting).where(Forgetting.id.in_(forgetting_ids), Forgetting.leftovers.is_(None))
    await session.execute(done.values(finished_at=at))


async def _leftovers(session: AsyncSession, applicant_id: int, rows: Rows, matters: Sequence[str]) -> Leftovers:
    told = select(Notification.recipient, Notification.message_id).where(
        is_about(applicant_id, matters)[Notification],
        Notification.recipient != applicant_id,
        Notification.message_id.is_not(None),
    )
    alone = [(recipient, number) for recipient, number in await session.execute(told) if number]
    [thread] = [row["thread"] for row in rows.get("handoff_topics", ())] or [None]
    return Leftovers(
        files=[row["stored_as"] for row in rows.get("uploads", ())],
        thread=thread,
        messages=[*alone, *await _told_with_others(session, rows)],
    )


async def _told_with_others(session: AsyncSession, rows: Rows) -> Sequence[tuple[int, int]]:
    """Find the messages to staff that name several applicants, this one among them."""
    theirs = {row["id"] for row in rows.get("handoffs", ())}
    digests = {f"digest:{row['digest_id']}" for row in rows.get("handoffs", ())}
    many = select(Notification).where(Notification.kind.in_(OF_MANY), Notification.message_id.is_not(None))
    return [
        (each.recipient, each.message_id)
        for each in await session.scalars(many)
        if each.message_id
        if each.about in digests or theirs.intersection((each.payload or {}).get("handoffs", ()))
    ]


async def _remove(session: AsyncSession, applicant_id: int, matters: Sequence[str]) -> None:
    for model, theirs in is_about(applicant_id, matters).items():
        await session.execute(delete(model).where(theirs))
    as_referee = update(RefereeLink).where(RefereeLink.redeemed_by == applicant_id)
    await session.execute(as_referee.values(redeemed_by=None))
    await session.execute(delete(Applicant).where(Applicant.id == applicant_id))  # all else goes with it
