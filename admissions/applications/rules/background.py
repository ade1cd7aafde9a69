"""Student or graduate, and the core rotations at home."""

import re

from admissions.applications.errors import AnswerUnclear, StatusMissing, YearImplausible, YearMissing
from admissions.applications.rules import text as texts
from admissions.applications.values import Context, CoreRotations, Standing, Status

EARLIEST_YEAR = 1960
LONGEST_STUDY = 8
"""Years until graduation that a student may still have."""

STUDENT = re.compile(
    r"\b(?:student|studying|study|enrolled|expected|expecting|will graduate|graduating|going to graduate"
    r"|undergrad\w*|not (?:yet )?graduated?|(?:1st|2nd|3rd|4th|5th|6th|first|second|third|fourth|fifth|sixth"
    r"|final|last|current) (?:year|yr))\b"
)
GRADUATE = re.compile(
    r"\b(?:graduated?s?|grad|alumn\w+|doctor|physician|md|mbbs|finished|completed|passed out|yog)\b"
)
YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")

PARTLY = re.compile(
    r"\b(?:part|partly|partially|partial|some|half|almost|mostly|not all|ongoing|in progress|still|doing|currently"
    r"|few|most)\b"
)
NO = re.compile(r"^(?:no|nope|nah|not|none|never|n)\b|\b(?:havent|have not|didnt|did not|not yet|not started)\b")
YES = re.compile(
    r"^(?:y|yes|yeah|yep|yup|sure|done|ok)\b|\b(?:all|completed?|finished|i (?:did|have|do)|done|fully|agree"
    r"|of course)\b"
)


def read_standing(text: str, context: Context) -> Standing:
    """Read whether somebody is a student or a graduate, and of which year (facts G14, W5).

    Raises:
        YearMissing: Only the status was said.
        StatusMissing: Only this year was said, which may be either.
        YearImplausible: Nobody of that status graduates in that year.
        AnswerUnclear: Neither was said.
    """
    line = texts.plain(texts.one_line(text))
    years = [int(year) for year in YEAR.findall(line)]
    status = _status(line)
    if not years:
        raise YearMissing(status) if status else AnswerUnclear
    standing = Standing(status or _status_of_year(max(years), context), max(years))
    check_standing(standing, context)
    return standing


def check_standing(standing: Standing, context: Context) -> None:
    """Check that the year fits the status.

    Raises:
        YearImplausible: Nobody of that status graduates in that year.
    """
    this_year = context.today.year
    is_student = standing.status is Status.STUDENT
    earliest, latest = (this_year, this_year + LONGEST_STUDY) if is_student else (EARLIEST_YEAR, this_year)
    if not earliest <= standing.graduation_year <= latest:
        raise YearImplausible(standing.status, earliest, latest)


def read_core_rotations(text: str, _context: Context) -> CoreRotations:
    """Read whether the core clinical rotations were completed at home (fact G15).

    Raises:
        AnswerUnclear: It says neither yes, partly nor no.
    """
    line = texts.plain(texts.one_line(text))
    if PARTLY.search(line):
        return CoreRotations.PARTLY
    return CoreRotations.YES if read_yes(line) else CoreRotations.NO


def read_yes(line: str) -> bool:
    """Tell yes from no.

    Args:
        line: What was said, as `text.plain` gives it.

    Raises:
        AnswerUnclear: It is neither.
    """
    if NO.search(line):
        return False
    if YES.search(line):
        return True
    raise AnswerUnclear


def show_standing(standing: Standing) -> str:
    """Write a standing: "student, expected graduation 2028"."""
    expected = "expected graduation" if standing.status is Status.STUDENT else "graduated in"
    return f"{standing.status}, {expected} {standing.graduation_year}"


def _status(line: str) -> Status | None:
    if STUDENT.search(line):
        return Status.STUDENT
    return Status.GRADUATE if GRADUATE.search(line) else None


def _status_of_year(year: int, context: Context) -> Status:
    if year == context.today.year:
        raise StatusMissing(year)
    return Status.GRADUATE if year < context.today.year else Status.STUDENT
