"""What happens, told at once to the pages that watch."""

import asyncio
import contextlib
import json
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

MOST_UNSENT = 10_000


class Live:
    """The pages that watch."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[str | None]] = set()

    @property
    def is_watched(self) -> bool:
        """Whether anyone watches; without them nothing needs to be put into words."""
        return bool(self._watchers)

    def tell(self, kind: str, fields: dict[str, Any]) -> None:
        """Tell everyone who watches."""
        if not self._watchers:
            return
        words = json.dumps({"kind": kind} | fields)
        for watcher in tuple(self._watchers):
            self._put(watcher, words)

    def close(self) -> None:
        """Let all watchers go."""
        for watcher in tuple(self._watchers):
            self._put(watcher, None)

    async def watch(self, socket: WebSocket) -> None:
        """Tell one page everything until it leaves."""
        await socket.accept()
        queue: asyncio.Queue[str | None] = asyncio.Queue(MOST_UNSENT)
        self._watchers.add(queue)
        listening = asyncio.ensure_future(_until_gone(socket, queue))
        try:
            while (words := await queue.get()) is not None:
                await socket.send_text(words)
        except WebSocketDisconnect:
            pass
        finally:
            self._watchers.discard(queue)
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening

    def _put(self, watcher: asyncio.Queue[str | None], words: str | None) -> None:
        """Tell one page; one that does not keep up is let go, to come back and read everything anew."""
        if watcher.full():
            self._watchers.discard(watcher)
            while not watcher.empty():
                watcher.get_nowait()
            words = None
        watcher.put_nowait(words)


async def _until_gone(socket: WebSocket, queue: asyncio.Queue[str | None]) -> None:
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()
    if not queue.full():
        queue.put_nowait(None)
