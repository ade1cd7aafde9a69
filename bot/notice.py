"""A notification in words, and what puts it there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from admissions.database import Session
from admissions.notifications import Notification
from bot.bubbles import Bubble
from bot.context import Services


class File(NamedTuple):
    """A file that comes with a notice, and what it is called."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Notice:
    """A notification in words: one message, so that it arrives as a whole or not at all.

    Attributes:
        bubble: What it says; below the file, if there is one.
        file: What comes with it.
    """

    bubble: Bubble
    file: File | None = None


Render = Callable[[Session, Notification, Services], Awaitable[Notice | None]]
