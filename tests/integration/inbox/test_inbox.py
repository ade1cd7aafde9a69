"""Updates: received once, kept until handled."""

import asyncio
from datetime import datetime, timedelta

from admissions import inbox
from admissions.database import Database

CHAT = 700_000_001


async def test_an_update_that_comes_twice_is_new_once(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        assert await inbox.receive(session, 7, {"text": "hello"}, chat=CHAT, at=now)
    async with database.transaction() as session:
        assert not await inbox.receive(session, 7, {"text": "hello"}, chat=CHAT, at=now)


async def test_the_same_number_with_other_content_is_new(database: Database, now: datetime) -> None:
    """Another bot, or a server that was set up anew, counts from its own."""
    async with database.transaction() as session:
        await inbox.receive(session, 7, {"text": "hello"}, chat=CHAT, at=now)
        await inbox.finish(session, 7, at=now)
        assert await inbox.receive(session, 7, {"text": "good morning"}, chat=CHAT, at=now)
        assert await inbox.next_in(session, CHAT) == {"text": "good morning"}


async def test_of_twenty_deliveries_at_once_one_is_new(database: Database, now: datetime) -> None:
    async def deliver() -> bool:
        async with database.transaction() as session:
            return await inbox.receive(session, 7, {"text": "hello"}, chat=CHAT, at=now)

    assert sum(await asyncio.gather(*(deliver() for _ in range(20)))) == 1


async def test_what_was_not_handled_is_pending_in_its_order(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        for number in (9, 7, 8):
            await inbox.receive(session, number, {"number": number}, chat=CHAT, at=now)
        assert await inbox.next_in(session, CHAT) == {"number": 7}
        await inbox.finish(session, 7, at=now)
        await inbox.finish(session, 8, at=now)
        assert await inbox.next_in(session, CHAT) == {"number": 9}
        await inbox.finish(session, 9, at=now)
        assert await inbox.next_in(session, CHAT) is None


async def test_the_chats_in_which_something_waits_for_long_are_named_once(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        for number, chat in ((7, CHAT), (8, CHAT), (9, CHAT + 1), (10, CHAT + 2)):
            await inbox.receive(session, number, {"number": number}, chat=chat, at=now)
        await inbox.receive(session, 11, {}, chat=CHAT + 3, at=now + timedelta(seconds=1))
        await inbox.finish(session, 9, at=now)
        assert {*await inbox.waiting_chats(session, before=now)} == {CHAT, CHAT + 2}
        assert len(await inbox.waiting_chats(session, before=now)) == 2


async def test_a_handled_update_keeps_its_number_but_not_what_it_said_and_where(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        await inbox.receive(session, 7, {"text": "my passport is AB123"}, chat=CHAT, at=now)
        await inbox.finish(session, 7, at=now)
    async with database.reading() as session:
        row = await session.get_one(inbox.ReceivedUpdate, 7)
    assert row.payload is None
    assert row.chat == 0
    assert row.handled_at == now


async def test_null_bytes_and_broken_surrogates_are_stored_as_they_came(database: Database, now: datetime) -> None:
    payload = {"text": "a\x00b\ud800c"}
    async with database.transaction() as session:
        await inbox.receive(session, 7, payload, chat=CHAT, at=now)
    async with database.reading() as session:
        assert await inbox.next_in(session, CHAT) == payload


async def test_old_numbers_are_forgotten_and_pending_updates_never(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await inbox.receive(session, 7, {"text": "old"}, chat=CHAT, at=now)
        await inbox.receive(session, 8, {"text": "waiting"}, chat=CHAT, at=now)
        await inbox.finish(session, 7, at=now)
        await inbox.forget(session, before=now + timedelta(days=1))
    async with database.reading() as session:
        assert await session.get(inbox.ReceivedUpdate, 7) is None
        assert await inbox.next_in(session, CHAT) == {"text": "waiting"}
