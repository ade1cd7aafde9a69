"""Telegram's sending limits, kept by aiolimiter; and another try where Telegram fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import AIORateLimiter
from typing_extensions import override

from bot import metrics

logger = logging.getLogger(__name__)

BURST = 15
"""Messages that may go to one private chat at once; after that Telegram wants one a second."""
IN_A_GROUP = 20
IN_A_SECOND = 30.0
CHATS_REMEMBERED = 4096
RETRIES = 5
PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between the tries of a call to a chat that met a network error or a 5xx.

Its outcome may be unknown; as someone waits for the answer, twice is better than never.
"""

SENDS = ("send", "copy", "forward", "createForumTopic")
"""What a call begins with that puts a message into a chat; no other counts for the limit of a group."""
SENDS_NOTHING = "sendChatAction"
NO_GROUP = 1
"""Stands for the chat of a call that counts for the limit of all chats together alone."""

JSON = dict[str, Any]
Result = bool | JSON | list[JSON]
Callback = Callable[..., Coroutine[Any, Any, Result]]


@dataclass(frozen=True)
class OneTry:
    """A call that is made once, whatever comes of it: who makes it counts the tries.

    It is given as `rate_limit_args`; the limits are kept all the same.

    Attributes:
        begin: Awaited last of all before the request; what it raises keeps the request from being made.
        seconds: After them the try is given up.
    """

    begin: Callable[[], Awaitable[None]]
    seconds: float

    def of(self, callback: Callback) -> Callback:
        """Return a call that begins the try."""

        async def call(*args: object, **kwargs: object) -> Result:
            await self.begin()
            try:
                async with asyncio.timeout(self.seconds):
                    return await callback(*args, **kwargs)
            except RetryAfter as error:  # AIORateLimiter would wait, and call again
                raise _Halted(error) from error

        return call


class _Halted(Exception):
    """Telegram wants to be left alone for a while."""

    def __init__(self, error: RetryAfter) -> None:
        super().__init__()
        self.error = error


class SendingLimits(AIORateLimiter):
    """30 messages a second in all, 20 a minute in a group, and one a second in a private chat after a burst.

    The last is ours: without it one person who floods the bot earns it a 429, and that halts every chat.

    Args:
        in_a_group: How many messages a group takes in a minute.
        in_a_second: How many messages go out in a second; several processes share what Telegram allows.
    """

    def __init__(self, in_a_group: int = IN_A_GROUP, in_a_second: float = IN_A_SECOND) -> None:
        super().__init__(max_retries=RETRIES, overall_max_rate=in_a_second, group_max_rate=in_a_group)
        self._private: dict[int, AsyncLimiter] = {}

    @override
    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: JSON,
        endpoint: str,
        data: JSON,
        rate_limit_args: OneTry | int | None,
    ) -> Result:
        one_try = rate_limit_args if isinstance(rate_limit_args, OneTry) else None
        limited = data if _puts_message(endpoint) else {"chat_id": NO_GROUP}

        async def counted(*args: object, **kwargs: object) -> Result:
            with metrics.counting_call(endpoint):
                return await callback(*args, **kwargs)

        async def call() -> Result:
            called = one_try.of(counted) if one_try else counted
            return await super(SendingLimits, self).process_request(called, args, kwargs, endpoint, limited, None)

        chat = data.get("chat_id")
        if chat is None:
            return await call()
        if isinstance(chat, int) and chat > 0:
            await self._limiter(chat).acquire()
        return await (_once(call) if one_try else _persist(call))

    def _limiter(self, chat: int) -> AsyncLimiter:
        if len(self._private) > CHATS_REMEMBERED:
            rested = [chat for chat, limiter in self._private.items() if limiter.has_capacity(BURST)]
            for each in rested:
                del self._private[each]
        return self._private.setdefault(chat, AsyncLimiter(BURST, BURST))


def _puts_message(endpoint: str) -> bool:
    return endpoint.startswith(SENDS) and endpoint != SENDS_NOTHING


async def _once(call: Callable[[], Awaitable[Result]]) -> Result:
    try:
        return await call()
    except _Halted as halted:
        raise halted.error from None


async def _persist(call: Callable[[], Awaitable[Result]]) -> Result:
    for pause in PAUSES:
        try:
            return await call()
        except BadRequest:  # a NetworkError to python-telegram-bot, yet no second try mends it
            raise
        except NetworkError as error:
            logger.warning("Telegram failed (%s); trying again", error)
            await asyncio.sleep(pause)
    return await call()
