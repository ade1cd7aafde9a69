"""Rotation periods: as applicants write them, and what may be asked for."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions.applications import (
    AnswerRefused,
    AnswerRequired,
    Context,
    NoSuchDate,
    Period,
    PeriodUnclear,
    StartInThePast,
    StartMissing,
    StartNotMonday,
    StartTooFar,
    StartTooSoon,
    StartTooVague,
    TooFewWeeks,
    TooManyWeeks,
    WeeksMissing,
    possible_start,
)
from admissions.applications.rules.periods import check_period, earliest_day, read_period, show_period
from admissions.dates import add_months
from tests.unit.applications.outcomes import TODAY, outcome, refused

FIRST_POSSIBLE = date(2027, 1, 25)
MARCH = date(2027, 3, 1)
MONDAY = 0


@pytest.mark.parametrize(
    ("text", "start", "weeks"),
    [
        ("4 weeks from mid march", date(2027, 3, 15), 4),
        ("8 weeks from march", MARCH, 8),
        ("8weeks from march", MARCH, 8),
        ("march, eight weeks", MARCH, 8),
        ("8 weeks in june 2027", date(2027, 6, 7), 8),
        ("4 weeks from 15 march", date(2027, 3, 15), 4),
        ("4 weeks from 25 jan", FIRST_POSSIBLE, 4),
        ("march 1-26", MARCH, 4),
        ("1 march to 26 march", MARCH, 4),
        ("march 1 - april 23, 2027", MARCH, 8),
        ("15th of march until 14th of may", date(2027, 3, 15), 9),
        ("march to may", MARCH, 13),
        ("3/15/2027 for 6 weeks", date(2027, 3, 15), 6),
        ("15/3/2027 for 6 weeks", date(2027, 3, 15), 6),
        ("15.3.2027, 6 weeks", date(2027, 3, 15), 6),
        ("3/1 8 weeks", MARCH, 8),
        ("3/1/27 8 weeks", MARCH, 8),
        ("2027-03-01, 8 weeks", MARCH, 8),
        ("8 weeks mar 1 '27", MARCH, 8),
        ("2 months from 5 april 2027", date(2027, 4, 5), 8),
        ("a month in june", date(2027, 6, 7), 4),
        ("febuary 2027 8 weeks", date(2027, 2, 1), 8),
        ("4 weeks next march", MARCH, 4),
        ("4 weeks in march next year", MARCH, 4),
        ("four weeks in may", date(2027, 5, 3), 4),
        ("4 weeks from november", date(2027, 11, 1), 4),
        ("summer 2027, 12 weeks", date(2027, 6, 7), 12),
        ("8 weeks, second week of march", date(2027, 3, 8), 8),
        ("last monday in march, 4 weeks", date(2027, 3, 29), 4),
        ("4 weeks at the end of august", date(2027, 8, 23), 4),
        ("in 3 months, 4 weeks", MARCH, 4),
        ("4 weeks, 3 months from now", MARCH, 4),
        ("asap, 4 weeks", FIRST_POSSIBLE, 4),
        ("4 weeks in q2 2027", date(2027, 4, 5), 4),
        ("4-8 weeks from april", date(2027, 4, 5), 4),
        ("52 weeks from march", MARCH, 52),
        ("4 weeks\x00 from \u202emarch", MARCH, 4),
    ],
)
def test_a_period_is_understood(text: str, start: date, weeks: int) -> None:
    assert outcome(read_period, text) == Period(start, weeks)


@pytest.mark.parametrize(
    ("text", "is_flexible"),
    [
        ("8 weeks around march", True),
        ("any time, 4 weeks", True),
        ("8 weeks from march, flexible", True),
        ("8 weeks from march, not flexible", False),
        ("8 weeks from march, dates are fixed", False),
    ],
)
def test_the_start_may_move_only_if_it_is_said(text: str, is_flexible: bool) -> None:
    assert outcome(read_period, text).flexible is is_flexible


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("next year", refused(StartTooVague, year=2027)),
        ("8 weeks next year", refused(StartTooVague, year=2027)),
        ("sometime in 2028", refused(StartTooVague, year=2028)),
        ("8 weeks", refused(StartMissing, weeks=8)),
        ("march", refused(WeeksMissing, start=MARCH)),
        ("hello", refused(PeriodUnclear)),
        ("😀", refused(PeriodUnclear)),
        ("may i ask something", refused(PeriodUnclear)),
        ("my step 2 score is 245", refused(PeriodUnclear)),
        ("christmas 1999 @ IELTS \u0663", refused(PeriodUnclear)),
        ("31 february, 4 weeks", refused(NoSuchDate)),
        ("4 weeks from 2/30/2027", refused(NoSuchDate)),
        ("29 feb, 4 weeks", refused(NoSuchDate)),
        ("4 weeks from 99/99/2027", refused(NoSuchDate)),
        ("0 weeks from march", refused(TooFewWeeks, weeks=0, minimum=4, proposed=Period(MARCH, 4))),
        ("2 weeks from march", refused(TooFewWeeks, weeks=2, minimum=4, proposed=Period(MARCH, 4))),
        ("53 weeks from march", refused(TooManyWeeks, weeks=53, most=52)),
        (
            "4 weeks from 1 jan 2020",
            refused(StartInThePast, start=date(2020, 1, 1), proposed=Period(FIRST_POSSIBLE, 4)),
        ),
        (
            "4 weeks from 18 january",
            refused(StartTooSoon, start=date(2027, 1, 18), proposed=Period(FIRST_POSSIBLE, 4)),
        ),
        (
            "4 weeks from tomorrow",
            refused(StartTooSoon, start=date(2026, 11, 24), proposed=Period(FIRST_POSSIBLE, 4)),
        ),
        ("march 3-28", refused(StartNotMonday, start=date(2027, 3, 3), proposed=Period(MARCH, 4))),
        (
            "4 weeks from 5 march 2027",
            refused(StartNotMonday, start=date(2027, 3, 5), proposed=Period(date(2027, 3, 8), 4)),
        ),
        (
            "4 weeks from 2 july 2045",
            refused(StartTooFar, start=date(2045, 7, 2), most_years=3),
        ),
        (f"4 weeks in {'9' * 50} months", refused(StartMissing, weeks=4)),
        (f"{'9' * 100} weeks from march", refused(WeeksMissing, start=MARCH)),
        ("", refused(AnswerRequired)),
    ],
)
def test_what_cannot_be_is_refused_and_a_right_period_proposed(text: str, refusal: object) -> None:
    assert outcome(read_period, text) == refusal


TODAYS = st.dates(date(2025, 1, 1), date(2032, 12, 31))
STARTS = st.dates(date(2024, 1, 1), date(2037, 12, 31))


@given(today=TODAYS, wanted=STARTS)
def test_a_proposed_start_is_a_monday_at_least_two_months_ahead(today: date, wanted: date) -> None:
    proposed = possible_start(wanted, today)
    assert proposed.weekday() == MONDAY
    assert proposed >= earliest_day(today)
    assert proposed <= add_months(today, 36)


@given(today=TODAYS, wanted=STARTS, weeks=st.integers(0, 60))
def test_what_is_proposed_is_itself_accepted(today: date, wanted: date, weeks: int) -> None:
    context = Context(today)
    try:
        check_period(Period(wanted, weeks), context)
    except AnswerRefused as refusal:
        if proposed := getattr(refusal, "proposed", None):
            check_period(proposed, context)


@given(today=TODAYS, ahead=st.integers(0, 140), weeks=st.integers(4, 52), flexible=st.booleans())
def test_what_is_shown_is_understood_as_it_was_meant(today: date, ahead: int, weeks: int, flexible: bool) -> None:
    start = possible_start(today + timedelta(weeks=ahead), today)
    period = Period(start, weeks, flexible)
    assert read_period(show_period(period), Context(today)) == period


@given(text=st.text(max_size=80))
@settings(deadline=None)  # recognizers-text builds its patterns in the first call
def test_any_text_is_understood_or_refused(text: str) -> None:
    kind_or_period = outcome(read_period, text, Context(TODAY))
    assert kind_or_period
