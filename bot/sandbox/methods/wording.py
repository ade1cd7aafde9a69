"""Texts and captions of a call, formatted and measured."""

import json
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.sandbox.errors import bad_request, refuse
from bot.sandbox.html import parse_html
from bot.sandbox.text import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Entity,
    Formatted,
    clean,
    in_order,
    trimmed,
    utf16_length,
    with_found_entities,
)

_FOUND_BY_TELEGRAM = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
_GIVEN = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "blockquote",
        "expandable_blockquote",
        "custom_emoji",
    }
)


class _GivenEntity(BaseModel):
    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None


def read_text(text: str, parse_mode: str, entities: str, *, too_long: str = "message is too long") -> Formatted:
    """The text of a message.

    Args:
        text: As it came.
        parse_mode: HTML or nothing.
        entities: JSON, used where there is no parse mode.
        too_long: Telegram's words for a text over its limit, which differ between sending and editing.

    Raises:
        ApiError: 400 with Telegram's words.
    """
    if not text:
        raise bad_request("message text is empty")
    formatted = _formatted(text, parse_mode, entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise bad_request(too_long)
    return formatted


def read_caption(caption: str, parse_mode: str, entities: str) -> Formatted:
    """The caption of a file, which may be empty.

    Raises:
        ApiError: 400 with Telegram's words.
    """
    formatted = _formatted(caption, parse_mode, entities)
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def _formatted(text: str, parse_mode: str, entities: str) -> Formatted:
    mode = parse_mode.lower()
    if text and mode == "html":
        formatted = parse_html(clean(text))
    elif text and mode in ("markdown", "markdownv2"):
        raise bad_request("can't parse entities: the local Telegram knows only parse_mode HTML")
    elif text and mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    else:
        formatted = Formatted(clean(text), _given(entities))
    return with_found_entities(trimmed(formatted))


def _given(raw: str) -> tuple[Entity, ...]:
    try:
        entities = json.loads(raw) if raw else []
    except ValueError:
        return ()
    if not isinstance(entities, list):
        return ()
    return in_order(tuple(filter(None, map(_entity, entities))))


def _entity(raw: Any) -> Entity | None:  # noqa: ANN401
    try:
        given = _GivenEntity.model_validate(raw)
    except ValidationError:
        raise bad_request("can't parse MessageEntity: expected an Object with type, offset and length") from None
    if given.type in _FOUND_BY_TELEGRAM:
        return None
    if given.type not in _GIVEN:
        refuse("can't parse MessageEntity: unsupported type specified")
    return Entity(given.type, given.offset, given.length, given.url, given.language, given.custom_emoji_id)
