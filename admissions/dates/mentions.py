"""Dates and lengths of time in a message that may speak of anything: where they stand.

What a date means depends on the day and the place of its writer; `take_days` and the like read it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from admissions.dates import patterns
from admissions.dates.days import READERS, WORD, NotInCalendar, mend_month
from admissions.dates.durations import lengths_in, weeks_of

ANY_DAY: Final = date(2000, 1, 1)
"""Enough to tell whether the calendar has a day; a leap year."""
ALSO_WORDS: Final = frozenset({"may", "march", "mar", "fall", "spring"})
"""Months that are other words too; they need something that says when."""
SAYS_WHEN: Final = re.compile(
    r"\b(?:in|from|of|by|until|till?|to|this|next|since|during|for|on|before|after|around|about|begin\w*|start\w*"
    r"|early|mid|late|end|and|or)(?:\W+the)?\W*$",
    re.IGNORECASE,
)
NO_DATE_AFTER: Final = re.compile(r"\b(?:steps?|usmle|scored?|attempts?|part|ratio|gpa)\W*$", re.IGNORECASE)
"""What stands before two numbers that are no date: "step 1/2"."""
PAST_OF_ONE: Final = re.compile(
    r"\b(?:graduat\w*|grad|batch|class|yog|passed|born|since|finished|completed)\W+(?:\w+\W+){0,3}$", re.IGNORECASE
)
"""What stands before a year that somebody tells of themselves."""
MONEY: Final = re.compile(r"\s*(?:\$|€|dollars?|usd|euros?|rs|rupees?|pkr|inr)\b", re.IGNORECASE)
NO_HURRY: Final = re.compile(r"any ?time|whenever|no preference", re.IGNORECASE)
OF_THE_TIME: Final = re.compile(r"\b(?:for|of|only|just|about|want|do|need)\s+$", re.IGNORECASE)
"""What stands before "a month" that is a length: not in "twice a month"."""
REPEATED: Final = re.compile(r"\s+(?:a|per|each|every)\s+(?:day|week|month|year)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """A date or a length of time in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        weeks: How long; None for a date.
    """

    start: int
    end: int
    weeks: int | None = None


def mentions_in(text: str) -> list[Mention]:
    """Find where a text says how long, and when: days, months, seasons, years, "in 3 months", "asap".

    Returns:
        What is found, in the text's order, none overlapping another.
    """
    words = set(re.findall(r"[a-z]+", text.lower()))
    lengths = [] if UNIT.isdisjoint(words) else [*_lengths(text)]
    line = WORD.sub(_short_month, text)
    for length in lengths:
        line = _without(line, length.start, length.end)
    return sorted([*lengths, *_dates(line, text)], key=lambda mention: mention.start)


def _lengths(text: str) -> Iterator[Mention]:
    for match in lengths_in(text):
        if _is_length(match, text):
            yield Mention(match.start("number"), match.end(), weeks_of(match))


def _dates(line: str, text: str) -> Iterator[Mention]:
    for pattern in _that_may_match(line):
        for match in pattern.finditer(line):
            line = _without(line, *match.span())
            if _is_date(match, text):
                yield Mention(match.start(), _end_of_word(text, match.start() + len(match.group().rstrip(" ."))))


def _that_may_match(line: str) -> list[re.Pattern[str]]:
    """Leave out the patterns for which a text has no word: most messages name no date."""
    words = set(re.findall(r"[a-z]+", line.lower()))
    return [pattern for pattern, needed in PATTERNS.items() if not needed or not needed.isdisjoint(words)]


def _without(line: str, start: int, end: int) -> str:
    return line[:start] + " " * (end - start) + line[end:]


def _short_month(word: re.Match[str]) -> str:
    """Write a misspelled month short, so that the rest stays where it is."""
    month = mend_month(word.group())
    return word.group() if month == word.group() else month[:3].ljust(len(word.group()))


def _end_of_word(text: str, end: int) -> int:
    rest = re.compile(r"(?<=[a-z])[a-z]*", re.IGNORECASE).match(text, end)
    return rest.end() if rest else end


def _is_date(match: re.Match[str], text: str) -> bool:
    before = text[: match.start()]
    if match.re is patterns.NUMERIC and NO_DATE_AFTER.search(before):
        return False
    if match.re is patterns.WHOLE_MONTH:
        return _is_month(match, text, before)
    if match.re is patterns.YEAR_ALONE:
        return not PAST_OF_ONE.search(before) and not MONEY.match(text, match.end())
    if match.re is patterns.SOONEST:
        return not NO_HURRY.fullmatch(match.group())
    return match.re not in DAYS or _is_in_calendar(match)


def _is_month(match: re.Match[str], text: str, before: str) -> bool:
    if match["month"].lower() not in ALSO_WORDS or match["part"] or match["year"]:
        return True
    is_name = bool(before.strip()) and match["month"][0].isupper() and not text.isupper()
    is_all = not re.search(r"\w", before + text[match.end() :])
    return is_name or is_all or bool(SAYS_WHEN.search(before))


def _is_in_calendar(match: re.Match[str]) -> bool:
    try:
        DAYS[match.re](match, ANY_DAY, True)
    except NotInCalendar:
        return False
    return True


def _is_length(match: re.Match[str], text: str) -> bool:
    if match.group().lower() == "one day":
        return False  # some time
    is_article = match["number"].lower() in {"a", "an"}
    is_meant = not is_article or bool(OF_THE_TIME.search(text[: match.start("number")]))
    return is_meant and not REPEATED.match(text, match.end())


DAYS: Final = dict(READERS)
NO_WORD: Final[frozenset[str]] = frozenset()
MONTH: Final = frozenset({*patterns.MONTHS, *patterns.SHORT, *patterns.SEASONS})
UNIT: Final = frozenset(
    {
        "w",
        "wk",
        "wks",
        "week",
        "weeks",
        "mo",
        "mos",
        "mth",
        "mths",
        "month",
        "months",
        "day",
        "days",
        "year",
        "years",
        "yr",
        "yrs",
    }
)
PATTERNS: Final = {
    patterns.ISO: NO_WORD,
    patterns.NUMERIC: NO_WORD,
    patterns.MONTH_DAY: MONTH,
    patterns.DAY_MONTH: MONTH,
    patterns.WHOLE_MONTH: MONTH,
    patterns.RELATIVE: UNIT,
    patterns.SOONEST: NO_WORD,
    patterns.NEXT_MONTH: NO_WORD,
    patterns.YEAR_ALONE: NO_WORD,
}
"""What is looked for, each with the words of which a text has one; what comes first hides what comes later."""
