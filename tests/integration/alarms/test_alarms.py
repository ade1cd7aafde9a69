"""Alarms in the database: one of each trouble at a time, told once."""

from datetime import datetime, timedelta

from admissions import alarms
from admissions.alarms import Trouble
from admissions.database import Database


async def test_of_each_trouble_one_alarm_goes_on(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        first = await alarms.begin(session, Trouble.RASA, at=now)
        assert await alarms.begin(session, Trouble.RASA, at=now) is None
        assert await alarms.begin(session, Trouble.INBOX, at=now) is not None
        assert await alarms.open_ones(session) == {Trouble.RASA, Trouble.INBOX}
        await alarms.end(session, Trouble.RASA, at=now)
        assert await alarms.open_ones(session) == {Trouble.INBOX}
        assert await alarms.begin(session, Trouble.RASA, at=now) not in (None, first)


async def test_it_is_told_when_it_begins_and_when_it_is_over_and_then_forgotten(
    database: Database, now: datetime
) -> None:
    later = now + timedelta(minutes=3)
    async with database.transaction() as session:
        await alarms.begin(session, Trouble.RASA, at=now)
        [begun] = await alarms.untold(session)
        await alarms.note_told(session, begun, at=now)
        assert not await alarms.untold(session)
        await alarms.end(session, Trouble.RASA, at=later)
    async with database.transaction() as session:
        [over] = await alarms.untold(session)
        assert over.ended_at == later
        await alarms.note_told(session, over, at=later)
        assert not await alarms.untold(session)
        await alarms.begin(session, Trouble.RASA, at=later)
        await alarms.forget(session, before=later + timedelta(seconds=1))
        assert [each.begun_at for each in await alarms.untold(session)] == [later]


async def test_one_that_is_over_before_it_could_be_told_is_told_once(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await alarms.begin(session, Trouble.RASA, at=now)
        await alarms.end(session, Trouble.RASA, at=now)
        [over] = await alarms.untold(session)
        await alarms.note_told(session, over, at=now)
        assert not await alarms.untold(session)


async def test_the_watch_knows_the_leader_and_the_topic(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        assert (await alarms.watch(session)).leader_seen_at is None
        await alarms.note_thread(session, 7)
        await alarms.note_leader(session, at=now)
    async with database.transaction() as session:
        known = await alarms.watch(session)
        assert (known.leader_seen_at, known.thread) == (now, 7)
        await alarms.note_leader(session, at=None)
        await alarms.note_thread(session, None)
    async with database.reading() as session:
        known = await alarms.watch(session)
        assert (known.leader_seen_at, known.thread) == (None, None)
