"""The thread through all logs: an id that is made with each update, and goes with all that follows from it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

METADATA: Final = "correlation_id"
"""Its name in what is told to Rasa beside a message."""
LONGEST: Final = 64

_ID: Final = re.compile(rf"[\w.:-]{{1,{LONGEST}}}", re.ASCII)
_current: ContextVar[str | None] = ContextVar("correlation_id", default=None)


def current() -> str | None:
    """Return the id of what is at work here; None outside of any turn."""
    return _current.get()


def read(value: object) -> str | None:
    """Return an id that came from another process; None for what is none."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


@contextmanager
def following(correlation_id: str | None) -> Iterator[None]:
    """Let what is done within, and the tasks that it starts, carry an id."""
    token = _current.set(correlation_id)
    try:
        yield
    finally:
        _current.reset(token)
