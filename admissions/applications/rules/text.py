"""Text as people write it, made even before it is read."""

import re
import unicodedata

from admissions.applications.errors import AnswerRequired, AnswerTooLong
from admissions.writing import plain as plain

LONGEST_LINE = 200
"""Characters; more than any honest one-line answer has."""

JOINERS = "\u200c\u200d"
"""Invisible, yet part of how Persian and Indic names are spelled."""

ASKS = frozenset("what why when where which who how can could do does is are may should will".split())  # noqa: SIM905
ABOUT = frozenset("i you we it my your the a this that there need documents have get".split())  # noqa: SIM905


def one_line(text: str, *, most: int = LONGEST_LINE) -> str:
    """Return a text on one line: composed characters, single blanks, nothing invisible.

    Raises:
        AnswerRequired: Nothing is left of it.
        AnswerTooLong: It has more than `most` characters.
    """
    return _measured(" ".join(_visible(text).split()), most)


def paragraphs(text: str, *, most: int) -> str:
    """Return a text with its line breaks: composed characters, at most one empty line in a row.

    Raises:
        AnswerRequired: Nothing is left of it.
        AnswerTooLong: It has more than `most` characters.
    """
    lines = (" ".join(line.split()) for line in _visible(text).splitlines())
    return _measured(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), most)


def is_question(text: str) -> bool:
    """Tell whether somebody asks instead of answering: "what documents do i need"."""
    if re.search(r"[?\uff1f\u061f]", text):
        return True
    first, *rest = plain(text).split() or [""]
    return first in ASKS and len(rest) > 1 and not ABOUT.isdisjoint(rest)


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\x00", ""))
    return "".join(_shown(character) for character in composed)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return "\n" if character in "\n\r\v\f" else " "
    if category == "Cf":
        return character if character in JOINERS else ""
    return "" if category == "Cs" else character


def _measured(text: str, most: int) -> str:
    if not text:
        raise AnswerRequired
    if len(text) > most:
        raise AnswerTooLong(most)
    return text
