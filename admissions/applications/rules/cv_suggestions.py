"""Answers found in a CV: name, e-mail, phone, school, year."""

import re
from datetime import date

from admissions.applications.rules.background import EARLIEST_YEAR, LONGEST_STUDY
from admissions.applications.rules.names import as_name
from admissions.applications.rules.schools import CALLED_SCHOOL, find_school
from admissions.applications.rules.suggestions import find_email, find_phone
from admissions.applications.values import Context, School, Standing, Status, Value

NAME_WITHIN = 15
"""Lines at the top among which the name stands."""
LONGEST_LINE = 300
"""Characters; what stands behind is not read."""
NAMED = re.compile(r"^\s*(?:full )?name\s*[:\-]\s*", re.IGNORECASE)
TITLES = re.compile(r"^(?:dr|mr|ms|mrs)\.?\s+|[,\s]+(?:m\.?d\.?|mbbs|mbchb|mbbch|do|phd)\.?$", re.IGNORECASE)
MEDICAL = re.compile(r"\b(?:mbbs|mbch\w*|mbbch|m\.?d\.?|medic\w*|physicians?|health sciences)\b", re.IGNORECASE)
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NEIGHBOURS = 2
"""Lines after the school's, in which its years may stand."""


def suggest_from_cv(text: str, today: date) -> dict[str, Value]:
    """Find the answers in a CV's text; nothing is taken over unasked.

    Args:
        text: As `text_of_pdf` and `text_of_docx` give it.
        today: The date in the applicant's zone.

    Returns:
        The values found, by the name of their question.
    """
    context = Context(today)
    lines = [" ".join(line.split())[:LONGEST_LINE] for line in text.splitlines() if line.strip()]
    at = _school_line(lines)
    found: dict[str, Value | None] = {
        "full_name": _name(lines[:NAME_WITHIN], context),
        "email": find_email(text, context),
        "phone": find_phone(text, context),
        "medical_school": _school(lines[at], context) if at is not None else None,
        "standing": _standing(" ".join(lines[at : at + 1 + NEIGHBOURS]), today) if at is not None else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _name(lines: list[str], context: Context) -> str | None:
    for line in sorted(lines, key=lambda line: not NAMED.search(line)):
        words = TITLES.sub("", TITLES.sub("", re.split(r"[|•]| {2,}", NAMED.sub("", line))[0].strip()))
        if name := as_name(words.strip(" ,"), context):
            return name
    return None


def _school_line(lines: list[str]) -> int | None:
    """Return which line names the school: one of medicine, else the first of any."""
    schools = [number for number, line in enumerate(lines) if CALLED_SCHOOL.search(line)]
    medical = [number for number in schools if MEDICAL.search(" ".join(lines[max(0, number - 1) : number + 2]))]
    return next(iter(medical or schools), None)


def _school(line: str, context: Context) -> School | None:
    return find_school(re.sub(r"\(?(?:19|20)\d\d.*$", "", line), context)


def _standing(lines: str, today: date) -> Standing | None:
    years = [int(year) for year in YEARS.findall(lines)]
    year = max((year for year in years if EARLIEST_YEAR <= year <= today.year + LONGEST_STUDY), default=None)
    if year is None or re.search(r"\b(?:present|current|now|ongoing)\b", lines, re.IGNORECASE):
        return None
    return Standing(Status.GRADUATE if year <= today.year else Status.STUDENT, year)
