"""Time from an applicant's message to the bot's answer, as the local Telegram sees both."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median, quantiles

import httpx
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Stopwatch:
    """People who write, and the moments at which they are answered."""

    telegram: httpx.AsyncClient
    _answered: dict[int, asyncio.Future[float]]

    async def ask(self, person: int, text: str) -> float:
        """Write as a person; return the milliseconds until the bot's next message to them."""
        answered = asyncio.get_running_loop().create_future()
        self._answered[person] = answered
        began = time.perf_counter()
        body = {"from": person, "text": text}
        (await self.telegram.post(f"/sandbox/chats/{person}/messages", json=body)).raise_for_status()
        async with asyncio.timeout(600):
            arrived: float = await answered
        return (arrived - began) * 1000

    async def invite(self, person: int) -> None:
        """Make a person known and let them press Start."""
        body = {"first_name": "Bench", "last_name": str(person), "username": None, "language_code": "en"}
        (await self.telegram.put(f"/sandbox/people/{person}", json=body)).raise_for_status()
        await self.ask(person, "/start")

    async def listen(self, socket: ClientConnection) -> None:
        """Note when the bot's messages arrive."""
        async for frame in socket:
            arrived = time.perf_counter()
            event = json.loads(frame)
            if event["kind"] == "message" and event["is_bot"]:
                waiting = self._answered.pop(event["chat"], None)
                if waiting and not waiting.done():
                    waiting.set_result(arrived)


@asynccontextmanager
async def stopwatch(address: str) -> AsyncIterator[Stopwatch]:
    """Watch a local Telegram."""
    live = address.replace("http://", "ws://").rstrip("/") + "/sandbox/live"
    async with httpx.AsyncClient(base_url=address, trust_env=False) as telegram, connect(live) as socket:
        watch = Stopwatch(telegram, {})
        listening = asyncio.create_task(watch.listen(socket))
        yield watch
        listening.cancel()


def spread(times: Sequence[float]) -> str:
    """Return median and spread of some milliseconds."""
    tenths = quantiles(times, n=20)
    return (
        f"median {median(times):6.1f} ms   p95 {tenths[-1]:6.1f} ms"
        f"   min {min(times):6.1f}   max {max(times):6.1f}   (n = {len(times)})"
    )
