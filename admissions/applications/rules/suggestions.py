"""Answers found in a message that says several at once. Each is only suggested: its applicant confirms it."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice

from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number

from admissions.applications.errors import AnswerRefused, EmailInvalid
from admissions.applications.rules.background import GRADUATE, STUDENT, YEAR, read_standing
from admissions.applications.rules.contacts import read_email
from admissions.applications.rules.countries import find_citizenship
from admissions.applications.rules.english import TAUGHT_IN_ENGLISH, TESTS, read_english
from admissions.applications.rules.names import find_name
from admissions.applications.rules.periods import find_period
from admissions.applications.rules.schools import find_school
from admissions.applications.rules.specialties import find_specialties
from admissions.applications.values import Context, CoreRotations, English, Period, Standing, Value
from admissions.dates.durations import find_weeks

LONGEST_MESSAGE = 4096
"""Characters, as in Telegram; what is longer is not read to its end."""

MOST_CLAUSES = 10
"""How many parts of a message that speak of weeks are looked at for dates."""

EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
CLAUSES = re.compile(r"[,;\n]|\.\s|\band\b", re.IGNORECASE)
CORE_DONE = re.compile(
    r"\b(?:completed|finished|done with|did)\s+(?:all\s+)?(?:my\s+|the\s+)?core\s+(?:clinical\s+)?"
    r"(?:rotations|clerkships)",
    re.IGNORECASE,
)
GRADUATED = re.compile(rf"(?:{GRADUATE.pattern}|{STUDENT.pattern})[^,;\n]*?\b(?:19|20)\d\d", re.IGNORECASE)
"""What speaks of a year that is not the rotation's."""


def suggest(text: str, today: date, specialties: Sequence[str] = ()) -> dict[str, Value]:
    """Find the answers in a message: "Ali Khan, graduated Dow 2023, want IM or peds, 8 weeks from march".

    They are what was said, not yet what is possible: confirming one checks it, and may refuse it.

    Args:
        text: The message.
        today: The date in the applicant's zone.
        specialties: Those that the language understanding found; without any, a simpler search looks for them.

    Returns:
        The values found, by the name of their question.
    """
    text, context = text[:LONGEST_MESSAGE].replace("\x00", ""), Context(today)
    found = {name: find(text, context) for name, find in FINDERS.items()}
    found["specialties"] = tuple(specialties) or find_specialties(text) or None
    return {name: value for name, value in found.items() if value is not None}


def find_email(text: str, context: Context) -> str | None:
    """Return the first e-mail address in a text; a mended one where it is misspelled."""
    if written := EMAIL.search(text):
        try:
            return read_email(written.group(), context)
        except EmailInvalid as invalid:
            return invalid.suggestion
    return None


def find_phone(text: str, _context: Context) -> str | None:
    """Return the first phone number with a country code in a text (E.164)."""
    found = next(iter(PhoneNumberMatcher(text, None)), None)
    return format_number(found.number, PhoneNumberFormat.E164) if found else None


def _find_standing(text: str, context: Context) -> Standing | None:
    for clause in CLAUSES.split(text):
        says_status = GRADUATE.search(clause.lower()) or STUDENT.search(clause.lower())
        if says_status and YEAR.search(clause):
            with suppress(AnswerRefused):
                return read_standing(clause, context)
    return None


def _find_core_rotations(text: str, _context: Context) -> CoreRotations | None:
    return CoreRotations.YES if CORE_DONE.search(text) else None


def _find_english(text: str, context: Context) -> English | None:
    for clause in CLAUSES.split(text):
        lower = clause.lower()
        if any(pattern.search(lower) for pattern in TESTS.values()) or TAUGHT_IN_ENGLISH.search(lower):
            with suppress(AnswerRefused):
                return read_english(clause, context)
    return None


def _find_period(text: str, context: Context) -> Period | None:
    rest = EMAIL.sub(" ", text)
    for match in reversed([*PhoneNumberMatcher(rest, None)]):
        rest = f"{rest[: match.start]} {rest[match.end :]}"
    rest = GRADUATED.sub(" ", rest)
    clauses = re.split(r"[;\n]|,(?!\s*20\d\d)|\.\s", rest)
    parts = (part for part in (*clauses, ", ".join(clauses)) if find_weeks(part)[0] is not None)
    for part in islice(parts, MOST_CLAUSES):
        with suppress(AnswerRefused):
            return find_period(part, context)
    return None


FINDERS: dict[str, Callable[[str, Context], Value | None]] = {
    "full_name": find_name,
    "email": find_email,
    "phone": find_phone,
    "citizenship": find_citizenship,
    "medical_school": find_school,
    "standing": _find_standing,
    "core_rotations": _find_core_rotations,
    "english": _find_english,
    "period": _find_period,
}
