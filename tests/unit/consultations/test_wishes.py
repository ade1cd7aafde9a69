"""What an applicant types to narrow the choice of slots."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions.consultations import NoSuchDay, Slot, Wish, narrow, read_wish

TODAY = date(2026, 12, 2)
"""A Wednesday."""
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
END = time.max


def dec(first: int, last: int | None = None) -> tuple[date, date]:
    return date(2026, 12, first), date(2026, 12, last or first)


def on(*weekdays: int) -> frozenset[int]:
    return frozenset(weekdays)


def at(hour: int, minute: int = 0) -> tuple[time, time]:
    """An hour and a half from a time that was named alone."""
    begins = datetime.combine(TODAY, time(hour, minute))
    return begins.time(), (begins + timedelta(minutes=90)).time()


def hours(first: int, last: int) -> tuple[time, time]:
    return time(first), time(last)


MORNING, AFTERNOON, EVENING = hours(5, 12), hours(12, 18), hours(17, 22)


@pytest.mark.parametrize(
    ("text", "days", "weekdays", "between"),
    [
        ("tuesday afternoon", None, on(TUE), AFTERNOON),
        ("Tuesday 🙂 please", None, on(TUE), None),
        ("any time after 5pm my time", None, None, (time(17), END)),
        ("next week", dec(7, 13), None, None),
        ("this week", dec(2, 6), None, None),
        ("the week after next", dec(14, 20), None, None),
        ("next month", (date(2027, 1, 1), date(2027, 1, 31)), None, None),
        ("tomorrow morning", dec(3), None, MORNING),
        ("tommorow", dec(3), None, None),
        ("today", dec(2), None, None),
        ("this afternoon", dec(2), None, AFTERNOON),
        ("tonight", dec(2), None, (time(17), END)),
        ("day after tomorrow", dec(4), None, None),
        ("yesterday", dec(1), None, None),
        ("8 december", dec(8), None, None),
        ("8th of december", dec(8), None, None),
        ("2 december", dec(2), None, None),
        ("1 december", (date(2027, 12, 1), date(2027, 12, 1)), None, None),
        ("dec 8 at 10", dec(8), None, at(10)),
        ("dec 8-10", dec(8, 10), None, None),
        ("dec 8 - 10am", dec(8), None, at(10)),
        ("8 dec 2pm-4pm", dec(8), None, hours(14, 16)),
        ("8 dec 14-17", dec(8), None, hours(14, 17)),
        ("8 or 9 december", dec(8, 9), None, None),
        ("dec 8 or 9", dec(8, 9), None, None),
        ("24 dec - 2 jan", (date(2026, 12, 24), date(2027, 1, 2)), None, None),
        ("from 8 dec to 10 dec", dec(8, 10), None, None),
        ("12/8", dec(8), None, None),
        ("2026-12-08 14:00", dec(8), None, at(14)),
        ("Friday, 11 Dec, 3:00 PM", dec(11), None, at(15)),
        ("monday 8 december", dec(8), None, None),
        ("the 15th at 4pm", dec(15), None, at(16)),
        ("the 1st", (date(2027, 1, 1), date(2027, 1, 1)), None, None),
        ("after 8 december", (date(2026, 12, 9), date.max), None, None),
        ("before 10 dec", dec(2, 9), None, None),
        ("from monday", (date(2026, 12, 7), date.max), None, None),
        ("until friday", dec(2, 4), None, None),
        ("in december", dec(1, 31), None, None),
        ("end of december", dec(22, 31), None, None),
        ("may 8", (date(2027, 5, 8), date(2027, 5, 8)), None, None),
        ("tuesday may work for me", None, on(TUE), None),
        ("in 3 days", dec(5), None, None),
        ("within 3 days", dec(2, 5), None, None),
        ("in two weeks", dec(14, 20), None, None),
        ("next week on tuesday or wednesday", dec(7, 13), on(TUE, WED), None),
        ("next tuesday", dec(8), None, None),
        ("this friday at 3", dec(4), None, at(15)),
        ("this weekend", dec(5, 6), None, None),
        ("mondays or wednesdays evening", None, on(MON, WED), EVENING),
        ("mon-thu mornings", None, on(MON, TUE, WED, THU), MORNING),
        ("friday to monday", None, on(FRI, SAT, SUN, MON), None),
        ("i am free monday, wednesday and friday after 6", None, on(MON, WED, FRI), (time(18), END)),
        ("not friday", None, on(MON, TUE, WED, THU, SAT, SUN), None),
        ("weekdays but not friday", None, on(MON, TUE, WED, THU), None),
        ("any day except sunday", None, on(MON, TUE, WED, THU, FRI, SAT), None),
        ("weekend", None, on(SAT, SUN), None),
        ("no weekends", None, on(MON, TUE, WED, THU, FRI), None),
        ("thrusday aftenoon", None, on(THU), AFTERNOON),
        ("friday 3", None, on(FRI), at(15)),
        ("before noon", None, None, (time.min, time(12))),
        ("noon is good", None, None, at(12)),
        ("between 3 and 6 pm", None, None, hours(15, 18)),
        ("between 10:00 and 12:30", None, None, (time(10), time(12, 30))),
        ("9-5", None, None, hours(9, 17)),
        ("11 to 2 pm", None, None, hours(11, 14)),
        ("10am-2", None, None, hours(10, 14)),
        ("2\u20134pm", None, None, hours(14, 16)),
        ("from 9 to 11 on 10 dec", dec(10), None, hours(9, 11)),
        ("17:30", None, None, at(17, 30)),
        ("5:30", None, None, at(17, 30)),
        ("05:30", None, None, at(5, 30)),
        ("at 5.30 p.m.", None, None, at(17, 30)),
        ("half past five", None, None, at(17, 30)),
        ("at five", None, None, at(17)),
        ("23:00", None, None, (time(23), END)),
        ("12 am", None, None, at(0)),
        ("12 pm", None, None, at(12)),
        ("at 8 in the evening", None, None, at(20)),
        ("9 in the morning", None, None, at(9)),
        ("5 pm or later", None, None, (time(17), END)),
        ("not before 10am", None, None, (time(10), END)),
        ("no later than 8pm", None, None, (time.min, time(20))),
        ("after lunch", None, None, (time(13), END)),
        ("not in the morning", None, None, (time(12), END)),
        ("morning or evening", None, None, hours(5, 22)),
        ("tuesday afternoon at 3", None, on(TUE), at(15)),
        ("as soon as possible", None, None, None),
        ("whenever", None, None, None),
    ],
)
def test_what_is_said_of_time_alone_is_read(
    text: str,
    days: tuple[date, date] | None,
    weekdays: frozenset[int] | None,
    between: tuple[time, time] | None,
) -> None:
    assert read_wish(text, today=TODAY) == Wish(days, weekdays, between, is_whole=True)


@pytest.mark.parametrize(
    ("text", "days", "weekdays", "between"),
    [
        ("tuesday after fajr", None, on(TUE), None),
        ("8 december 25:00", dec(8), None, None),
        ("tuesday 5pm houston time", None, on(TUE), None),
        ("tuesday, and what does it cost", None, on(TUE), None),
        ("tuesday " + "blah " * 60, None, on(TUE), None),
        ("not tomorrow", (date(2026, 12, 4), date.max), None, None),
    ],
)
def test_what_says_more_than_time_is_read_but_is_not_whole(
    text: str,
    days: tuple[date, date] | None,
    weekdays: frozenset[int] | None,
    between: tuple[time, time] | None,
) -> None:
    assert read_wish(text, today=TODAY) == Wish(days, weekdays, between, is_whole=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙂",
        "after fajr",
        "5pm houston time",
        "25:00",
        "13 pm",
        "10:75",
        "ok",
        "maybe",
        "hello",
        "what is the price",
        "2 hours",
        "10",
        "+92 300 1234567",
        "明天",
        "I graduated and want to do surgery",
        "x" * 300,
        "tuesday " * 100,
    ],
)
def test_what_says_nothing_of_time_is_no_wish(text: str) -> None:
    assert read_wish(text, today=TODAY) is None


@pytest.mark.parametrize(
    "text", ["30 february", "february 30 at 10", "31 november", "2026-13-01", "the 32nd", "29 feb 2027"]
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(NoSuchDay):
        read_wish(text, today=TODAY)


def test_an_absence_over_new_year_is_read_in_the_middle_of_it() -> None:
    wish = read_wish("24 dec - 2 jan", today=date(2026, 12, 28))
    assert wish == Wish((date(2026, 12, 24), date(2027, 1, 2)))


@given(st.text(max_size=300), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
@settings(deadline=None)
def test_no_text_is_too_odd(text: str, today: date) -> None:
    try:
        wish = read_wish(text, today=today)
    except NoSuchDay:
        return
    assert wish is None or wish.between is None or wish.between[0] < wish.between[1]


PIECES = (
    "8 10 3 dec may monday fri next week not after before 5pm 14:00 - to and or tomorrow morning weekend"
    " the 31st between in days 12/8 until"
)


@given(st.lists(st.sampled_from(PIECES.split()), max_size=12), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
@settings(deadline=None)
def test_no_heap_of_words_of_time_is_too_odd(words: list[str], today: date) -> None:
    try:
        wish = read_wish(" ".join(words), today=today)
    except NoSuchDay:
        return
    assert wish is None or wish.between is None or wish.between[0] < wish.between[1]


LAHORE = ZoneInfo("Asia/Karachi")
MONDAY = datetime(2026, 12, 6, 19, tzinfo=UTC)
EVERY_HOUR = [
    Slot(MONDAY + timedelta(hours=number), MONDAY + timedelta(hours=number, minutes=30), (1,))
    for number in range(7 * 24)
]
"""From midnight of Monday 7 December in Lahore, for a week."""


@pytest.mark.parametrize(
    ("wish", "first", "last", "count"),
    [
        (Wish(), "Mon 00:00", "Sun 23:00", 168),
        (Wish(days=dec(8)), "Tue 00:00", "Tue 23:00", 24),
        (Wish(days=dec(8, 9)), "Tue 00:00", "Wed 23:00", 48),
        (Wish(days=(date(2026, 12, 9), date.max)), "Wed 00:00", "Sun 23:00", 120),
        (Wish(weekdays=on(MON, FRI)), "Mon 00:00", "Fri 23:00", 48),
        (Wish(between=(time(17), END)), "Mon 17:00", "Sun 23:00", 49),
        (Wish(days=dec(8), between=hours(15, 18)), "Tue 15:00", "Tue 17:00", 3),
        (Wish(days=dec(8), between=(time(15), time(17, 29))), "Tue 15:00", "Tue 16:00", 2),
        (Wish(days=dec(7), weekdays=on(MON), between=(time.min, time(1))), "Mon 00:00", "Mon 00:00", 1),
    ],
)
def test_slots_are_narrowed_by_the_applicants_own_clock(wish: Wish, first: str, last: str, count: int) -> None:
    slots = narrow(EVERY_HOUR, wish, LAHORE)
    shown = [format(slot.begins_at.astimezone(LAHORE), "%a %H:%M") for slot in slots]
    assert (shown[0], shown[-1], len(shown)) == (first, last, count)


def test_a_talk_that_would_pass_midnight_ends_after_any_evening() -> None:
    late = Slot(datetime(2026, 12, 7, 18, 45, tzinfo=UTC), datetime(2026, 12, 7, 19, 15, tzinfo=UTC), (1,))
    assert narrow([late], Wish(between=(time(20), time(23))), LAHORE) == []
    assert narrow([late], Wish(between=(time(20), END)), LAHORE) == [late]


def test_a_day_that_is_over_leaves_no_slot() -> None:
    wish = read_wish("yesterday", today=date(2026, 12, 7))
    assert wish
    assert narrow(EVERY_HOUR, wish, LAHORE) == []
