"""When a rotation may begin, and for how long."""

from datetime import date, timedelta

from admissions.applications.errors import (
    StartInThePast,
    StartMissing,
    StartNotMonday,
    StartTooFar,
    StartTooSoon,
    TooFewWeeks,
    TooManyWeeks,
    WeeksMissing,
)
from admissions.applications.rules import text as texts
from admissions.applications.rules.dates import Start, find_start
from admissions.applications.values import WEEK, Context, Period
from admissions.dates import add_months
from admissions.dates.durations import find_weeks, is_flexible

MONTHS_AHEAD = 2
"""HMC asks to apply at least so long before the start (fact W7)."""
FEWEST_WEEKS = 4
"""Fact W8."""
MOST_WEEKS = 52
MOST_YEARS_AHEAD = 3


def read_period(text: str, context: Context) -> Period:
    """Read the earliest start, the weeks, and whether the start may move (facts G5, W7, W8).

    A month without a day means its first Monday, its middle the Monday nearest to it, "asap" the first that is
    possible; a day that is named is never moved.

    Raises:
        StartMissing: Only the weeks are said.
        WeeksMissing: Only the start is said.
        PeriodUnclear: Neither is said.
        StartTooVague: Only a year is said.
        NoSuchDate: The calendar has no such day.
        AnswerRefused: What is said does not fit the rules; see `check_period`.
    """
    period = find_period(texts.one_line(text), context)
    check_period(period, context)
    return period


def find_period(line: str, context: Context) -> Period:
    """Read a period without checking whether it is possible.

    Raises:
        AnswerRefused: It is not there, or not whole; see `read_period`.
    """
    weeks, rest = find_weeks(line)
    start = find_start(rest, context.today, is_whole=weeks is None)
    if start is None:
        raise StartMissing(weeks or 0)
    first = _first_day(start, context.today)
    if weeks is None and start.end:
        weeks = max(0, round((start.end - first + timedelta(days=3)) / WEEK))
    if weeks is None:
        raise WeeksMissing(first)
    return Period(first, weeks, is_flexible(line))


def check_period(period: Period, context: Context) -> None:
    """Check that a period can be had; a right one is proposed.

    Raises:
        TooFewWeeks: It has under 4 weeks (fact W8).
        TooManyWeeks: It has over 52.
        StartInThePast: It has begun already.
        StartTooSoon: It begins in under two months (fact W7).
        StartNotMonday: It begins on another day (fact W8).
        StartTooFar: It begins in over three years.
    """
    proposed = Period(
        possible_start(period.start, context.today), max(period.weeks, FEWEST_WEEKS), period.flexible
    )
    if period.weeks < FEWEST_WEEKS:
        raise TooFewWeeks(period.weeks, FEWEST_WEEKS, proposed)
    if period.weeks > MOST_WEEKS:
        raise TooManyWeeks(period.weeks, MOST_WEEKS)
    if period.start <= context.today:
        raise StartInThePast(period.start, proposed)
    if period.start < earliest_day(context.today):
        raise StartTooSoon(period.start, proposed)
    if period.start > add_months(context.today, 12 * MOST_YEARS_AHEAD):
        raise StartTooFar(period.start, MOST_YEARS_AHEAD)
    if period.start != monday_nearest(period.start):
        raise StartNotMonday(period.start, proposed)


def earliest_day(today: date) -> date:
    """Return the day two months ahead (fact W7)."""
    return add_months(today, MONTHS_AHEAD)


def possible_start(wanted: date, today: date) -> date:
    """Return the Monday nearest to a day that is at least two months ahead (facts W7, W8)."""
    latest = add_months(today, 12 * MOST_YEARS_AHEAD)
    monday = monday_nearest(min(wanted, latest))
    if monday > latest:
        monday -= WEEK
    return max(monday, monday_from(earliest_day(today)))


def monday_nearest(day: date) -> date:
    """Return the Monday nearest to a day."""
    return day + timedelta(days=(3 - day.weekday()) % 7 - 3)


def monday_from(day: date) -> date:
    """Return the day itself if it is a Monday, else the next one."""
    return day + timedelta(days=-day.weekday() % 7)


def show_period(period: Period) -> str:
    """Write a period with its first and last day."""
    return (
        f"{period.weeks} weeks, {_day(period.start)} to {_day(period.end)},"
        f" {'flexible' if period.flexible else 'not flexible'}"
    )


def _first_day(start: Start, today: date) -> date:
    if start.is_soonest:
        return monday_from(earliest_day(today))
    if start.is_exact:
        return start.day
    return monday_nearest(start.day) if start.is_middle else monday_from(start.day)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
