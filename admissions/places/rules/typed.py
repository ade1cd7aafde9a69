"""What was typed about a place or a clock, taken apart."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from admissions.writing import plain

LONGEST = 200
"""Characters; a longer text says more than a place."""
WORDS_AT_MOST = 25
WORDS_OF_A_NAME = 8
LETTERS_OF_A_CODE = 2

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)
"""Clocks differ from UTC by a multiple of it; people's own are some minutes off."""
EARLIEST, LATEST = -12 * HOUR, 14 * HOUR

OFFSET = re.compile(
    r"(?:\b(?:gmt|utc)\s*(?=[+-]|\d)|^\s*(?=[+-]))"
    r"([+-]?)\s*(\d{1,2})(?::?(\d\d))?(?!\d)|\butc\b",
    re.IGNORECASE,
)
LOCAL_TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?!\d)\s*(?P<half>[ap]\.?m\b\.?)?"
    r"|\b(?P<only>0?[1-9]|1[0-2])\s*(?P<part>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
FILLERS = frozenset(
    """
    a about actually afternoon am and area around at based but by city clock close country currently doctor dr
    evening for from here hello hi home i im in is island islands it its ive just live lives living local me
    moment morning my near nearby new night now oclock of ok on please pm presently reside residing right sir so
    state stay staying sure that the there this time timezone to today tonight town village was we well with
    work working yes zone
    """.split()  # noqa: SIM905 - a list of words reads better so
)
NAMED_CLOCKS = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
"""How Americans call their times; what has letters of its own ("EST") is found by them."""


@dataclass(frozen=True)
class Typed:
    """What a text says.

    Attributes:
        words: The words that may name a place, as `plain` leaves them.
        offsets: How far the clock there may be ahead of UTC; none where no clock is spoken of.
    """

    words: Sequence[str]
    offsets: Collection[timedelta]


@dataclass(frozen=True)
class Part:
    """Some of the words, and where they stand."""

    name: str
    span: frozenset[int]


def read(text: str, at: datetime) -> Typed:
    """Take a text apart.

    Args:
        text: What was typed.
        at: When it was, aware; a local time in it is compared with this.
    """
    line = text.replace("\u2212", "-").replace("\u2013", "-")[:LONGEST]
    if stated := OFFSET.search(line):
        return Typed(_words(OFFSET.sub(" ", line)), _stated(stated))
    if told := LOCAL_TIME.search(line):
        return Typed(_words(LOCAL_TIME.sub(" ", line)), _by_clock(told, at))
    return Typed(_words(line), ())


def parts(words: Sequence[str]) -> Sequence[Part]:
    """Return every run of words that may be a name, the longest first.

    A word that only fills a sentence is none, unless it is all there is or may be the letters of a state at the
    end: "Portland, ME".
    """
    spans = (range(start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    runs = ([*span] for span in spans if len(span) <= WORDS_OF_A_NAME)
    found = [Part(" ".join(words[each] for each in run), frozenset(run)) for run in runs if _may_name(words, run)]
    return sorted(found, key=lambda part: -len(part.span))


def meaning(words: Sequence[str]) -> frozenset[int]:
    """Return where the words stand that do more than fill a sentence; where none does, all."""
    every = frozenset(range(len(words)))
    return frozenset(each for each in every if words[each] not in FILLERS) or every


def _may_name(words: Sequence[str], run: Sequence[int]) -> bool:
    inside = [words[each] for each in run]
    is_code = run == [len(words) - 1] and len(inside[0]) == LETTERS_OF_A_CODE
    return is_code or len(run) == len(words) or not FILLERS.issuperset(inside)


def _words(text: str) -> list[str]:
    words = plain(text).split()
    return words if len(words) <= WORDS_AT_MOST else []


def _stated(found: re.Match[str]) -> Collection[timedelta]:
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return {offset} if EARLIEST <= offset <= LATEST else ()


def _by_clock(found: re.Match[str], at: datetime) -> Collection[timedelta]:
    """Return how far a clock is ahead that shows a time now."""
    hour, minute = int(found["hour"] or found["only"]), int(found["minute"] or 0)
    half = (found["half"] or found["part"] or "").lower()[:1]
    if half and hour <= 12:
        hours = [hour % 12 + (12 if half == "p" else 0)]
    else:
        hours = [hour, hour + 12] if 1 <= hour < 12 else [hour % 24, 0] if hour == 12 else [hour]
    now = at.astimezone(UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    shown = (midnight + timedelta(hours=each, minutes=minute, days=day) for each in hours for day in (-1, 0, 1))
    near = (-2, -1, 0, 1, 2) if found["only"] else (0,)  # "9 pm" is said of the whole hour around
    offsets = ((round((time - now) / QUARTER) + step) * QUARTER for time in shown for step in near)
    return {offset for offset in offsets if EARLIEST <= offset <= LATEST}
