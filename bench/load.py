"""Hundreds of applicants at once: is each answered, once and soon, and does memory stay flat?"""

import asyncio
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.applying import ANSWERS
from bench.crowd import Crowd, Talker, Turn, gathered
from bench.stopwatch import spread
from bot import texts
from tests.assistant import Assistant, running
from tests.unit.documents.files import pdf

PEOPLE = 500
SECONDS = 300.0
PAUSE = 25.0
"""Mean seconds a person thinks: five hundred write twenty messages a second then; Telegram takes thirty."""
FIRST = 760_000_000
ARRIVE = 20.0
"""People who press Start in a second."""
QUESTIONS = (
    "how much it cost",
    "do you help me with visa papers",
    "is there housing",
    "how early i must apply",
    "which documents you need",
    "do u have cardiology?",
)
PARTS = {"bot": "-m bot ", "Rasa": "rasa run", "actions": "-m actions", "local Telegram": "bot.sandbox"}

Think = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Outcome:
    """What came of a load.

    Attributes:
        turns: Everything that anybody did.
        seconds: How long it took.
        unfinished: Updates that were stored and are not worked off.
        memory: Megabytes that each part holds at the start, the middle and the end.
    """

    turns: Sequence[Turn]
    seconds: float
    unfinished: int
    memory: dict[str, list[int]]

    @property
    def times(self) -> list[float]:
        """Milliseconds until each answer."""
        return [turn.milliseconds for turn in self.turns if turn.milliseconds is not None]

    @property
    def lost(self) -> int:
        """How many turns got no answer."""
        return len(self.turns) - len(self.times)

    @property
    def doubled(self) -> int:
        """How many messages came again."""
        return sum(turn.doubled for turn in self.turns)


async def asks(person: Talker, think: Think) -> None:
    """Ask one question after the other."""
    chooses = random.Random(person.number)  # noqa: S311 - no secret
    while True:
        await person.says("question", chooses.choice(QUESTIONS))
        await think()


async def applies(person: Talker, think: Think) -> None:
    """Begin the application, and answer step by step; then ask."""
    for words in ("/apply", *ANSWERS):
        await person.says("step", words)
        await think()
    await asks(person, think)


async def uploads(person: Talker, think: Think) -> None:
    """Send one file after the other, and say what it is."""
    number = 0
    while True:
        number += 1
        question = await person.sends("upload", f"CV_{number}.pdf", pdf(f"{person.number} {number}"))
        await think()
        await person.taps("sorting", question.buttons[0], question)
        await think()


async def books(person: Talker, think: Think) -> None:
    """Say where one is; book a talk, cancel it, and book again."""
    await person.says("booking", "/book")
    await think()
    guess = await person.says("booking", "lahore")
    await think()
    await person.taps("booking", guess.buttons[0], guess)
    await think()
    while True:
        shown = await person.says("booking", "/book")
        for _ in ("day", "time", "topic", "medium"):
            await think()
            shown = await person.taps("booking", shown.buttons[0], shown)
        await think()
        if texts.CANCEL_TALK in shown.buttons:
            sure = await person.taps("booking", texts.CANCEL_TALK, shown)
            await think()
            await person.taps("booking", texts.CANCEL_IT, sure)
            await think()


MIX = (asks, asks, asks, asks, asks, applies, applies, applies, uploads, books)
"""Of ten people, who does what."""


async def press(assistant: Assistant, *, people: int, seconds: float, pause: float) -> Outcome:
    """Let people talk for a while, each their own way; return what came of it."""
    async with gathered(str(assistant.telegram.base_url)) as crowd:
        await _warm_up(await _arrive(crowd, FIRST))
        talkers = [await _arrive(crowd, FIRST + 1 + number) for number in range(people)]
        memory: dict[str, list[int]] = {name: [] for name in PARTS}
        weighing = asyncio.create_task(_weigh(assistant, memory, seconds / 2))
        began = time.perf_counter()
        await asyncio.gather(*(_talk(talker, began + seconds, pause) for talker in talkers))
        elapsed = time.perf_counter() - began
        await weighing
        await asyncio.sleep(1)  # what comes twice comes soon after
        return Outcome(crowd.turns(), elapsed, _unfinished(assistant.folder), memory)


async def measure(folder: Path) -> None:
    """Print what comes of five hundred applicants who chat for five minutes."""
    async with running(folder / "load", GROUP_MESSAGES_A_MINUTE="20") as assistant:
        outcome = await press(assistant, people=PEOPLE, seconds=SECONDS, pause=PAUSE)
    rate = len(outcome.turns) / outcome.seconds
    print(f"{PEOPLE} at once       {spread(outcome.times)} (asked: p95 1000), {rate:.0f} turns a second")
    for kind in sorted({turn.kind for turn in outcome.turns}):
        times = [turn.milliseconds for turn in outcome.turns if turn.kind == kind and turn.milliseconds]
        print(f"  {kind:<15} {spread(times)}")
    print(
        f"  lost {outcome.lost}, doubled {outcome.doubled}, not worked off {outcome.unfinished} (asked: 0, 0, 0)"
    )
    for name, megabytes in outcome.memory.items():
        print(f"  {name:<15} {' -> '.join(map(str, megabytes))} MB at the start, the middle, the end")


async def _warm_up(person: Talker) -> None:
    """Let one person do everything once: what a part reads at its first use is then in memory."""
    for words in ("/apply", *ANSWERS):
        await person.says("step", words)
    question = await person.sends("upload", "CV.pdf", pdf("the first"))
    await person.taps("sorting", question.buttons[0], question)
    await person.says("booking", "/book")
    await person.says("booking", "lahore")


async def _arrive(crowd: Crowd, number: int) -> Talker:
    began = time.perf_counter()
    talker = await crowd.invite(number)
    await asyncio.sleep(max(0, 1 / ARRIVE - (time.perf_counter() - began)))
    return talker


async def _talk(person: Talker, until: float, pause: float) -> None:
    """Do what this person does until the time is up, between two turns."""
    thinks = random.Random(person.number)  # noqa: S311 - no secret

    async def think() -> None:
        waits = thinks.uniform(0.5, 1.5) * pause
        if time.perf_counter() + waits > until:
            raise _TimeIsUp
        await asyncio.sleep(waits)

    await asyncio.sleep(thinks.uniform(0, pause))
    try:
        await MIX[person.number % len(MIX)](person, think)
    except (_TimeIsUp, TimeoutError):  # a turn without an answer counts as lost
        return


class _TimeIsUp(Exception):
    """The load is over."""


async def _weigh(assistant: Assistant, memory: dict[str, list[int]], every: float) -> None:
    for last in (False, False, True):
        for name, words in PARTS.items():
            memory[name].append(round(_resident(assistant.part(words)) / 2**20))
        if not last:
            await asyncio.sleep(every)


def _resident(process: psutil.Process) -> int:
    return int(process.memory_info().rss)


def _unfinished(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "clerkship.db")) as database:
        [count] = database.execute("SELECT count(*) FROM received_updates WHERE handled_at IS NULL").fetchone()
    return int(count)
