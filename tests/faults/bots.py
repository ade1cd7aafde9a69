"""Bots that a test lets die, between a local Telegram and a database of their own; Rasa is down."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import psutil
from pydantic import SecretStr
from sqlalchemy import select

from admissions import documents, notifications
from admissions.cli.preparing import prepare_database
from admissions.database import Database
from admissions.documents import Store
from admissions.notifications import Kind, State
from admissions.sealing import Keyring
from admissions.settings import ROOT, Settings
from tests.assistant import KEY, environment_for, free_ports, stop, wait_for_line
from tests.inboxes import unhandled
from tests.personas import Bubble, Person

TOKEN = "424242:the-token-of-this-test"
SECRET = "the-secret-of-this-test"
KEYRING = Keyring([KEY])
NUMBERS = count(780_000_001)
PATIENCE = 60.0
"""Seconds until a test says that something never happened."""
LOOK_EVERY = 0.02


@dataclass
class Nursery:
    """Starts bots in a moment; see `nursery`."""

    process: Process

    async def start(self, environment: dict[str, str]) -> psutil.Process:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(environment).encode() + b"\n")
        return psutil.Process(int(await self.process.stdout.readline()))


@asynccontextmanager
async def nursing() -> AsyncIterator[Nursery]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.nursery", cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    yield Nursery(process)
    process.terminate()
    await process.wait()


@dataclass
class Telegram:
    """The local Telegram, which these tests stop and start again."""

    client: httpx.AsyncClient
    staff_chat: int

    @property
    def url(self) -> str:
        return str(self.client.base_url).rstrip("/")

    async def fails(self, method: str, kind: str, times: int = 1) -> None:
        fault = {"method": method, "kind": kind, "times": times}
        (await self.client.post("/sandbox/faults", json=fault)).raise_for_status()

    async def works(self) -> None:
        (await self.client.delete("/sandbox/faults")).raise_for_status()

    async def pending(self) -> int:
        """Return how many updates it still holds for the bot."""
        info = (await self.client.get(f"/bot{TOKEN}/getWebhookInfo")).json()
        return int(info["result"]["pending_update_count"])

    async def says(self, person: Person, text: str, button: tuple[str, str]) -> Bubble:
        """Send somebody a message of the bot's, with a button."""
        title, data = button
        keyboard = {"inline_keyboard": [[{"text": title, "callback_data": data}]]}
        body = {"chat_id": person.chat, "text": text, "reply_markup": keyboard}
        (await self.client.post(f"/bot{TOKEN}/sendMessage", json=body)).raise_for_status()
        return await person.hears_of(text)


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    [port] = free_ports(1)
    command = [sys.executable, "-m", "bot.sandbox", "--port", port, "--token", TOKEN, "--no-rate-limits"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE)
    await wait_for_line(process, "Local Telegram:")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield Telegram(client, (await client.get("/sandbox")).json()["staff_chat"])
    await stop(process)


