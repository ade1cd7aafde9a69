"""Waking those who wait for something, at once and without polling."""

import asyncio


class Signal:
    """Wakes everyone who waits for it."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self._is_closed = False

    def give(self) -> None:
        """Wake all who wait now."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    def close(self) -> None:
        """Wake all who wait; nobody waits from now on."""
        self._is_closed = True
        self.give()

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109
        """Wait for the next signal.

        Args:
            timeout: Seconds at most.

        Returns:
            Whether it came in time.
        """
        if self._is_closed:
            return False
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait((future,), timeout=timeout)
        finally:
            self._waiting.discard(future)
        return future.done() and not self._is_closed
