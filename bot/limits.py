"""Telegram's sending limits, kept by aiolimiter; and another try where Telegram fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import BadRequest, NetworkError
from telegram.ext import AIORateLimiter
from typing_extensions import override

logger = logging.getLogger(__name__)

BURST = 15
"""Messages that may go to one private chat at once; after that Telegram wants one a second."""
CHATS_REMEMBERED = 4096
RETRIES = 5
PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between the tries of a call to a chat that met a network error or a 5xx.

Its outcome may be unknown; as someone waits for the answer, twice is better than never.
"""

JSON = dict[str, Any]
Result = bool | JSON | list[JSON]


class SendingLimits(AIORateLimiter):
    """30 messages a second in all, 20 a minute in a group, and one a second in a private chat after a burst.

    The last is ours: without it one person who floods the bot earns it a 429, and that halts every chat.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=RETRIES)
        self._private: dict[int, AsyncLimiter] = {}

    @override
    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: JSON,
        endpoint: str,
        data: JSON,
        rate_limit_args: int | None,
    ) -> Result:
        async def call() -> Result:
            return await super(SendingLimits, self).process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )

        chat = data.get("chat_id")
        if chat is None:
            return await call()
        if isinstance(chat, int) and chat > 0:
            await self._limiter(chat).acquire()
        return await _persist(call)

    def _limiter(self, chat: int) -> AsyncLimiter:
        if len(self._private) > CHATS_REMEMBERED:
            rested = [chat for chat, limiter in self._private.items() if limiter.has_capacity(BURST)]
            for each in rested:
                del self._private[each]
        return self._private.setdefault(chat, AsyncLimiter(BURST, BURST))


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
