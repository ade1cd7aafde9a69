"""Telegram's HTML parse mode: text and entities from HTML, and back.

It follows the parser of Telegram's own server, so that a text refused there is refused here with the same words.
"""

import html
import re
from dataclasses import dataclass
from typing import NoReturn

from bot.sandbox.errors import ApiError
from bot.sandbox.links import checked_link
from bot.sandbox.text import Entity, Formatted, in_order, utf16_length

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_SHOWN = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
_PLAIN = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![A-Za-z]));?")
_TAG_NAME = re.compile(r"[^ \t\r\n\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\v=>/\"']*")
_SPACES = re.compile(r"[ \t\r\n\v]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_REFERENCE = 10
_LARGEST_CODE = 0x10FFFF
_LINK_SCHEMES = ("http://", "https://", "mailto:", "tg://")


@dataclass(slots=True)
class _Open:
    """A start tag whose end has not come yet."""

    name: str
    argument: str
    offset: int
    piece: int


def parse_html(source: str) -> Formatted:
    """Read a text in Telegram's HTML.

    Args:
        source: The text with its tags.

    Returns:
        The text without tags, and what they said.

    Raises:
        ApiError: 400 "can't parse entities: ..." with the byte offset, as Telegram says it.
    """
    if "<" not in source and "&" not in source:
        return Formatted(source)
    return _Parser(source).parse()


def render_html(formatted: Formatted) -> str:
    """Write a text as HTML that is safe to show in a page."""
    if not formatted.entities:
        return html.escape(formatted.text, quote=False)
    units = formatted.text.encode("utf-16-le", "surrogatepass")
    pieces: list[str] = []
    ends: list[tuple[int, str]] = []
    place = 0

    def write_until(offset: int) -> None:
        nonlocal place
        text = units[place * 2 : offset * 2].decode("utf-16-le", "replace")
        pieces.append(html.escape(text, quote=False))
        place = offset

    def close_until(offset: int) -> None:
        while ends and ends[-1][0] <= offset:
            end, tag = ends.pop()
            write_until(end)
            pieces.append(tag)

    for entity in formatted.entities:
        close_until(entity.offset)
        opening, closing = _shown(entity, units)
        if opening and (not ends or entity.end <= ends[-1][0]):
            write_until(entity.offset)
            pieces.append(opening)
            ends.append((entity.end, closing))
    close_until(len(units) // 2)
    write_until(len(units) // 2)
    return "".join(pieces)


def _shown(entity: Entity, units: bytes) -> tuple[str, str]:
    if entity.type in ("text_link", "url", "email"):
        words = units[entity.offset * 2 : entity.end * 2].decode("utf-16-le", "replace")
        return _shown_link(entity, words)
    return _SHOWN.get(entity.type, ("", ""))


def _shown_link(entity: Entity, words: str) -> tuple[str, str]:
    target = entity.url or (f"mailto:{words}" if entity.type == "email" else words)
    if "://" not in target and not target.startswith("mailto:"):
        target = f"http://{target}"
    if not target.lower().startswith(_LINK_SCHEMES):
        return "", ""
    return f'<a href="{html.escape(target)}">', "</a>"


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> Formatted:
        while self._place < len(self._source):
            if plain := _PLAIN.match(self._source, self._place):
                self._write(plain[0])
                self._place = plain.end()
            elif self._source[self._place] == "&":
                self._write(self._reference() or self._take())
            else:
                self._tag()
        if self._open:
            _refuse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return Formatted("".join(self._pieces), in_order(self._outside_code()))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += utf16_length(text)

    def _here(self) -> str:
        return self._source[self._place] if self._place < len(self._source) else ""

    def _take(self) -> str:
        self._place += 1
        return self._source[self._place - 1]

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._source, self._place)
        words = match[0] if match else ""
        self._place += len(words)
        return words

    def _reference(self) -> str:
        match = _REFERENCE.match(self._source, self._place)
        if match is None:
            return ""
        letter = _NAMED.get(match[3] or "") or _numbered(match)
        if letter:
            self._place = match.end()
        return letter

    def _tag(self) -> None:
        start = self._place
        self._place += 1
        if self._here() == "/":
            self._end_tag(start)
        else:
            self._start_tag(start)

    def _start_tag(self, start: int) -> None:
        name = self._match(_TAG_NAME).lower()
        if not self._here():
            self._refuse("Unclosed start tag", start)
        if name not in _TYPES:
            self._refuse(f'Unsupported start tag "{name}"', start)
        argument = ""
        while self._skip_spaces() != ">":
            argument = self._attribute(name, start) or argument
        self._place += 1
        if name == "span" and argument != "spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', start)
        self._open.append(_Open(name, argument, self._length, len(self._pieces)))

    def _skip_spaces(self) -> str:
        self._match(_SPACES)
        return self._here()

    def _attribute(self, tag: str, start: int) -> str:
        name = self._match(_ATTRIBUTE_NAME)
        if not name:
            self._refuse(f'Empty attribute name in the tag "{tag}"', start)
        if self._skip_spaces() != "=":
            if not self._here():
                self._refuse(f'Unclosed start tag "{tag}"', start)
            return "1" if (tag, name) == ("blockquote", "expandable") else ""
        self._place += 1
        if not self._skip_spaces():
            self._refuse(f'Unclosed start tag "{tag}"', start)
        value = self._attribute_value()
        if not self._here():
            self._refuse("Unclosed start tag", start)
        return _argument(tag, name, value)

    def _attribute_value(self) -> str:
        if self._here() in "\"'":
            return self._quoted()
        start = self._place
        value = self._match(_NAME_TOKEN).lower()
        if self._here() not in (" ", "\t", "\r", "\n", "\v", ">", ""):
            self._refuse("Unexpected end of name token", start)
        return value

    def _quoted(self) -> str:
        quote = self._take()
        value = []
        while self._here() not in (quote, ""):
            value.append((self._here() == "&" and self._reference()) or self._take())
        self._place += 1
        return "".join(value)

    def _end_tag(self, start: int) -> None:
        if not self._open:
            self._refuse("Unexpected end tag", start)
        self._place += 1
        name = self._match(_TAG_NAME).lower()
        if self._skip_spaces() != ">":
            self._refuse("Unclosed end tag", start)
        self._place += 1
        opened = self._open.pop()
        if name and name != opened.name:
            _refuse(
                f"Unmatched end tag at byte offset {self._offset(start)}, "
                f'expected "</{opened.name}>", found "</{name}>"'
            )
        if self._length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity = Entity(_TYPES[opened.name], opened.offset, self._length - opened.offset)
        if opened.name == "a":
            self._close_link(opened, entity)
        elif opened.name == "tg-emoji":
            self._close_emoji(opened, entity)
        elif opened.name in ("pre", "code"):
            self._close_code(opened, entity)
        elif opened.name == "blockquote" and opened.argument:
            self._entities.append(Entity("expandable_blockquote", entity.offset, entity.length))
        else:
            self._entities.append(entity)

    def _close_link(self, opened: _Open, entity: Entity) -> None:
        url = checked_link(opened.argument or "".join(self._pieces[opened.piece :]))
        if url:
            self._entities.append(Entity("text_link", entity.offset, entity.length, url=url))

    def _close_emoji(self, opened: _Open, entity: Entity) -> None:
        if not opened.argument.isdecimal():
            _refuse("Invalid custom emoji identifier specified")
        self._entities.append(
            Entity("custom_emoji", entity.offset, entity.length, custom_emoji_id=opened.argument)
        )

    def _close_code(self, opened: _Open, entity: Entity) -> None:
        inner = self._entities[-1] if self._entities else None
        if inner and inner.type in ("pre", "code") and inner.type != entity.type and _same_place(inner, entity):
            language = opened.argument or inner.language
            self._entities[-1] = Entity("pre", entity.offset, entity.length, language=language or None)
        else:
            language = opened.argument or None if opened.name == "code" else None
            self._entities.append(Entity(entity.type, entity.offset, entity.length, language=language))

    def _outside_code(self) -> tuple[Entity, ...]:
        opaque = [entity for entity in self._entities if entity.type in ("code", "pre")]
        return tuple(
            Entity("code", entity.offset, entity.length) if entity.type == "code" else entity
            for entity in self._entities
            if not any(
                entity is not code and code.offset <= entity.offset and entity.end <= code.end for code in opaque
            )
        )

    def _offset(self, place: int) -> int:
        return len(self._source[:place].encode("utf-8", "surrogatepass"))

    def _refuse(self, words: str, place: int) -> NoReturn:
        _refuse(f"{words} at byte offset {self._offset(place)}")


def _refuse(words: str) -> NoReturn:
    raise ApiError(400, "Bad Request: can't parse entities: " + words)


def _numbered(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2] or "0")
    length = len(match[0].rstrip(";"))
    if code == 0 or code >= _LARGEST_CODE or 0xD800 <= code <= 0xDFFF or length >= _LONGEST_REFERENCE:
        return ""
    return chr(code)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def _same_place(one: Entity, other: Entity) -> bool:
    return (one.offset, one.length) == (other.offset, other.length)
