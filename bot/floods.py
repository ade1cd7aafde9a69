"""Many texts at once from one person: which are passed over, so that nobody waits long for an answer.

A file, a contact, a tap, a command and words that staff have listed are never passed over.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

TEXTS_AT_MOST: Final = 40
"""That may wait in a chat. Telegram takes one message a second there, so their answers come within 40 seconds;
who waits longer writes anew, and makes it worse."""


def to_pass_over(waiting: Sequence[Mapping[str, Any]], is_heeded: Callable[[str], bool]) -> Sequence[int]:
    """Return which of the updates that wait in a chat are passed over: none, or all texts but the last.

    Args:
        waiting: Their payloads, in their order.
        is_heeded: Whether a text means something that has to be looked at in any case.
    """
    texts = [each["update_id"] for each in waiting if (text := plain_text(each)) and not is_heeded(text)]
    return texts[:-1] if len(texts) > TEXTS_AT_MOST else []


def plain_text(update: Mapping[str, Any]) -> str | None:
    """Return what an update says if it is a text, or an edit of one, and no command."""
    message = update.get("message") or update.get("edited_message") or {}
    text = message.get("text") or ""
    return None if text.startswith("/") else text or None
