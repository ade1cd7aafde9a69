"""Measure the assistant and print the figures: `make bench`."""

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

import httpx

from admissions.settings import ROOT
from bench import applying, load, outbox, placing
from bench.slots import slots
from bench.stopwatch import Stopwatch, spread, stopwatch
from tests.assistant import Assistant, environment_for, free_ports, running, start, stop, wait_for_line

ROUNDS = 40
LONG = 10_000
"""How many messages the long conversation already has."""
BETWEEN = 1.1
"""Seconds between the messages to one chat: Telegram takes one a second."""
CROWD = 50
CROWD_ROUNDS = 6
CROWD_PAUSE = 4.0
"""Mean seconds a person of the crowd thinks, so that the answers stay below Telegram's 30 a second."""

QUESTION = "how much it cost"
BY_AN_ACTION = "do u hav obgyn?"
QUESTIONS = ("how much it cost", "do you help me with visa papers", "is there housing", "how early i must apply")


def main() -> None:
    """Run every measurement."""
    print("Measured on this machine, all processes on it; compare the ratios, not the milliseconds.\n")
    sizes()
    training()
    placing.finding()
    with tempfile.TemporaryDirectory() as folder:
        slots(Path(folder))
        asyncio.run(outbox.outbox(Path(folder)))
        asyncio.run(answers(Path(folder)))
        asyncio.run(load.measure(Path(folder)))


def sizes() -> None:
    """Print what the two environments take on disk."""
    megabytes = [_size(ROOT / ".venv"), _size(ROOT / "nlu" / ".venv")]
    print(f"environments      {megabytes[0]} MB + {megabytes[1]} MB = {sum(megabytes)} MB (asked: 1200)")


def training() -> None:
    """Print how long training takes, and how long it takes to find that nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"VAR_FOLDER": folder, "RASA_CACHE_DIRECTORY": f"{folder}/cache"}  # nothing trained before
        environment = environment_for(Path(folder) / "unused") | own
        command = [str(Path(sys.executable).with_name("clerkship")), "train"]
        for name in ("training", "training skipped"):
            began = time.perf_counter()
            subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            print(f"{name:<17} {time.perf_counter() - began:.1f} s (asked: 30)")


async def answers(folder: Path) -> None:
    """Print how long starting takes, and how long a question takes to its answer."""
    await starting(folder)
    async with running(folder / "assistant") as assistant:
        rasa = assistant.part("rasa run")
        print(f"Rasa resident     {rasa.memory_info().rss / 2**20:.0f} MB (asked: 350)")
        async with stopwatch(str(assistant.telegram.base_url)) as ours, echoing() as echo:
            await one_conversation(assistant, ours, echo)
            await crowd(ours)
            await applying.steps(ours)
            await applying.all_at_once(ours, assistant)
        print(f"Rasa afterwards   {rasa.memory_info().rss / 2**20:.0f} MB")


async def starting(folder: Path) -> None:
    """Print how long a start with nothing to prepare takes, and Rasa's part in it."""
    environment = environment_for(folder / "start")
    for name in ("first start", "second start"):
        began = time.perf_counter()
        process = await start(environment)
        rasa = await wait_for_line(process, "Rasa is ready")
        await wait_for_line(process, "The local Telegram is at ")
        seconds = time.perf_counter() - began
        print(f"{name:<17} {seconds:.1f} s to ready (asked: 12); Rasa {rasa} (asked: 6)")
        await stop(process)


async def one_conversation(assistant: Assistant, ours: Stopwatch, echo: Stopwatch) -> None:
    """Print the time to an answer at message 1 and at message 10,000, beside the echo bot, in turns."""
    veteran, people = 720_000_000, random.Random(1)  # noqa: S311 - no secret
    await ours.invite(veteran)
    await fill(assistant, veteran)
    await echo.invite(veteran)
    times: dict[str, list[float]] = {name: [] for name in ("echo", "first", "long", "action")}
    for number in range(ROUNDS):
        newcomer = veteran + 1 + number
        await ours.invite(newcomer)
        await asyncio.sleep(BETWEEN + people.random() / 10)
        times["echo"].append(await echo.ask(veteran, QUESTION))
        times["first"].append(await ours.ask(newcomer, QUESTION))
        times["long"].append(await ours.ask(veteran, QUESTION))
        times["action"].append(await ours.ask(newcomer, BY_AN_ACTION))
    floor, first, long = (median(times[name]) for name in ("echo", "first", "long"))
    print(f"echo bot, floor   {spread(times['echo'])}")
    print(f"message 1         {spread(times['first'])} (asked: 50), {first / floor:.1f} x the floor (asked: 4)")
    print(f"message {LONG:,}    {spread(times['long'])}, {long / first:.2f} x message 1 (asked: 1.2)")
    print(f"by an action      {spread(times['action'])}, {median(times['action']) - first:+.1f} ms")


async def fill(assistant: Assistant, person: int) -> None:
    """Let a conversation grow to its 10,000th message, handed to Rasa itself: Telegram takes one a second."""
    rasa = f"http://127.0.0.1:{assistant.environment['RASA_PORT']}"
    async with httpx.AsyncClient(base_url=rasa, trust_env=False, timeout=60) as client:
        for number in range(LONG):
            body = {"sender": str(person), "message": QUESTIONS[number % len(QUESTIONS)]}
            (await client.post("/webhooks/turns/webhook", json=body)).raise_for_status()


async def crowd(ours: Stopwatch) -> None:
    """Print the time to an answer while fifty applicants talk at once."""
    people = range(730_000_000, 730_000_000 + CROWD)
    for person in people:
        await ours.invite(person)
    await asyncio.sleep(2)

    async def talk(person: int) -> list[float]:
        thinks, times = random.Random(person), []  # noqa: S311 - no secret
        for _ in range(CROWD_ROUNDS):
            await asyncio.sleep(thinks.uniform(0.5, 1.5) * CROWD_PAUSE)
            times.append(await ours.ask(person, thinks.choice(QUESTIONS)))
        return times

    began = time.perf_counter()
    times = [each for talks in await asyncio.gather(*map(talk, people)) for each in talks]
    rate = len(times) / (time.perf_counter() - began)
    print(f"{CROWD} at once        {spread(times)}, {rate:.0f} questions a second")


@asynccontextmanager
async def echoing() -> AsyncIterator[Stopwatch]:
    """Run the echo bot on a local Telegram of its own."""
    [port] = free_ports(1)
    token, address = "1:the-echo-bots-token", f"http://127.0.0.1:{port}"
    commands = [
        [sys.executable, "-m", "bot.sandbox", "--port", port, "--token", token],
        [sys.executable, "-m", "bench.echo", address, token],
    ]
    quiet = asyncio.subprocess.DEVNULL
    sandbox = await asyncio.create_subprocess_exec(*commands[0], cwd=ROOT, stdout=quiet, stderr=quiet)
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        while True:
            try:
                await client.get("/sandbox")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    bot = await asyncio.create_subprocess_exec(*commands[1], cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        async with stopwatch(address) as watch:
            yield watch
    finally:
        await stop(bot)
        await stop(sandbox)


def _size(folder: Path) -> int:
    bytes_used = sum(file.lstat().st_blocks * 512 for file in folder.rglob("*") if not file.is_symlink())
    return round(bytes_used / 2**20)


if __name__ == "__main__":
    main()
