"""How dates are written: the patterns of our small grammar."""

import calendar
import re

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SHORT = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
NOT_MISSPELLED = frozenset({"match", "marsh", "augusta"})
"""Words that are nearly a month's name: who speaks of the residency match does not mean March."""
SEASONS = {"winter": 1, "spring": 3, "summer": 6, "fall": 9, "autumn": 9}
"""The month with which a season begins in the USA; winter after New Year."""

PARTS = {
    "early": 1,
    "beginning": 1,
    "begin": 1,
    "start": 1,
    "first": 1,
    "1st": 1,
    "second": 8,
    "2nd": 8,
    "mid": 15,
    "middle": 15,
    "third": 15,
    "3rd": 15,
    "fourth": 22,
    "4th": 22,
    "late": 22,
    "end": 22,
    "last": 22,
}
"""The day from which a part of a month is meant."""

NAMES = "|".join(sorted([*MONTHS, *SHORT, *SEASONS], key=len, reverse=True))
NOT_A_VERB = r"(?!(?<=may)\s+(?:i|we|you|be|not|have|want|need|ask|come|go|know|please)\b)"
MONTH = rf"(?P<month>{NAMES})\b\.?{NOT_A_VERB}"
YEAR = r"(?:[\s,]*(?:of\s+)?(?P<year>20\d\d|'\d\d\b|next year|this year)\b)?"
ORDINAL = r"(?:st|nd|rd|th)?"
NOT_A_TIME = r"(?![\d:]|\s*[ap]\.?m\b)"
DAY = rf"(?P<day>\d{{1,2}}){ORDINAL}{NOT_A_TIME}"
UNTIL = rf"(?:\s*(?:-|\u2013|to|till|until)\s*(?P<last>\d{{1,2}}){ORDINAL}{NOT_A_TIME})?"
NO_DAY_BEFORE = r"(?<!\b\d\s)(?<!\b\d\d\s)(?<!\d(?:st|nd|rd|th)\s)"
PART = rf"(?P<part>{'|'.join(PARTS)})(?:\s+(?:week|monday))?"
COUNT = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

ISO = re.compile(r"\b(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b")
NUMERIC = re.compile(
    r"(?<![\d.,/-])(?!24/7\b)(?P<first>\d{1,2})(?:(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>20\d\d|\d\d)"
    r"|/(?P<day>\d{1,2}))(?![\d/])"
)
MONTH_DAY = re.compile(rf"{NO_DAY_BEFORE}\b{MONTH}\s*(?:the\s+)?{DAY}{UNTIL}{YEAR}", re.IGNORECASE)
DAY_MONTH = re.compile(rf"\b{DAY}{UNTIL}\s*(?:of\s+|-)?{MONTH}{YEAR}", re.IGNORECASE)
WHOLE_MONTH = re.compile(rf"\b(?:{PART}(?:\s+(?:of|in)|\s*-)?\s*(?:the\s+)?)?{MONTH}{YEAR}", re.IGNORECASE)
NEXT_MONTHS = re.compile(rf"\bnext (?=(?:{NAMES})\b)", re.IGNORECASE)
RELATIVE = re.compile(
    rf"\b(?:(?:in|after|within)\s+(?P<count>{COUNT})\s+|(?P<later>{COUNT})\s+(?=\w+\s+(?:from|later|ahead)))"
    r"(?P<unit>day|week|month|year)s?",
    re.IGNORECASE,
)
SOONEST = re.compile(
    r"\b(?:asap|a\.s\.a\.p|as soon as (?:possible|u can|you can)|as early as possible|soonest|immediately"
    r"|earliest(?: possible| available)?$|right away|any ?time|whenever|no preference)\b",
    re.IGNORECASE,
)
NEXT_MONTH = re.compile(r"\bnext month\b", re.IGNORECASE)
YEAR_ALONE = re.compile(r"\b(?:(?P<year>20\d\d)|next year|this year)\b", re.IGNORECASE)


def month_number(name: str) -> int:
    """Return the number of a month, which may be a number, a name, a short name or a season."""
    name = name.lower()
    return int(name) if name.isdigit() else MONTHS.get(name) or SEASONS.get(name) or SHORT[name]
