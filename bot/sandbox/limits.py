"""How much a bot may send: Telegram's rate limits, as token buckets."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many_requests

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second from then on."""

    burst: float
    per_second: float


OVERALL = Rate(30, 30)
IN_A_GROUP = Rate(20, 20 / 60)
IN_A_PRIVATE_CHAT = Rate(20, 1)


class Bucket:
    """Permissions to send that fill up again with time."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._level = rate.burst
        self._filled_at = now

    def wait(self, count: int, now: float) -> float:
        """Seconds until so many may be sent, zero if they may be sent now."""
        self._level = min(self._rate.burst, self._level + (now - self._filled_at) * self._rate.per_second)
        self._filled_at = now
        missing = min(count, self._rate.burst) - self._level
        return max(missing, 0) / self._rate.per_second

    def take(self, count: int) -> None:
        """Use up so many."""
        self._level -= count


class RateLimits:
    """The limits of one bot: 30 messages a second in all, and fewer in one chat.

    Args:
        clock: Seconds that only grow.
        enabled: False for load measurements.
    """

    def __init__(self, clock: Clock, *, enabled: bool = True) -> None:
        self._clock = clock
        self.enabled = enabled
        self._overall = Bucket(OVERALL, clock())
        self._chats: dict[int, Bucket] = {}

    def take(self, chat_id: int, count: int = 1) -> None:
        """Allow some messages to a chat.

        Args:
            chat_id: Where they go; groups have negative ids.
            count: How many.

        Raises:
            ApiError: 429, with the whole seconds to wait.
        """
        if not self.enabled:
            return
        now = self._clock()
        buckets = (self._overall, self._of(chat_id, now))
        seconds = max(bucket.wait(count, now) for bucket in buckets)
        if seconds > 0:
            raise too_many_requests(math.ceil(seconds))
        for bucket in buckets:
            bucket.take(count)

    def _of(self, chat_id: int, now: float) -> Bucket:
        if chat_id not in self._chats:
            self._chats[chat_id] = Bucket(IN_A_GROUP if chat_id < 0 else IN_A_PRIVATE_CHAT, now)
        return self._chats[chat_id]