@dataclass
class Stage:
    """A database with a bot on it, or none at the moment.

    Attributes:
        telegram: Where its applicants are.
        database: Its own.
        store: Its documents.
        folder: Its folder.
    """

    telegram: Telegram
    database: Database
    store: Store
    folder: Path
    environment: dict[str, str]
    _nursery: Nursery
    bots: list[psutil.Process] = field(default_factory=list)

    @property
    def bot(self) -> psutil.Process:
        return self.bots[-1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['BOT_PORT']}"

    @property
    def log(self) -> str:
        return Path(self.environment["LOG"]).read_text("utf-8")

    @property
    def is_pushed(self) -> bool:
        return "WEBHOOK_URL" in self.environment

    async def start(self, *, is_pushed: bool = False) -> None:
        """Start a bot, and wait until it answers.

        Args:
            is_pushed: Whether Telegram pushes updates; else the bot asks for them.
        """
        [port] = free_ports(1)
        self.environment["BOT_PORT"] = port
        if is_pushed:
            self.environment |= {"WEBHOOK_URL": self.url, "WEBHOOK_SECRET": SECRET}
        self.bots.append(await self._nursery.start(self.environment))
        await until(self.is_ready, "the bot is ready")

    async def is_ready(self) -> bool:
        assert self.bot.is_running(), self.log
        return await self.answers()

    async def answers(self) -> bool:
        """Tell whether the bot answers; one that was about to die when we looked does not."""
        async with httpx.AsyncClient(trust_env=False) as client:
            try:
                return (await client.get(f"{self.url}/readyz")).status_code == 200
            except httpx.TransportError:
                return False

    async def kill(self) -> None:
        if self.bots and self.bot.is_running():
            self.bot.kill()
            await self.until_dead()

    async def until_dead(self) -> None:
        await until(lambda: not self.bot.is_running(), "the bot is dead")

    def will_die(self, number: int, side: str) -> None:
        """Let the bot die right before, or right after, that commit of the next update."""
        Path(self.environment["DIES_AT"]).write_text(f"{number} {side}")
        os.kill(self.bot.pid, signal.SIGUSR1)

    def set_clock(self, hours: int) -> None:
        """Let the bot's clock be wrong by so many hours."""
        Path(self.environment["CLOCK"]).write_text(str(hours * 3600))

    async def until_halted(self) -> None:
        await until(lambda: self.bot.status() == psutil.STATUS_STOPPED, "the bot has halted")

    async def handled(self) -> bool:
        """Tell whether nothing waits, at Telegram or in the inbox."""
        return await self.telegram.pending() == 0 and await self.waiting() == 0

    async def has_come(self, person: Person, before: int) -> bool:
        """Tell whether somebody's chat has more than so many messages."""
        return len(await person.reads()) > before

    async def waiting(self) -> int:
        """Return how many updates are stored and not handled yet."""
        return await unhandled(self.database)

    async def is_sent(self, recipient: int, kind: Kind) -> bool:
        """Tell whether somebody was told something of a kind."""
        async with self.database.reading() as session:
            sent = await notifications.listed(session, states=[State.SENT], limit=99)
        return any(row.recipient == recipient and row.kind is kind for row in sent)

    async def an_applicant(self, name: str = "Amina") -> Person:
        """Return somebody new who has pressed Start, and was greeted."""
        number = next(NUMBERS)
        (await self.telegram.client.put(f"/sandbox/people/{number}", json={"first_name": name})).raise_for_status()
        person = Person(self.telegram.client, number, number)
        await person.says("/start")
        return person

    async def strays(self) -> int:
        """Return how many files have no row, after checking that no row lacks its file."""
        async with self.database.reading() as session:
            rows = set(await session.scalars(select(documents.Upload.stored_as)))
        files = {file.name for file in await self.store.list()}
        assert rows <= files, "a row lacks its file"
        return len(files - rows)


@asynccontextmanager
async def staged(telegram: Telegram, nursery: Nursery, url: str, folder: Path) -> AsyncIterator[Stage]:
    """Prepare a database and what a bot needs; no bot is started yet."""
    own = {
        "DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "STAFF_CHAT_ID": str(telegram.staff_chat),
        "GROUP_MESSAGES_A_MINUTE": "6000",
        "DIES_AT": str(folder / "dies_at"),
        "CLOCK": str(folder / "clock"),
        "LOG": str(folder / "bot.log"),
    }
    environment = environment_for(folder) | own
    database = Database(url, KEYRING)
    stage = Stage(telegram, database, Store(environment["DOCUMENT_STORE"], KEYRING), folder, environment, nursery)
    stage.set_clock(0)
    await prepare_database(Settings(database_url=url, telegram_bot_token=None, encryption_keys=SecretStr(KEY)))
    try:
        yield stage
    finally:
        await stage.kill()
        await telegram.works()
        await database.close()


async def until(is_so: Callable[[], object], what: str) -> None:
    """Look until something is so.

    Raises:
        TimeoutError: It never was.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = is_so()
                if await found if asyncio.iscoroutine(found) else found:
                    return
                await asyncio.sleep(LOOK_EVERY)
    except TimeoutError:
        raise TimeoutError(f"waited for: {what}") from None


def said(bubbles: Sequence[Bubble], *beginnings: str) -> int:
    """Count what the bot said that begins with some words."""
    return sum(bubble.is_bot and bubble.text.startswith(beginnings) for bubble in bubbles)
