"""The days of a rotation (fact W8)."""

from datetime import date, datetime, timedelta

from admissions.applications import FEWEST_WEEKS
from admissions.placements.errors import PeriodProblem, PeriodRefused, ReplyByPast, WordsMissing

MONDAY, FRIDAY = 0, 4
LONGEST_ITEM = 200
"""Characters."""


def check_days(first_day: date, last_day: date) -> None:
    """Check that a rotation can have these days: from a Monday to a Friday, four weeks or more.

    Raises:
        PeriodRefused: It cannot.
    """
    if first_day.weekday() != MONDAY:
        raise PeriodRefused(PeriodProblem.NOT_MONDAY, first_day)
    if last_day.weekday() != FRIDAY:
        raise PeriodRefused(PeriodProblem.NOT_FRIDAY, last_day)
    if last_day - first_day < timedelta(weeks=FEWEST_WEEKS) - timedelta(days=3):
        raise PeriodRefused(PeriodProblem.TOO_SHORT, last_day)


def check_reply_by(reply_by: datetime, at: datetime) -> None:
    """Check that an offer can still be answered.

    Raises:
        ReplyByPast: It cannot.
    """
    if reply_by <= at:
        raise ReplyByPast


def check_words(words: str, longest: int = LONGEST_ITEM) -> str:
    """Return what was written, without space around it.

    Raises:
        WordsMissing: Nothing was written, or more than `longest` characters.
    """
    stripped = words.strip()
    if not 0 < len(stripped) <= longest:
        raise WordsMissing
    return stripped
