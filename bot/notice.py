"""A notification in words, or a deed in somebody's chat; and what puts it there."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from admissions.database import Session
from admissions.notifications import Notification, Outcome
from bot.api import Client
from bot.bubbles import Bubble
from bot.context import Services


class File(NamedTuple):
    """A file that comes with a notice.

    Attributes:
        name: What it is called.
        is_picture: Whether it is shown at once.
    """

    name: str
    content: bytes
    is_picture: bool = False


@dataclass(frozen=True)
class Notice:
    """A notification in words: one message, so that it arrives as a whole or not at all.

    Attributes:
        bubble: What it says; below the file, if there is one.
        file: What comes with it.
    """

    bubble: Bubble
    file: File | None = None


Limits = dict[str, Any]
"""What a call to Telegram is given so that it is made once, and its attempt is written down before it."""


@dataclass(frozen=True)
class Deed:
    """What is done in a recipient's chat where a notice would not do: a copy, a change, a mark.

    Attributes:
        do: Does it by one call that is given the limits, and returns the numbers of the messages it made. What
            comes before that call may be done more than once.
    """

    do: Callable[[Client, Limits], Awaitable[Sequence[int]]]


Render = Callable[[Session, Notification, Services], Awaitable[Notice | Deed | None]]
FollowUp = Callable[[Session, Notification, Outcome, Sequence[int], datetime], Awaitable[None]]
"""Notes, in the same transaction, what follows from what became of a notification and which messages it made."""
