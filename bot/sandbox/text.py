"""Text as Telegram keeps it: cleaned, measured in UTF-16 units, with entities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_BLANK = " \n"
_CLEANED = {0: None, 13: None, **{code: " " for code in range(1, 32) if code not in (10, 13)}}
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
_TOP_LEVEL = "com|org|net|edu|gov|info|io|me|app|dev|health|us|uk|co|in|pk|ng|mx|br"
_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}(?!\w)")),
    (
        "url",
        re.compile(
            rf"(?<![\w@./])(?:https?://[^\s<>\"']+|(?:[\w-]+\.)+(?:{_TOP_LEVEL})(?![\w.-])(?:[/?#][^\s<>\"']*)?)",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text that means something; offset and length count UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """Where the part ends."""
        return self.offset + self.length

    def as_json(self) -> dict[str, object]:
        """The Bot API's MessageEntity."""
        fields = {"type": self.type, "offset": self.offset, "length": self.length}
        optional = {"url": self.url, "language": self.language, "custom_emoji_id": self.custom_emoji_id}
        return fields | {name: value for name, value in optional.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with its entities."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """How long Telegram says a text is."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Drop null bytes and carriage returns; other control characters become spaces."""
    return text if text.isprintable() else text.translate(_CLEANED)


def trimmed(formatted: Formatted) -> Formatted:
    """Cut the blanks around a text and move its entities along."""
    text = formatted.text.strip(_BLANK)
    if text == formatted.text:
        return formatted
    cut = len(formatted.text) - len(formatted.text.lstrip(_BLANK))
    return Formatted(text, tuple(_moved(formatted.entities, cut, utf16_length(text))))


def with_found_entities(formatted: Formatted) -> Formatted:
    """Add what Telegram finds by itself: commands, addresses, links, mentions, hashtags."""
    taken = [(entity.offset, entity.end) for entity in formatted.entities if entity.type in _OPAQUE]
    found = []
    for entity in _found(formatted.text):
        if all(entity.end <= start or end <= entity.offset for start, end in taken):
            taken.append((entity.offset, entity.end))
            found.append(entity)
    return Formatted(formatted.text, in_order((*formatted.entities, *found))) if found else formatted


def in_order(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Earlier first, and of those that begin together the longer first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Split a long text into several messages as Telegram's clients do, at a line or a space if there is one."""
    parts = []
    while utf16_length(text) > limit:
        head = _head(text, limit)
        cut = max(head.rfind("\n"), head.rfind(" "))
        cut = cut if cut > len(head) // 2 else len(head)
        parts.append(text[:cut].strip(_BLANK))
        text = text[cut:].strip(_BLANK)
    return [part for part in (*parts, text) if part]


def _head(text: str, limit: int) -> str:
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")


def _moved(entities: tuple[Entity, ...], cut: int, length: int) -> Iterator[Entity]:
    for entity in entities:
        offset = max(entity.offset - cut, 0)
        end = min(entity.end - cut, length)
        if offset < end:
            yield replace(entity, offset=offset, length=end - offset)


def _found(text: str) -> Iterator[Entity]:
    if not any(sign in text for sign in "/@#."):
        return
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            words = match[0].rstrip(".,;:!?)'\"") if kind == "url" else match[0]
            yield Entity(kind, utf16_length(text[: match.start()]), utf16_length(words))
