"""How fast the outbox is: reminders enqueued, handed to Telegram, and Telegram's limit kept."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from telegram.ext import BaseRateLimiter
from telegram.request import HTTPXRequest
from typing_extensions import override

from admissions import applicants, applications, notifications, schema
from admissions.database import Database
from admissions.documents import Store, read_documents
from admissions.notifications import Daytime, Kind, State
from admissions.settings import ROOT
from bot.api import Client
from bot.context import Services
from bot.dialogue import Dialogue
from bot.limits import OneTry, SendingLimits
from bot.outbox import AT_ONCE, Outbox
from tests.assistant import free_ports, stop

TOKEN = "424242:the-token-of-this-bench"  # noqa: S105 - of a Telegram that ends with it
REMINDERS = 10_000
PEOPLE = 200
AT_A_TIME = 100
"""Reminders enqueued in one transaction: a booking has three, a bulk import more."""
SECONDS = 10.0
BURST = 30
"""Messages that may go to Telegram at once before its 30 a second count."""


class NoLimits(BaseRateLimiter[Any]):
    """Sends as fast as it can: what the sender itself would take."""

    @override
    async def initialize(self) -> None: ...

    @override
    async def shutdown(self) -> None: ...

    @override
    async def process_request(
        self, callback: Any, args: Any, kwargs: Any, endpoint: str, data: Any, rate_limit_args: Any
    ) -> Any:
        call = rate_limit_args.of(callback) if isinstance(rate_limit_args, OneTry) else callback
        return await call(*args, **kwargs)


async def outbox(folder: Path) -> None:
    """Print how many a second are enqueued, handed over, and sent within Telegram's limit."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'outbox.db'}")
    await schema.upgrade(database)
    async with telegram() as url:
        await invite(url)
        drafts = await draft(database)
        began = time.perf_counter()
        await enqueue(database, drafts)
        seconds = time.perf_counter() - began
        print(f"outbox, enqueued  {REMINDERS} reminders in {seconds:.1f} s: {REMINDERS / seconds:.0f} a second")
        sent, seconds = await send(database, url, NoLimits(), REMINDERS // 2)
        print(
            f"outbox, handed on {sent} of them in {seconds:.1f} s: {sent / seconds:.0f} a second"
            f" ({AT_ONCE} at once; Telegram takes 30)"
        )
        sent, seconds = await send(database, url, SendingLimits(), round(30 * SECONDS))
        rate = (sent - BURST) / seconds
        print(
            f"outbox, limited   {sent} in {seconds:.1f} s: {BURST} at once, then {rate:.1f} a second (limit: 30)"
        )
    await database.close()


@asynccontextmanager
async def telegram() -> AsyncIterator[str]:
    """Start a local Telegram that sets no limits, so that only ours can be seen."""
    [port] = free_ports(1)
    command = [sys.executable, "-m", "bot.sandbox", "--port", port, "--token", TOKEN, "--no-rate-limits"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    await stop(process)


def people() -> range:
    """Return the applicants' ids."""
    return range(780_000_000, 780_000_000 + PEOPLE)


async def invite(url: str) -> None:
    """Let every applicant press Start."""
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        for person in people():
            await client.put(f"/sandbox/people/{person}", json={"first_name": "Amina"})
            await client.post(f"/sandbox/chats/{person}/messages", json={"from": person, "text": "/start"})


async def draft(database: Database) -> Sequence[int]:
    """Let every applicant begin an application and leave it alone."""
    ago = datetime.now(UTC) - timedelta(days=2)
    async with database.transaction() as session:
        for person in people():
            await applicants.meet(session, person, name="Amina", language="en", at=ago)
        drafts = [(await applications.begin(session, person, at=ago)).id for person in people()]
        await applications.remind(session, at=datetime.now(UTC))
        for each in drafts:
            await notifications.cancel(session, f"draft:{each}")
    return drafts


async def enqueue(database: Database, drafts: Sequence[int]) -> None:
    """Have every applicant reminded of their draft, again and again."""
    due_at = datetime.now(UTC)
    for first in range(0, REMINDERS, AT_A_TIME):
        async with database.transaction() as session:
            for number in range(first, first + AT_A_TIME):
                person, draft_id = people()[number % PEOPLE], drafts[number % PEOPLE]
                moment = due_at - timedelta(milliseconds=REMINDERS - number)
                about = f"draft:{draft_id}"
                await notifications.enqueue(session, person, Kind.DRAFT_REMINDER, about, due_at=moment)


async def send(database: Database, url: str, limits: BaseRateLimiter[Any], count: int) -> tuple[int, float]:
    """Send so many, and return how many were sent in how many seconds."""
    dialogue = Dialogue("http://127.0.0.1:1", timeout=1)
    always = Daytime(datetime.min.time(), datetime.max.time())
    services = Services(
        database, dialogue, lambda: datetime.now(UTC), None, Store("memory://bench"), read_documents(), always
    )
    bot = Client(
        TOKEN,
        base_url=f"{url}/bot",
        request=HTTPXRequest(connection_pool_size=2 * AT_ONCE),
        rate_limiter=limits,
    )
    before = await count_sent(database)
    async with bot:
        sender = asyncio.create_task(Outbox(bot, services).run(lambda _: None))
        began = time.perf_counter()
        while (sent := await count_sent(database) - before) < count:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.5)
        seconds = time.perf_counter() - began
        sender.cancel()
        await asyncio.wait([sender])
    await dialogue.close()
    return sent, seconds


async def count_sent(database: Database) -> int:
    """Return how many were sent."""
    async with database.reading() as session:
        return await notifications.count(session, State.SENT)
