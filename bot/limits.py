"""Telegram's sending limits, kept by aiolimiter."""

from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.ext import AIORateLimiter
from typing_extensions import override

BURST = 15
"""Messages that may go to one private chat at once; after that Telegram wants one a second."""
CHATS_REMEMBERED = 4096
RETRIES = 5


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
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        chat = data.get("chat_id")
        if isinstance(chat, int) and chat > 0:
            await self._limiter(chat).acquire()
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)

    def _limiter(self, chat: int) -> AsyncLimiter:
        if len(self._private) > CHATS_REMEMBERED:
            rested = [chat for chat, limiter in self._private.items() if limiter.has_capacity(BURST)]
            for each in rested:
                del self._private[each]
        return self._private.setdefault(chat, AsyncLimiter(BURST, BURST))
