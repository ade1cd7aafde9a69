"""The updates that wait for the bot, and the one poll that may wait for them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.errors import conflict
from bot.sandbox.signals import Signal

Update = dict[str, Any]

MOST_AT_ONCE = 100
LONGEST_POLL = 50
RESERVED_AT_ONCE = 1000
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def first_update_id(now: datetime) -> int:
    """Where to start counting: tenths of a second since 2026, so that ids go on after a restart."""
    return int((now - _EPOCH).total_seconds() * 10)


class UpdateIds:
    """Counts updates, and never gives a number twice, whatever happens between two runs.

    Args:
        first: Where to start, later than in any run before unless that one was very busy.
        path: A file that remembers how far the count may have come; None to rely on the clock alone.
    """

    def __init__(self, first: int, path: Path | None = None) -> None:
        self._path = path
        self._next = max(first, _remembered(path))
        self._reserved = self._next

    def take(self) -> int:
        """The next number."""
        if self._next >= self._reserved:
            self._reserve()
        self._next += 1
        return self._next - 1

    def _reserve(self) -> None:
        self._reserved = self._next + RESERVED_AT_ONCE
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(str(self._reserved))


class UpdateQueue:
    """Updates stay until the bot acknowledges them.

    Args:
        ids: Where their numbers come from.
        take_duplicate: Whether the updates now delivered are to come again.
    """

    def __init__(self, ids: UpdateIds, take_duplicate: Callable[[], bool]) -> None:
        self._ids = ids
        self._take_duplicate = take_duplicate
        self._pending: dict[int, Update] = {}
        self._again: list[Update] = []
        self._allowed: frozenset[str] | None = None
        self._poll: object | None = None
        self._ended_by = ""
        self.news = Signal()
        self.polls = Signal()

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def allowed(self) -> list[str] | None:
        """The kinds the bot asked for, None for Telegram's default."""
        return None if self._allowed is None else sorted(self._allowed)

    def allow(self, kinds: list[str]) -> None:
        """Remember which kinds the bot wants; an empty list is Telegram's default."""
        self._allowed = frozenset(kinds) or None

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Queue an update if the bot wants its kind."""
        if kind in _NOT_BY_DEFAULT if self._allowed is None else kind not in self._allowed:
            return
        self.add_raw({kind: content})

    def add_raw(self, content: dict[str, Any]) -> int:
        """Queue whatever a test made up.

        Returns:
            Its update_id.
        """
        update_id = self._ids.take()
        self._pending[update_id] = {"update_id": update_id} | content
        self.news.give()
        return update_id

    def clear(self) -> None:
        """Forget what waits (drop_pending_updates)."""
        self._pending.clear()

    def waiting(self) -> list[Update]:
        """All that is not acknowledged, oldest first."""
        return list(self._pending.values())

    def remove(self, update_id: int) -> None:
        """Forget an update that was delivered."""
        self._pending.pop(update_id, None)

    def end_poll(self, reason: str) -> None:
        """Stop the poll that waits, if any; it answers 409 with this reason."""
        if self._poll is not None:
            self._poll, self._ended_by = None, reason
            self.news.give()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109
        """Wait for updates as getUpdates does.

        Args:
            offset: Acknowledges everything before it; a negative one keeps only so many of the newest.
            limit: How many at most.
            timeout: Seconds to wait for the first.

        Raises:
            ApiError: 409, another poll or a webhook took over.
        """
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        self._acknowledge(offset)
        if not self._pending and not self._again and timeout > 0:
            await self._wait(timeout)
        return self._deliver(limit)

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = object()
        self.polls.give()
        try:
            await self.news.wait(seconds)
            if self._poll is not poll:
                raise conflict(self._ended_by)
        finally:
            if self._poll is poll:
                self._poll = None

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            kept = list(self._pending)[offset:]
            self._pending = {update_id: self._pending[update_id] for update_id in kept}
            return
        while self._pending and (first := next(iter(self._pending))) < offset:
            del self._pending[first]

    def _deliver(self, limit: int) -> list[Update]:
        if self._again:
            again, self._again = self._again, []
            return again
        batch = [update for update, _ in zip(self._pending.values(), range(limit), strict=False)]
        if batch and self._take_duplicate():
            self._again = batch
        return batch


def _remembered(path: Path | None) -> int:
    try:
        return int(path.read_text()) if path else 0
    except (FileNotFoundError, ValueError):
        return 0
