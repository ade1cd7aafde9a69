"""Delivery of updates to the bot's webhook, again and again until it takes them."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from bot.sandbox.updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
MOST_CONNECTIONS = 40
LONGEST_PAUSE = 60.0
DELIVERY_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where updates go."""

    url: str
    secret_token: str = ""
    max_connections: int = MOST_CONNECTIONS

    def headers(self) -> dict[str, str]:
        """What every delivery carries."""
        return {SECRET_HEADER: self.secret_token} if self.secret_token else {}


class Webhook:
    """Delivers while a webhook is set: one chat's updates in order, chats side by side.

    Args:
        updates: The queue to deliver from.
        take_duplicate: Whether an update is to be delivered twice.
        now: Seconds since 1970.
        first_pause: Seconds before the first retry; each further one waits twice as long.
    """

    def __init__(
        self,
        updates: UpdateQueue,
        take_duplicate: Callable[[], bool],
        now: Callable[[], float],
        first_pause: float = 1.0,
    ) -> None:
        self._updates = updates
        self._take_duplicate = take_duplicate
        self._now = now
        self._first_pause = first_pause
        self._target: Target | None = None
        self._task: asyncio.Task[None] | None = None
        self._error: dict[str, Any] = {}

    @property
    def is_set(self) -> bool:
        """Whether updates go to a webhook."""
        return self._target is not None

    def start(self, target: Target) -> bool:
        """Deliver to this address from now on.

        Returns:
            Whether that is anything new.
        """
        if target == self._target:
            return False
        self.stop()
        self._target = target
        self._task = asyncio.get_running_loop().create_task(self._run(target))
        return True

    def stop(self) -> bool:
        """Stop delivering.

        Returns:
            Whether there was a webhook.
        """
        had_target = self.is_set
        if self._task is not None:
            self._task.cancel()
        self._target, self._task, self._error = None, None, {}
        return had_target

    def info(self) -> dict[str, Any]:
        """The Bot API's WebhookInfo."""
        info: dict[str, Any] = {
            "url": self._target.url if self._target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self._target:
            info["max_connections"] = self._target.max_connections
        if self._updates.allowed is not None:
            info["allowed_updates"] = self._updates.allowed
        return info | self._error

    async def _run(self, target: Target) -> None:
        async with (
            httpx.AsyncClient(headers=target.headers(), timeout=DELIVERY_TIMEOUT, trust_env=False) as client,
            asyncio.TaskGroup() as deliveries,
        ):
            busy: set[int] = set()
            while True:
                self._start_deliveries(target, client, deliveries, busy)
                await self._updates.news.wait(LONGEST_PAUSE)

    def _start_deliveries(
        self, target: Target, client: httpx.AsyncClient, deliveries: asyncio.TaskGroup, busy: set[int]
    ) -> None:
        for update in self._updates.waiting():
            if len(busy) >= target.max_connections:
                return
            chat_id = _chat_id(update)
            if chat_id not in busy:
                busy.add(chat_id)
                deliveries.create_task(self._deliver(target, client, update, busy))

    async def _deliver(self, target: Target, client: httpx.AsyncClient, update: Update, busy: set[int]) -> None:
        for _ in range(2 if self._take_duplicate() else 1):
            pause = self._first_pause
            while not await self._post(target, client, update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        self._updates.remove(update["update_id"])
        busy.discard(_chat_id(update))
        self._updates.news.give()

    async def _post(self, target: Target, client: httpx.AsyncClient, update: Update) -> bool:
        try:
            response = await client.post(target.url, json=update)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._note_error(_words(error))
            return False
        if not response.is_success:
            self._note_error(f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}")
        return response.is_success

    def _note_error(self, words: str) -> None:
        self._error = {"last_error_date": int(self._now()), "last_error_message": words}


def _words(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "Read timeout expired"
    return "Connection refused" if isinstance(error, httpx.ConnectError) else "Connection closed"


def _chat_id(update: Update) -> int:
    """Whose update it is; those of nobody in particular follow each other too."""
    content: Any = next((value for name, value in update.items() if name != "update_id"), {})
    with contextlib.suppress(KeyError, TypeError):
        return int(content.get("message", content)["chat"]["id"])
    with contextlib.suppress(KeyError, TypeError):
        return int(content["from"]["id"])
    return 0
