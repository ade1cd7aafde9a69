"""Messages between an applicant and staff: each brought once, in its order, and marked."""

from datetime import datetime, timedelta

import pytest

from admissions import applicants, handoffs, notifications
from admissions.database import Database
from admissions.handoffs import Relay, RelayState
from admissions.notifications import STAFF, Kind, Notification, State

AMINA = 700_000_001
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
async def amina(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)


async def bring(database: Database, message: int, at: datetime, album: str | None = None, **more: bool) -> bool:
    to_staff = more.get("to_staff", True)
    async with database.transaction() as session:
        return await handoffs.relay(session, AMINA, message, to_staff=to_staff, at=at, album=album)


async def waiting(database: Database, recipient: int) -> list[Notification]:
    async with database.reading() as session:
        rows = await notifications.listed(session, states=[State.WAITING], limit=99)
    mine = [row for row in rows if row.recipient == recipient]
    return sorted(mine, key=lambda row: (row.next_try_at, row.id))


async def relays(database: Database, notes: list[Notification]) -> list[Relay]:
    async with database.reading() as session:
        found = [await handoffs.get_relay(session, note.about_id) for note in notes]
    return [relay for relay in found if relay]


async def test_the_same_message_is_brought_once(database: Database, now: datetime) -> None:
    assert await bring(database, 1, now)
    assert not await bring(database, 1, now + SECOND)
    assert len(await waiting(database, STAFF)) == 1


async def test_what_comes_after_an_album_waits_for_it(database: Database, now: datetime) -> None:
    await bring(database, 1, now, album="a")
    await bring(database, 2, now, album="a")
    await bring(database, 3, now)
    notes = await waiting(database, STAFF)
    assert [relay.message_id for relay in await relays(database, notes)] == [1, 3]
    assert notes[0].next_try_at == notes[1].next_try_at == now + SECOND


async def test_an_album_is_noted_as_a_whole_and_a_latecomer_follows(database: Database, now: datetime) -> None:
    for number in (1, 2):
        await bring(database, number, now, album="a", to_staff=False)
    [note] = await waiting(database, AMINA)
    await bring(database, 3, now, album="a", to_staff=False)
    async with database.transaction() as session:
        first = await handoffs.get_relay(session, note.about_id)
        assert first is not None
        await handoffs.note_relayed(session, first, [11, 12], at=now)
    async with database.reading() as session:
        copies = [await handoffs.find_counterpart(session, AMINA, each, to_staff=False) for each in (1, 2, 3)]
    assert copies == [11, 12, None]
    assert len(await waiting(database, AMINA)) == 2


async def test_a_reply_finds_the_message_on_the_other_side_whoever_wrote_it(
    database: Database, now: datetime
) -> None:
    await bring(database, 1, now)
    [note] = await waiting(database, STAFF)
    async with database.transaction() as session:
        relayed = await handoffs.get_relay(session, note.about_id)
        assert relayed is not None
        await handoffs.note_relayed(session, relayed, [901], at=now)
        assert await handoffs.find_counterpart(session, AMINA, 901, to_staff=False) == 1
        assert await handoffs.find_counterpart(session, AMINA, 1, to_staff=True) == 901
        assert await handoffs.find_counterpart(session, AMINA, 2, to_staff=True) is None


async def test_a_change_follows_what_it_changes(database: Database, now: datetime) -> None:
    await bring(database, 1, now, album="a")
    async with database.transaction() as session:
        assert await handoffs.change(session, AMINA, 1, "new words", to_staff=True, at=now)
        assert await handoffs.change(session, AMINA, 9, "new words", to_staff=True, at=now) is None
    kinds = [note.kind for note in await waiting(database, STAFF)]
    assert kinds == [Kind.RELAY_TO_STAFF, Kind.RELAY_EDITED]


async def test_what_did_not_arrive_is_marked_and_can_be_sent_once_more(database: Database, now: datetime) -> None:
    await bring(database, 1, now, to_staff=False)
    [note] = await waiting(database, AMINA)
    async with database.transaction() as session:
        with pytest.raises(handoffs.RelayNotFound):
            await handoffs.retry(session, note.about_id, at=now)
        relayed = await handoffs.get_relay(session, note.about_id)
        assert relayed is not None
        await handoffs.note_not_relayed(session, relayed, RelayState.BLOCKED, at=now)
    [mark] = await waiting(database, STAFF)
    assert (mark.kind, mark.payload) == (Kind.RELAY_MARKED, {"state": "blocked"})
    async with database.transaction() as session:
        assert (await handoffs.retry(session, note.about_id, at=now + SECOND)).state is RelayState.WAITING
        with pytest.raises(handoffs.RelayNotFound):
            await handoffs.retry(session, note.about_id, at=now + SECOND)
    assert len(await waiting(database, AMINA)) == 2
