"""Career goals, support, consent."""

import re

from admissions.applications.errors import AnswerUnclear, ConsentNeeded
from admissions.applications.rules import text as texts
from admissions.applications.rules.background import read_yes
from admissions.applications.values import Consent, Context, Support

LONGEST_GOALS = 2000
"""Characters."""

SUPPORT_WORDS = {
    Support.VISA_LETTER: re.compile(r"\b(?:visa|invitation|letter)\b"),
    Support.HOUSING: re.compile(
        r"\b(?:housing|house|accom+odation|apartment|room|place to (?:live|stay)|hostel)\b"
    ),
    Support.ORIENTATION: re.compile(r"\b(?:orientation|adaptation|culture|cultural|introduction)\b"),
    Support.ACADEMIC: re.compile(r"\b(?:academic|academics|study|studies|learning|lectures?)\b"),
    Support.MENTOR: re.compile(r"\b(?:mentor|mentors|mentoring|mentorship|guidance)\b"),
}
SHOWN = {
    Support.VISA_LETTER: "visa letter",
    Support.HOUSING: "housing",
    Support.ORIENTATION: "orientation",
    Support.ACADEMIC: "academic support",
    Support.MENTOR: "mentor",
}
ALL = re.compile(r"\b(?:all|everything|every)\b")


def read_goals(text: str, _context: Context) -> str:
    """Read career goals, in the applicant's own words and lines (fact G6).

    Raises:
        AnswerTooLong: They take more than 2,000 characters.
        AnswerRequired: Nothing was written.
    """
    return texts.paragraphs(text, most=LONGEST_GOALS)


def read_support(text: str, _context: Context) -> tuple[Support, ...]:
    """Read which support is wanted (facts G17, G18, G19).

    Raises:
        AnswerUnclear: None of the kinds is named.
        AnswerRequired: Nothing was written.
    """
    line = texts.plain(texts.one_line(text))
    named = tuple(support for support, pattern in SUPPORT_WORDS.items() if pattern.search(line))
    if not named and ALL.search(line):
        return tuple(Support)
    if not named:
        raise AnswerUnclear
    return named


def check_support(chosen: tuple[Support, ...], _context: Context) -> None:
    """Check that some support was chosen; who wants none skips the question.

    Raises:
        AnswerUnclear: There is none.
    """
    if not chosen:
        raise AnswerUnclear


def show_support(chosen: tuple[Support, ...]) -> str:
    """Name the kinds of support."""
    return ", ".join(SHOWN[support] for support in chosen)


def read_consent(text: str, _context: Context) -> Consent:
    """Read the consent to store the data and to share them with placement sites.

    Raises:
        ConsentNeeded: It was refused.
        AnswerUnclear: It says neither yes nor no.
    """
    line = texts.plain(texts.one_line(text))
    is_given = line in {*Consent} or re.search(r"\b(?:i (?:agree|consent|accept)|accepted|agreed)\b", line)
    if is_given and "not" not in line.split():
        return Consent.GIVEN
    if re.search(r"\b(?:dont|do not|disagree|refuse)\b", line) or not read_yes(line):
        raise ConsentNeeded
    return Consent.GIVEN
