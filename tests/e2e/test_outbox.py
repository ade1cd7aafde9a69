"""The sender as a process of its own that is killed at every bad moment: nothing is lost, nothing comes twice.

Where a kill falls between Telegram's acceptance and our commit, nobody can know; those are counted apart.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from admissions import applicants, handoffs, notifications
from admissions.database import Database
from admissions.handoffs import HandoffReason
from admissions.notifications import STAFF, Kind, Notification, Reason, State
from admissions.settings import ROOT
from bot import texts
from bot.outbox import AT_ONCE
from tests.assistant import environment_for, free_ports, stop, wait_for_line

TOKEN = "424242:the-token-of-this-test"
FIRST = 770_000_001
PATIENCE = 90.0
"""Seconds until a test says that something never happened; a dead sender's lease is 30."""
ASKED = f"Amina {texts.HANDOFF_WISHES['asked']}."
LEADS = "this process leads now"


@dataclass
class Telegram:
    """The local Telegram, and what the bot has told each person there, as it happens.

    Attributes:
        told: How often each chat was told what the outbox holds for it.
    """

    client: httpx.AsyncClient
    staff_chat: int
    told: Counter[int] = field(default_factory=Counter)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def watch(self, watches: asyncio.Event) -> None:
        live = str(self.client.base_url).replace("http://", "ws://").rstrip("/") + "/sandbox/live"
        async with connect(live) as socket:
            watches.set()
            async for event in socket:
                said = json.loads(event)
                if said["kind"] == "message" and said["is_bot"] and said["text"] in (texts.LETTER_CAME, ASKED):
                    self.told[said["chat"]] += 1
                    self._news.set()

    async def until_told(self, least: int) -> None:
        """Wait until so much has arrived."""
        async with asyncio.timeout(PATIENCE):
            while self.told.total() < least:
                self._news.clear()
                await self._news.wait()

    async def fails(self, kind: str, times: int) -> None:
        fault = {"method": "sendMessage", "kind": kind, "times": times}
        (await self.client.post("/sandbox/faults", json=fault)).raise_for_status()

    async def works(self) -> None:
        await self.client.delete("/sandbox/faults")


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    [port] = free_ports(1)
    command = [sys.executable, "-m", "bot.sandbox", "--port", port, "--token", TOKEN]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE)
    await wait_for_line(process, "Local Telegram:")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        telegram = Telegram(client, (await client.get("/sandbox")).json()["staff_chat"])
        watches = asyncio.Event()
        watching = asyncio.create_task(telegram.watch(watches))
        await watches.wait()
        yield telegram
        watching.cancel()
    await stop(process)


@dataclass
class Bots:
    """Bot processes of one database."""

    environment: dict[str, str]

    async def start(self) -> Process:
        """Start one; it has a port of its own."""
        [port] = free_ports(1)
        environment = self.environment | {"BOT_PORT": port}
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=ROOT, env=environment, stdout=PIPE, stderr=STDOUT
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Process]:
        process = await self.start()
        try:
            yield process
        finally:
            await kill(process)


@pytest.fixture
def bots(telegram: Telegram, database_url: str, tmp_path: Path) -> Bots:
    own = {
        "DATABASE_URL": database_url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": str(telegram.client.base_url).rstrip("/"),
        "STAFF_CHAT_ID": str(telegram.staff_chat),
    }
    return Bots(environment_for(tmp_path / "bots") | own)


async def kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


async def enqueue(
    telegram: Telegram, database: Database, count: int, *, due_at: datetime, apart: timedelta = timedelta(0)
) -> Sequence[int]:
    """Have so many people told something, every other one something urgent; return the people."""
    people = range(FIRST, FIRST + count)
    for number, person in enumerate(people):
        await telegram.client.put(f"/sandbox/people/{person}", json={"first_name": "Amina"})
        start = {"from": person, "text": "/start"}
        (await telegram.client.post(f"/sandbox/chats/{person}/messages", json=start)).raise_for_status()
        at = due_at + number * apart
        async with database.transaction() as session:
            await applicants.meet(session, person, name="Amina", language="en", at=at)
            if number % 2:
                await notifications.enqueue(session, person, Kind.LETTER_RECEIVED, "letter:1", due_at=at)
            else:
                await handoffs.request(session, person, HandoffReason.ASKED, at=at)
                [asked, *_] = await notifications.listed(session, states=[State.WAITING], limit=1)
                await notifications.cancel(session, asked.about)
                await notifications.enqueue(session, person, Kind.HANDOFF_REQUESTED, asked.about, due_at=at)
    return people


async def rows(database: Database) -> Sequence[Notification]:
    async with database.reading() as session:
        every = await notifications.listed(session, states=[*State], limit=999)
    return [row for row in every if row.recipient != STAFF]


