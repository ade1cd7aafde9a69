"""Medical schools and their countries."""

import re

from admissions.applications.errors import (
    AnswerRefused,
    AnswerTooLong,
    CountryUnclear,
    NameInvalid,
    NameProblem,
    SchoolNeedsCountry,
)
from admissions.applications.rules import text as texts
from admissions.applications.rules.countries import find_country, read_country
from admissions.applications.values import Context, School
from admissions.countries import country_names, show_country

SHORTEST_NAME, LONGEST_NAME = 2, 150
"""Characters."""

LEAD_IN = re.compile(
    r"^(?:i\s+)?(?:studied|study|studying|graduated|am|went)?\s*(?:at|from|in|to)\s+(?:the\s+)?", re.IGNORECASE
)

BLANK = r"\s+"
LEADS_ON = re.compile(r"\b(?:of|de|del|di|do|da|the|for|and|in|von)$", re.IGNORECASE)
"""The country after it belongs to the name: University of Ghana."""

KIND = (
    r"(?:Universit\w+|College|Institute|Academy|Faculty of Medicine|School of Medicine|Medical School"
    r"|Universidad|UNIVERSITY|COLLEGE)"
)
WORD = (
    r"(?!(?:Graduated?|Studied|Studying|Student|From|At)\b)"
    r"(?:St\.|(?:[^\W\d_a-z]\.){1,4}|[^\W\d_a-z][\w'\u2019&-]*)"
)
CALLED_SCHOOL = re.compile(
    rf"(?P<name>(?:{WORD} +(?:(?:of|de|and) +)?){{0,5}}{KIND}(?: +(?:of|de|for|and|the|{WORD}))*(?:, *{WORD})*)"
)
AFTER_GRADUATED = re.compile(
    rf"\b(?i:graduated?|grad|studied|studying|student|alumnus) +(?i:(?:from|at|of) +)?"
    rf"(?P<name>{WORD}(?: +{WORD})*)"
)
"""Names in messages and CVs; their words begin with capitals."""


def read_school(text: str, context: Context) -> School:
    """Read a school with its country: "Dow University, Karachi, Pakistan" (fact G14).

    Raises:
        SchoolNeedsCountry: The country is missing; the applicant's own is proposed.
        NameInvalid: What is left is no name.
        AnswerRequired: Nothing was written.
    """
    try:
        line = LEAD_IN.sub("", texts.one_line(text)).strip(" ,.")
    except AnswerTooLong:
        raise NameInvalid(NameProblem.TOO_LONG) from None
    school = _split(line, context)
    check_school(school, context)
    return school


def check_school(school: School, context: Context) -> None:
    """Check a school's name, and that its country is known.

    Raises:
        NameInvalid: The name cannot be one.
        SchoolNeedsCountry: The country is missing; the applicant's own is proposed.
    """
    if problem := _problem(school.name):
        raise NameInvalid(problem)
    if school.country is None:
        raise SchoolNeedsCountry(school.name, _proposed(school.name, context))
    if school.country not in country_names():
        raise CountryUnclear


def show_school(school: School) -> str:
    """Write a school with its country."""
    return f"{school.name}, {show_country(school.country)}" if school.country else school.name


def find_school(text: str, context: Context) -> School | None:
    """Return the school that a message names, with its country if that is named too."""
    for pattern in (CALLED_SCHOOL, AFTER_GRADUATED):
        if (found := pattern.search(text)) and not re.fullmatch(KIND, found["name"]):
            return _split(found["name"][:LONGEST_NAME].strip(" ,.-"), context)
    return None


def _split(line: str, context: Context) -> School:
    """Part the country at the end from the name; one inside the name counts too."""
    for mark in (r"\s*[,;(]\s*", r"\s+(?:in|-|\u2013)\s+", BLANK):
        for found in reversed([*re.finditer(mark, line)]):
            name, end = line[: found.start()].strip(" ,"), line[found.end() :].strip(" ().")
            if name and (country := _country(end, context)):
                return School(line if mark == BLANK and LEADS_ON.search(name) else name, country)
    return School(line, find_country(line))


def _country(words: str, context: Context) -> str | None:
    is_code = len(words) == len("PK") and not words.isupper()
    if not words or is_code:  # "in" and "de" are words, "PK" is a country
        return None
    try:
        return read_country(words, context)
    except AnswerRefused:
        return None


def _proposed(line: str, context: Context) -> School | None:
    """Return the school with the country that its last words nearly name, else with the applicant's own."""
    name, _, end = line.rpartition(",")
    try:
        read_country(end or "?", context)
    except CountryUnclear as unclear:
        if unclear.candidates and not _problem(name):
            return School(name.strip(), unclear.candidates[0])
    return School(line, context.citizenship) if context.citizenship else None


def _problem(name: str) -> NameProblem | None:
    if "@" in name:
        return NameProblem.EMAIL
    if texts.is_question(name):
        return NameProblem.QUESTION
    if len(name) > LONGEST_NAME:
        return NameProblem.TOO_LONG
    if sum(character.isalpha() for character in name) < SHORTEST_NAME:
        return NameProblem.TOO_SHORT
    return NameProblem.SYMBOLS if re.search(r"[<>{}\[\]|\\^~]|[\U0001f000-\U0001faff]", name) else None
