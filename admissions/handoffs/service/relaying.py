"""What goes to and fro between an applicant and staff: each message once, in its order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import notifications
from admissions.database import insert
from admissions.handoffs.errors import RelayNotFound
from admissions.handoffs.models import Relay
from admissions.handoffs.values import RelayState
from admissions.notifications import STAFF, Kind

ALBUM_GATHERS: Final = timedelta(seconds=1)
"""So long the rest of what was sent together is waited for."""
KINDS: Final = (Kind.RELAY_TO_STAFF, Kind.RELAY_TO_APPLICANT, Kind.RELAY_EDITED)


async def relay(
    session: AsyncSession,
    applicant_id: int,
    message_id: int,
    *,
    to_staff: bool,
    at: datetime,
    album: str | None = None,
    reply_to: int | None = None,
    words: str | None = None,
    is_caption: bool = False,
) -> bool:
    """Have a message brought to the other side, after those before it.

    Args:
        session: An open session.
        applicant_id: Whose talk it is.
        message_id: Its number where it was written.
        to_staff: Which way it goes.
        at: Now, aware.
        album: What it was sent together with.
        reply_to: The number, where it was written, of the message it answers.
        words: What is sent instead of a copy.
        is_caption: Whether its words stand below a file.

    Returns:
        Whether it is new; False when it is on its way already (a unique key decides).
    """
    row = {
        "applicant_id": applicant_id,
        "to_staff": to_staff,
        "message_id": message_id,
        "album": album,
        "reply_to": reply_to,
        "words": words,
        "is_caption": is_caption,
        "state": RelayState.WAITING,
        "written_at": at,
    }
    statement = insert(session, Relay).values(row).on_conflict_do_nothing().returning(Relay.id)
    relay_id = await session.scalar(statement)
    if relay_id is None:
        return False
    if album is None or await _is_first_of_album(session, applicant_id, album, relay_id, to_staff=to_staff):
        due_at = at if album is None else at + ALBUM_GATHERS
        await _enqueue(session, relay_id, applicant_id, to_staff=to_staff, due_at=due_at)
    return True


async def change(
    session: AsyncSession, applicant_id: int, message_id: int, words: str, *, to_staff: bool, at: datetime
) -> Relay | None:
    """Have the copy of a message changed as its writer changed it; None if it was never to be brought.

    Args:
        session: An open session.
        applicant_id: Whose talk it is.
        message_id: Its number where it was written.
        words: How it reads now.
        to_staff: Which way it went.
        at: Now, aware.
    """
    relayed = await _find(session, applicant_id, message_id, to_staff=to_staff)
    if relayed is not None:
        recipient = STAFF if to_staff else applicant_id
        await notifications.enqueue(
            session,
            recipient,
            Kind.RELAY_EDITED,
            f"relay:{relayed.id}",
            due_at=await _after_those_before(session, recipient, at),
            payload={"words": words},
            applicant_id=applicant_id,
        )
    return relayed


async def get_relay(session: AsyncSession, relay_id: int) -> Relay | None:
    """Return a message that was brought, or is to be, if there is one of that number."""
    return await session.get(Relay, relay_id, populate_existing=True)


async def together(session: AsyncSession, relayed: Relay) -> Sequence[Relay]:
    """Return what is to be brought with a message: the rest of its album, in its order."""
    if relayed.album is None:
        return [relayed]
    same = select(Relay).where(
        Relay.applicant_id == relayed.applicant_id,
        Relay.to_staff == relayed.to_staff,
        Relay.album == relayed.album,
        Relay.state != RelayState.SENT,
    )
    return (await session.scalars(same.order_by(Relay.message_id))).all()


async def find_counterpart(
    session: AsyncSession, applicant_id: int, message_id: int, *, to_staff: bool
) -> int | None:
    """Return the number that a message has on the other side, if it is there.

    Args:
        session: An open session.
        applicant_id: Whose talk it is.
        message_id: Its number on this side.
        to_staff: Whether the other side is the staff's.
    """
    written_here = await _find(session, applicant_id, message_id, to_staff=to_staff)
    if written_here is not None:
        return written_here.copy_id
    brought_here = select(Relay.message_id).where(
        Relay.applicant_id == applicant_id, Relay.to_staff.is_(not to_staff), Relay.copy_id == message_id
    )
    original: int | None = await session.scalar(brought_here)
    return original


async def note_relayed(session: AsyncSession, relayed: Relay, copies: Sequence[int], *, at: datetime) -> None:
    """Note that a message arrived, with the rest of its album; staff see a mark on theirs."""
    all_of_it = await together(session, relayed)
    for each, copy_id in zip(all_of_it, copies, strict=False):
        each.state, each.copy_id = RelayState.SENT, copy_id
        await _mark(session, each, at)
    for late in all_of_it[len(copies) :][:1]:  # it came to the album while that was on its way
        await _enqueue(session, late.id, late.applicant_id, to_staff=late.to_staff, due_at=at)


async def note_not_relayed(session: AsyncSession, relayed: Relay, state: RelayState, *, at: datetime) -> None:
    """Note that a message did not arrive; staff see so on theirs."""
    for each in await together(session, relayed):
        each.state = state
    await _mark(session, relayed, at)


async def note_mark(session: AsyncSession, relay_id: int, mark_id: int | None) -> None:
    """Note the number of the note that a message did not arrive; None once there is none."""
    await session.execute(update(Relay).where(Relay.id == relay_id).values(mark_id=mark_id))


async def retry(session: AsyncSession, relay_id: int, *, at: datetime) -> Relay:
    """Have a message brought once more.

    Raises:
        RelayNotFound: There is none of that number that did not arrive.
    """
    relayed = await session.get(Relay, relay_id, with_for_update=True, populate_existing=True)
    if relayed is None or relayed.state not in (RelayState.FAILED, RelayState.BLOCKED):
        raise RelayNotFound
    for each in await together(session, relayed):
        each.state = RelayState.WAITING
    await _enqueue(session, relay_id, relayed.applicant_id, to_staff=relayed.to_staff, due_at=at)
    return relayed


async def _find(session: AsyncSession, applicant_id: int, message_id: int, *, to_staff: bool) -> Relay | None:
    relayed: Relay | None = await session.scalar(
        select(Relay).where(
            Relay.applicant_id == applicant_id, Relay.to_staff.is_(to_staff), Relay.message_id == message_id
        )
    )
    return relayed


async def _is_first_of_album(
    session: AsyncSession, applicant_id: int, album: str, relay_id: int, *, to_staff: bool
) -> bool:
    """Tell whether nothing else of the same album waits that takes this one along."""
    others = select(Relay.id).where(
        Relay.applicant_id == applicant_id,
        Relay.to_staff.is_(to_staff),
        Relay.album == album,
        Relay.state == RelayState.WAITING,
        Relay.id != relay_id,
    )
    return await session.scalar(others.limit(1)) is None


async def _enqueue(
    session: AsyncSession, relay_id: int, applicant_id: int, *, to_staff: bool, due_at: datetime
) -> None:
    recipient = STAFF if to_staff else applicant_id
    kind = Kind.RELAY_TO_STAFF if to_staff else Kind.RELAY_TO_APPLICANT
    in_turn = await _after_those_before(session, recipient, due_at)
    await notifications.enqueue(
        session, recipient, kind, f"relay:{relay_id}", due_at=in_turn, applicant_id=applicant_id
    )


async def _after_those_before(session: AsyncSession, recipient: int, due_at: datetime) -> datetime:
    last = await notifications.last_waiting(session, recipient, KINDS)
    return max(due_at, last) if last else due_at


async def _mark(session: AsyncSession, relayed: Relay, at: datetime) -> None:
    if relayed.to_staff:
        return
    await notifications.enqueue(
        session,
        STAFF,
        Kind.RELAY_MARKED,
        f"relay:{relayed.id}",
        due_at=at,
        payload={"state": relayed.state},
        applicant_id=relayed.applicant_id,
    )
