"""People who talk to the bot at once: every turn is timed as the local Telegram sees it, its answers counted."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from websockets.asyncio.client import ClientConnection, connect

from tests.personas import Bubble

PATIENCE = 30.0
"""Seconds after which an answer counts as lost."""


@dataclass
class Turn:
    """What somebody did, and what came of it.

    Attributes:
        kind: What it was.
        milliseconds: Until the first answer; None when there was none.
        told: The messages that the bot sent until the person's next turn.
    """

    kind: str
    milliseconds: float | None = None
    told: list[str] = field(default_factory=list)

    @property
    def doubled(self) -> int:
        """How many messages came again."""
        return sum(count - 1 for count in Counter(self.told).values())


@dataclass
class Talker:
    """Somebody who writes, taps and sends files, one thing after the other."""

    telegram: httpx.AsyncClient
    number: int
    turns: list[Turn] = field(default_factory=list)
    _heard: asyncio.Queue[tuple[float, bool, Bubble]] = field(default_factory=asyncio.Queue)

    def hear(self, arrived: float, bubble: Bubble, *, is_new: bool) -> None:
        """Take in what the bot sent or changed."""
        if is_new and self.turns:
            self.turns[-1].told.append(bubble.text)
        self._heard.put_nowait((arrived, is_new, bubble))

    async def says(self, kind: str, text: str) -> Bubble:
        """Write; return the bot's next message.

        Raises:
            TimeoutError: None came.
        """
        return await self._does(kind, "messages", {"text": text}, lambda is_new, _: is_new)

    async def taps(self, kind: str, title: str, below: Bubble) -> Bubble:
        """Tap a button; return what its message shows then, or the message that came instead.

        Raises:
            TimeoutError: Neither came.
        """
        body = {"message_id": below.number, "button": title}
        return await self._does(kind, "taps", body, lambda is_new, it: is_new or it.number == below.number)

    async def sends(self, kind: str, name: str, content: bytes) -> Bubble:
        """Send a file; return the bot's next message.

        Raises:
            TimeoutError: None came.
        """
        began = self._begin(kind)
        form = {"from": str(self.number), "as": "document"}
        url = f"/sandbox/chats/{self.number}/files"
        (await self.telegram.post(url, data=form, files={"file": (name, content)})).raise_for_status()
        return await self._answer(began, lambda is_new, _: is_new)

    async def _does(
        self, kind: str, what: str, body: dict[str, object], is_answer: Callable[[bool, Bubble], bool]
    ) -> Bubble:
        began = self._begin(kind)
        response = await self.telegram.post(
            f"/sandbox/chats/{self.number}/{what}", json={"from": self.number, **body}
        )
        response.raise_for_status()
        return await self._answer(began, is_answer)

    def _begin(self, kind: str) -> float:
        while not self._heard.empty():
            self._heard.get_nowait()
        self.turns.append(Turn(kind))
        return time.perf_counter()

    async def _answer(self, began: float, is_answer: Callable[[bool, Bubble], bool]) -> Bubble:
        async with asyncio.timeout(PATIENCE):
            while True:
                arrived, is_new, bubble = await self._heard.get()
                if is_answer(is_new, bubble):
                    self.turns[-1].milliseconds = (arrived - began) * 1000
                    return bubble


@dataclass
class Crowd:
    """Everybody who talks."""

    telegram: httpx.AsyncClient
    talkers: dict[int, Talker] = field(default_factory=dict)

    async def invite(self, number: int) -> Talker:
        """Make somebody known and let them press Start."""
        body = {"first_name": "Load", "last_name": str(number), "username": None, "language_code": "en"}
        (await self.telegram.put(f"/sandbox/people/{number}", json=body)).raise_for_status()
        talker = self.talkers[number] = Talker(self.telegram, number)
        await talker.says("start", "/start")
        return talker

    def turns(self) -> Sequence[Turn]:
        """Return what everybody did."""
        return [turn for talker in self.talkers.values() for turn in talker.turns]

    async def listen(self, socket: ClientConnection) -> None:
        """Hand everybody what the bot sends them and changes."""
        async for frame in socket:
            arrived, event = time.perf_counter(), json.loads(frame)
            if event["kind"] in ("message", "changed") and event.get("is_bot") and event["chat"] in self.talkers:
                is_new = event["kind"] == "message"
                self.talkers[event["chat"]].hear(arrived, Bubble.read(event), is_new=is_new)


@asynccontextmanager
async def gathered(address: str) -> AsyncIterator[Crowd]:
    """Let a crowd watch a local Telegram."""
    live = address.replace("http://", "ws://").rstrip("/") + "/sandbox/live"
    limits = httpx.Limits(max_connections=None)
    async with (
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=PATIENCE, limits=limits) as telegram,
        connect(live, max_queue=None) as socket,
    ):
        crowd = Crowd(telegram)
        listening = asyncio.create_task(crowd.listen(socket))
        yield crowd
        listening.cancel()
