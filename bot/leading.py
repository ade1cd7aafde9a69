"""Whether this process leads, for those who ask: its readiness, and its watch."""

from typing import Protocol

from bot import metrics


class Sender(Protocol):
    """What the leading process runs."""

    @property
    def is_stuck(self) -> bool:
        """Whether it does nothing any more."""


class Leading:
    """Whether this process leads now, and whether it was the last of which we know that it did."""

    def __init__(self) -> None:
        self._sender: Sender | None = None
        self.is_last = False
        metrics.forget_all()

    @property
    def is_on(self) -> bool:
        """Whether this process leads."""
        return self._sender is not None

    def begin(self, sender: Sender) -> None:
        """Note that this process leads from now on."""
        self._sender = sender
        self.is_last = True
        metrics.leads.set(1)

    def end(self) -> None:
        """Note that this process leads no longer."""
        self._sender = None
        metrics.forget_all()

    async def why_stuck(self) -> str | None:
        """Tell why what this process leads does not go on; to stand by is fine."""
        return "stuck" if self._sender is not None and self._sender.is_stuck else None
