"""Keyboards under a message, read and refused as Telegram does."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from bot.sandbox.errors import bad_request, refuse
from bot.sandbox.links import checked_link, is_reachable_by_people

MOST_BUTTONS = 100
MOST_KEYS = 300
CALLBACK_DATA_LIMIT = 64

Button = TypeVar("Button", str, dict[str, Any])

_OTHER_KINDS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_FLAGS = ("resize_keyboard", "one_time_keyboard", "remove_keyboard", "selective", "force_reply", "is_persistent")


@dataclass(frozen=True, slots=True)
class InlineKeyboard:
    """Buttons that belong to a message."""

    rows: tuple[tuple[dict[str, Any], ...], ...]

    def as_json(self) -> dict[str, Any]:
        """The Bot API's InlineKeyboardMarkup."""
        return {"inline_keyboard": self.rows}

    def titles(self) -> list[list[str]]:
        """What a person reads on the buttons."""
        return [[button["text"] for button in row] for row in self.rows]

    def find(self, title: str) -> dict[str, Any] | None:
        """The first button with this title."""
        return next((button for row in self.rows for button in row if button["text"] == title), None)


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """Buttons in place of the phone's keyboard; no rows means that the keyboard goes away."""

    rows: tuple[tuple[str, ...], ...] = ()

    def titles(self) -> list[list[str]]:
        """What a person reads on the keys."""
        return [list(row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class ForceReply:
    """The person's client opens a reply to the message."""


Markup = InlineKeyboard | ReplyKeyboard | ForceReply


def parse_markup(raw: str | None) -> Markup | None:
    """Read reply_markup as it came in the call.

    Args:
        raw: JSON, or None where the call has no reply_markup.

    Returns:
        The keyboard, or None where there is none to show.

    Raises:
        ApiError: 400 with Telegram's words.
    """
    if not raw:
        return None
    try:
        markup = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    _check_flags(markup)
    return _read(markup)


def parse_inline(raw: str | None) -> InlineKeyboard | None:
    """Read the reply_markup of an edit, which can only be inline."""
    markup = parse_markup(raw)
    if markup is not None and not isinstance(markup, InlineKeyboard):
        raise bad_request("inline keyboard expected")
    return markup


def _check_flags(markup: dict[str, Any]) -> None:
    for name in _FLAGS:
        if not isinstance(markup.get(name, False), bool):
            refuse(f'field "{name}" of the reply markup must be of the type Boolean')


def _read(markup: dict[str, Any]) -> Markup | None:
    keys = tuple(_rows(markup, "keyboard", "ReplyKeyboardMarkup", "keyboard button", _key))
    buttons = tuple(_rows(markup, "inline_keyboard", "InlineKeyboardMarkup", "inline keyboard button", _button))
    _check_size(keys, MOST_KEYS)
    _check_size(buttons, MOST_BUTTONS)
    if keys:
        return ReplyKeyboard(keys)
    if buttons:
        return InlineKeyboard(buttons)
    if markup.get("remove_keyboard"):
        return ReplyKeyboard()
    return ForceReply() if markup.get("force_reply") else None


def _check_size(rows: tuple[tuple[Any, ...], ...], limit: int) -> None:
    if sum(map(len, rows)) > limit:
        raise bad_request("reply markup is too long")


def _rows(
    markup: dict[str, Any], field: str, type_name: str, thing: str, read: Callable[[object], Button | None]
) -> Iterator[tuple[Button, ...]]:
    rows = markup.get(field, [])
    if not isinstance(rows, list):
        refuse(f'field "{field}" of the {type_name} must be an Array')
    for row in rows:
        if not isinstance(row, list):
            refuse(f'field "{field}" of the {type_name} must be an Array of Arrays')
        if buttons := tuple(filter(None, (_read_button(button, thing, read) for button in row))):
            yield buttons


class _Unreadable(Exception):
    """A button that cannot be read; the words come after "can't parse ...: "."""


def _unreadable(words: str) -> NoReturn:
    raise _Unreadable(words)


def _read_button(button: object, thing: str, read: Callable[[object], Button | None]) -> Button | None:
    try:
        return read(button)
    except _Unreadable as reason:
        refuse(f"can't parse {thing}: {reason}")


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    if not isinstance(key, dict):
        raise _Unreadable("KeyboardButton must be an Object")
    return _string(key, "text", required=True)


def _button(button: object) -> dict[str, Any] | None:
    if not isinstance(button, dict):
        raise _Unreadable("InlineKeyboardButton must be an Object")
    text = _string(button, "text", required=True)
    if not text:
        return None
    return {"text": text} | _action(button)


def _action(button: dict[str, Any]) -> dict[str, Any]:
    if url := _string(button, "url"):
        return {"url": _checked_url(url)}
    if data := _string(button, "callback_data"):
        return {"callback_data": _checked_data(data)}
    for kind in _OTHER_KINDS:
        if kind in button:
            return {kind: button[kind]}
    raise _Unreadable("Text buttons are unallowed in the inline keyboard")


def _checked_url(url: str) -> str:
    link = checked_link(url)
    if link is None:
        refuse(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if not is_reachable_by_people(link):
        raise bad_request("BUTTON_URL_INVALID")
    return link


def _checked_data(data: str) -> str:
    if len(data.encode()) > CALLBACK_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _string(fields: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = fields.get(name)
    if value is None and not required:
        return ""
    if value is None:
        _unreadable(f'Can\'t find field "{name}"')
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        _unreadable(f'Field "{name}" must be of type String')
    return str(value)
