"""How long: weeks and months in a text."""

import re
from collections.abc import Iterator

WEEKS_IN_A_MONTH = 4
"""Rotations are counted in blocks of four weeks."""

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {
    **{word: float(number) for number, word in enumerate(WORDS)},
    "a": 1.0,
    "an": 1.0,
    "couple of": 2.0,
    "half a": 0.5,
    "sixteen": 16.0,
    "twenty four": 24.0,
}
NUMBER = rf"(?P<number>\d{{1,4}}(?:[.,]\d{{1,3}})?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
UNIT = r"(?P<unit>weeks?|wks?|w|months?|mos?|mths?|days?|years?|yrs?)"
DURATION = re.compile(
    rf"(?<![\w.,/-])(?P<before>(?:in|after|within|next|for at least|at least|minimum|min)\s+)?{NUMBER}"
    rf"(?:\s*(?:-|\u2013|to|or)\s*\d+)?\s*-?\s*{UNIT}\b"
    r"(?P<after>\s+(?:from (?:now|today)|later|time|ahead|ago))?",
    re.IGNORECASE,
)
FIXED = re.compile(
    r"\b(?:not|no|isn'?t|non|in)[\s-]*flexib\w*|\bfixed\b|\bexact\w*\b|\bstrict\w*\b|\bonly (?:then|these)\b",
    re.IGNORECASE,
)
FLEXIBLE = re.compile(
    r"\bflexib\w*|\bany ?time\b|\bwhenever\b|\bapprox\w*|\baround\b|\babout\b|\broughly\b|\bor later\b|\bor so\b"
    r"|±|~|\bcan (?:move|change|shift)\b|\bopen to\b|\bideally\b|\bpreferably\b",
    re.IGNORECASE,
)


def find_weeks(line: str) -> tuple[int | None, str]:
    """Find how many weeks somebody wants.

    "In 3 months" and "6 weeks from now" are no durations: they say when.

    Returns:
        The weeks, if any, and the text without them.
    """
    for found in lengths_in(line):
        return weeks_of(found), f"{line[: found.start()]} {line[found.end() :]}"
    return None, line


def lengths_in(line: str) -> Iterator[re.Match[str]]:
    """Find each length of time that says how long, in the text's order; `weeks_of` reads one."""
    return (found for found in DURATION.finditer(line) if not _says_when(found))


def is_flexible(line: str) -> bool:
    """Tell whether the dates may move; they may not unless it is said."""
    return bool(FLEXIBLE.search(line)) and not FIXED.search(line)


def number_of(word: str) -> float:
    """Return the number that a word or digits stand for."""
    return NUMBERS[word.lower()] if word.lower() in NUMBERS else float(word.replace(",", "."))


def _says_when(found: re.Match[str]) -> bool:
    before = (found["before"] or "").strip().lower()
    return bool(found["after"]) or before in {"in", "after", "within"}


def weeks_of(found: re.Match[str]) -> int:
    """Return the weeks of a length of time; a month is counted as four."""
    number, unit = number_of(found["number"]), found["unit"].lower()
    if unit.startswith("d"):
        return round(number / 7)
    if unit.startswith("y"):
        return round(number * 52)
    return round(number * WEEKS_IN_A_MONTH) if unit.startswith("m") else round(number)