async def until(database: Database, are: Callable[[Sequence[Notification]], bool]) -> Sequence[Notification]:
    """Look at the rows until they are as one expects."""
    async with asyncio.timeout(PATIENCE):
        while not are(found := await rows(database)):  # noqa: ASYNC110 - a database tells of no change
            await asyncio.sleep(0.1)
    return found


def settled(found: Sequence[Notification]) -> bool:
    """Whether nothing waits or is being sent."""
    return not any(row.state in (State.WAITING, State.SENDING) for row in found)


def judge(name: str, found: Sequence[Notification], told: Counter[int], *, kills: int = 1) -> None:
    """Check that what is known is right, count apart what nobody can know, and print both."""
    is_unsure = {row.recipient for row in found if row.attempts > 1 or row.reason is Reason.UNKNOWN_OUTCOME}
    known = [row for row in found if row.recipient not in is_unsure]
    assert len(is_unsure) <= kills * AT_ONCE, "only what was on its way can be unsure"
    assert all(row.state is State.SENT and told[row.recipient] == 1 for row in known)
    for row in found:
        if row.is_urgent:
            assert 1 <= told[row.recipient] <= row.attempts, "at least once"
        else:
            assert told[row.recipient] <= 1, "at most once"
    unsure = Counter(
        f"{'urgent' if row.is_urgent else 'not urgent'}, arrived {told[row.recipient]} x"
        for row in found
        if row.recipient in is_unsure
    )
    print(f"\n{name}: {len(known)} of known outcome, each told once; of unknown outcome: {dict(unsure) or 'none'}")


async def test_killed_again_and_again_while_sending(telegram: Telegram, bots: Bots, database: Database) -> None:
    people = await enqueue(telegram, database, 60, due_at=datetime.now(UTC))
    for least in (5, 20, 35):
        async with bots.running():
            await telegram.until_told(least)
    async with bots.running():
        found = await until(database, settled)
    assert len(found) == len(people)
    judge("killed 3 times while sending", found, telegram.told, kills=3)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("fault", "arrives"), [("timeout", True), ("hang", False)])
async def test_killed_between_the_request_and_what_we_know_of_it(
    telegram: Telegram, bots: Bots, database: Database, fault: str, *, arrives: bool
) -> None:
    people = await enqueue(telegram, database, 4, due_at=datetime.now(UTC))
    await telegram.fails(fault, 99)
    async with bots.running():
        await until(database, lambda found: all(row.state is State.SENDING for row in found))
        await telegram.until_told(arrives * len(people))
    await telegram.works()
    async with bots.running():
        found = await until(database, settled)
    assert all(telegram.told[row.recipient] == arrives + row.is_urgent for row in found)
    judge(f"killed in the window ({fault})", found, telegram.told)


async def test_killed_between_schedule_and_fire(telegram: Telegram, bots: Bots, database: Database) -> None:
    due_at = datetime.now(UTC) + timedelta(seconds=12)
    people = await enqueue(telegram, database, 10, due_at=due_at)
    async with bots.running() as process:
        await wait_for_line(process, LEADS)
    assert datetime.now(UTC) < due_at
    assert telegram.told.total() == 0
    async with bots.running():
        await telegram.until_told(len(people))
        found = await until(database, settled)
    assert all(row.attempted_at and row.attempted_at >= due_at for row in found)
    judge("killed between schedule and fire", found, telegram.told)


async def test_what_is_due_goes_out_at_that_moment(telegram: Telegram, bots: Bots, database: Database) -> None:
    async with bots.running() as process:
        await wait_for_line(process, LEADS)
        due_at = datetime.now(UTC) + timedelta(seconds=6)
        people = await enqueue(telegram, database, 4, due_at=due_at)
        await telegram.until_told(len(people))
        found = await until(database, settled)
    late = sorted((row.attempted_at - due_at).total_seconds() for row in found if row.attempted_at)
    assert late[0] >= 0
    print(f"\nsent {late[0] * 1000:.0f} to {late[-1] * 1000:.0f} ms after it was due")


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_second_process_takes_over_when_the_leader_is_killed(
    telegram: Telegram, bots: Bots, database: Database
) -> None:
    async with bots.running() as first:
        await wait_for_line(first, LEADS)
        async with bots.running() as second:
            leads = asyncio.create_task(wait_for_line(second, LEADS))
            people = await enqueue(telegram, database, 40, due_at=datetime.now(UTC), apart=timedelta(seconds=0.2))
            await telegram.until_told(10)
            assert not leads.done()
            await kill(first)
            killed_at = datetime.now(UTC)
            await asyncio.wait_for(leads, PATIENCE)
            took = (datetime.now(UTC) - killed_at).total_seconds()
            found = await until(database, settled)
    assert len(found) == len(people)
    judge(f"the second process led {took:.1f} s after the kill", found, telegram.told)
