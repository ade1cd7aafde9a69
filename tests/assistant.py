"""The whole assistant as processes, started the way a person starts it: `clerkship run`."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx
import psutil
import uvicorn
from starlette.applications import Starlette

from admissions.cli.parts import SANDBOX_TOKEN
from admissions.database import Database
from admissions.sealing import Keyring, new_key
from admissions.settings import ROOT, Settings

PORTS = ("SANDBOX_PORT", "RASA_PORT", "ACTIONS_PORT", "BOT_PORT")
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS_TO_TRY = cycle(range(20_000 + 2_000 * WORKER, 22_000 + 2_000 * WORKER))
CLERKSHIP = str(Path(sys.executable).with_name("clerkship"))
IS_UP = "The local Telegram is at "
KEY = new_key()


@dataclass
class Assistant:
    """A running assistant.

    Attributes:
        telegram: The local Telegram's human side.
        environment: What it was started with.
        folder: Its var/ folder.
        staff_chat: The staff's group.
    """

    telegram: httpx.AsyncClient
    environment: dict[str, str]
    folder: Path
    staff_chat: int
    process: Process

    def part(self, words: str) -> psutil.Process:
        """Return the process of a part by words of its command line."""
        children = psutil.Process(self.process.pid).children()
        [part] = [child for child in children if words in " ".join([*_command_of(child), ""])]
        return part

    def open_database(self) -> Database:
        """Open its database beside it, with its key."""
        url = Settings(database_url=self.environment["DATABASE_URL"]).database_url
        return Database(url, Keyring([KEY]))

    def log(self, name: str) -> str:
        return (self.folder / "log" / f"{name}.log").read_text("utf-8")

    async def pending_updates(self) -> int:
        """Return how many updates Telegram still holds for the bot."""
        info = (await self.telegram.get(f"/bot{SANDBOX_TOKEN}/getWebhookInfo")).json()
        return int(info["result"]["pending_update_count"])

    async def hears(self, words: str) -> None:
        """Wait until the program says something on its terminal."""
        await wait_for_line(self.process, words)


async def without_limits(assistant: Assistant) -> None:
    """Let the local Telegram take as many messages as come: all tests share one group."""
    (await assistant.telegram.put("/sandbox/limits", json={"enabled": False})).raise_for_status()


def _command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.ZombieProcess:  # it was killed a moment ago
        return []


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncIterator[Assistant]:
    """Run the assistant with a folder of its own; the trained model is the checkout's."""
    environment = environment_for(folder) | settings
    process = await start(environment)
    try:
        address = (await wait_for_line(process, IS_UP)).split()[0]
        async with httpx.AsyncClient(base_url=address, trust_env=False) as telegram:
            staff_chat = (await telegram.get("/sandbox")).json()["staff_chat"]
            yield Assistant(telegram, environment, folder, staff_chat, process)
    finally:
        await stop(process)


def environment_for(folder: Path) -> dict[str, str]:
    """Return an environment with free ports, a fresh database and none of the developer's settings."""
    own = {name.upper() for name in Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name.upper() not in own}
    folder.mkdir(exist_ok=True)
    shared = ROOT / "var" / "models"
    shared.mkdir(parents=True, exist_ok=True)
    models = folder / "models"
    if not models.exists():
        models.symlink_to(shared)
    database = f"sqlite:///{folder / 'clerkship.db'}"
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    own_places = {
        "VAR_FOLDER": str(folder),
        "DATABASE_URL": database,
        "DOCUMENT_STORE": str(folder / "documents"),
        "TELEGRAM_BOT_TOKEN": "",
        "ENCRYPTION_KEYS": KEY,
        "DAYTIME": "00:00-24:00",  # whenever the tests run
    }
    return inherited | ports | own_places


def free_ports(count: int) -> list[str]:
    """Return ports that nobody listens on, of those that are this worker's; the system gives higher ones."""
    return [*islice((str(port) for port in PORTS_TO_TRY if _is_free(port)), count)]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


async def start(environment: dict[str, str], *arguments: str) -> Process:
    """Start the command line."""
    command = [CLERKSHIP, *(arguments or ("run",))]
    return await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=ROOT, stdout=PIPE, stderr=asyncio.subprocess.STDOUT
    )


@asynccontextmanager
async def serving(app: Starlette, port: int) -> AsyncIterator[None]:
    """Serve an app of the tests' own, within this process."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0)
    yield
    server.should_exit = True
    await task


async def wait_for_line(process: Process, words: str) -> str:
    """Read what the program says until some words come; return what follows them.

    Raises:
        AssertionError: It ended without them.
    """
    said = []
    assert process.stdout is not None
    async for raw in process.stdout:
        line = raw.decode()
        said.append(line)
        if words in line:
            return line.split(words, 1)[1].strip()
    raise AssertionError("".join(said))


async def stop(process: Process) -> int:
    """Stop it as Ctrl-C does."""
    if process.returncode is None:
        process.send_signal(signal.SIGINT)
    return await process.wait()
