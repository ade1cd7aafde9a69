"""Faults on request: what a test asks this Telegram to do wrong."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong.

    Attributes:
        TIMEOUT: The call is done, and its answer never comes.
        HANG: The call is not done, and no answer comes.
        DROP: The call is not done, and the connection is closed.
        LATE_DROP: The call is done, and the connection is closed without an answer.
        DUPLICATE: Updates come twice.
    """

    TOO_MANY = "429"
    NOT_FOUND = "404"
    SERVER_ERROR = "500"
    TIMEOUT = "timeout"
    HANG = "hang"
    DROP = "drop"
    LATE_DROP = "late_drop"
    DUPLICATE = "duplicate"


@dataclass(slots=True)
class Fault:
    """A fault that is still to happen some times."""

    method: str
    kind: FaultKind
    times: int


class Faults:
    """The faults that are still to happen, in the order they were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, method: str, kind: FaultKind, times: int) -> None:
        """Ask for a fault in the next calls of a method, or of any with "*"."""
        self._faults.append(Fault(method.lower(), kind, times))

    def clear(self) -> None:
        """Let everything work again."""
        self._faults.clear()

    def take(self, method: str) -> FaultKind | None:
        """The fault of this call, used up by it; duplicates are a matter of updates, not of calls."""
        if not self._faults:
            return None
        for fault in self._faults:
            if fault.kind is not FaultKind.DUPLICATE and fault.method in ("*", method):
                return self._use(fault)
        return None

    def take_duplicate(self) -> bool:
        """Whether the updates now delivered are to be delivered once more."""
        for fault in self._faults:
            if fault.kind is FaultKind.DUPLICATE:
                self._use(fault)
                return True
        return False

    def _use(self, fault: Fault) -> FaultKind:
        fault.times -= 1
        if fault.times <= 0:
            self._faults.remove(fault)
        return fault.kind
