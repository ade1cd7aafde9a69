"""Free slots: what is taken, off or out of hours is never offered, on every clock of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions.consultations import Availability, Busy, Slot, days, free_slots, nearest, on_day
from tests.unit.consultations.oracle import lies_in_hours, local, slow_slots

ZONES = (
    "America/Chicago",
    "Europe/London",
    "Asia/Karachi",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "Australia/Lord_Howe",
)
HOUSTON = "America/Chicago"
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
NINE_TO_FIVE = dict.fromkeys(range(5), ((time(9), time(17)),))
FIVE_MINUTES = timedelta(minutes=5)
ALWAYS = dict.fromkeys(range(7), ((time(0), time(1, 30)), (time(1, 30), time(2, 30)), (time(2, 30), time(23, 59))))


def advisor(
    advisor_id: int = 1,
    *,
    zone: str = HOUSTON,
    hours: Mapping[int, tuple[tuple[time, time], ...]] | None = None,
    slot: int = 30,
    buffer: int = 10,
    notice: int = 0,
    horizon_days: int = 4,
    daily_limit: int = 99,
    days_off: frozenset[date] = frozenset(),
) -> Availability:
    return Availability(
        advisor_id,
        zone,
        NINE_TO_FIVE if hours is None else hours,
        timedelta(minutes=slot),
        timedelta(minutes=buffer),
        timedelta(hours=notice),
        horizon_days,
        daily_limit,
        days_off,
    )


def talk(begins_at: datetime, advisor_id: int = 1, minutes: int = 40) -> Busy:
    return Busy(advisor_id, begins_at, begins_at + timedelta(minutes=minutes), counts=True)


def absence(begins_at: datetime, ends_at: datetime, advisor_id: int = 1) -> Busy:
    return Busy(advisor_id, begins_at, ends_at, counts=False)


def shown(slots: Sequence[Slot], zone: str = HOUSTON) -> list[str]:
    return [format(slot.begins_at.astimezone(ZoneInfo(zone)), "%a %H:%M") for slot in slots]


def changes() -> list[datetime]:
    """Every moment of 2026-2028 at which one of the zones changes its clocks, to the half hour."""
    half_hours = [
        datetime(2026, 1, 1, tzinfo=UTC) + number * timedelta(minutes=30) for number in range(3 * 366 * 48)
    ]
    offsets = {zone: [each.astimezone(ZoneInfo(zone)).utcoffset() for each in half_hours] for zone in ZONES}
    return [
        half_hours[number]
        for number in range(1, len(half_hours))
        if any(offset[number] != offset[number - 1] for offset in offsets.values())
    ]


CHANGES = changes()


@st.composite
def hours_of_a_day(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    quarters = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=6)))
    clocks = [time(quarter // 4, quarter % 4 * 15) for quarter in quarters[: len(quarters) // 2 * 2]]
    return tuple(zip(clocks[::2], clocks[1::2], strict=True))


@st.composite
def availabilities(draw: st.DrawFn, around: date) -> Availability:
    return Availability(
        0,
        draw(st.sampled_from(ZONES)),
        {weekday: draw(hours_of_a_day()) for weekday in draw(st.sets(st.integers(0, 6), min_size=5))},
        timedelta(minutes=draw(st.sampled_from((15, 20, 30, 45)))),
        timedelta(minutes=draw(st.sampled_from((0, 5, 10, 15)))),
        timedelta(hours=draw(st.sampled_from((0, 2, 12)))),
        draw(st.integers(1, 6)),
        draw(st.integers(1, 4)),
        frozenset(draw(st.sets(st.dates(around, around + timedelta(5)), max_size=2))),
    )


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[Availability], list[Busy], datetime]:
    """Three advisors, two of whom work alike, what is taken near their slots, and a now before some change."""
    at = draw(st.sampled_from(CHANGES)) - timedelta(minutes=draw(st.integers(0, 4 * 24 * 60)))
    alike, other = draw(availabilities(at.date())), draw(availabilities(at.date()))
    advisors = [replace(each, advisor_id=number) for number, each in enumerate((alike, alike, other))]
    aims = [slot.begins_at for slot in free_slots(advisors, [], at=at)] or [at]
    spans = st.tuples(
        st.integers(0, 3), st.sampled_from(aims), st.integers(-9, 9), st.integers(1, 36), st.booleans()
    )
    busy = [
        Busy(who, aim + first * FIVE_MINUTES, aim + (first + length) * FIVE_MINUTES, counts)
        for who, aim, first, length, counts in draw(st.lists(spans, min_size=1, max_size=20))
    ]
    return advisors, busy, at


@given(weeks())
@settings(max_examples=300, deadline=None)
def test_the_fast_computation_agrees_with_a_slow_naive_one(
    week: tuple[list[Availability], list[Busy], datetime],
) -> None:
    advisors, busy, at = week
    assert free_slots(advisors, busy, at=at) == slow_slots(advisors, busy, at)


@given(weeks())
@settings(max_examples=200, deadline=None)
def test_no_slot_overlaps_what_is_taken_and_each_lies_in_the_advisors_hours_notice_horizon_and_limit(
    week: tuple[list[Availability], list[Busy], datetime],
) -> None:
    advisors, busy, at = week
    by_id = {each.advisor_id: each for each in advisors}
    for slot in free_slots(advisors, busy, at=at):
        for advisor_id in slot.advisor_ids:
            who, own = by_id[advisor_id], [each for each in busy if each.advisor_id == advisor_id]
            with_buffer = slot.ends_at + who.buffer
            day = local(slot.begins_at, who).date()
            assert slot.ends_at - slot.begins_at == who.slot
            assert not any(each.begins_at < with_buffer and slot.begins_at < each.ends_at for each in own)
            assert lies_in_hours(who, slot)
            assert day not in who.days_off
            assert slot.begins_at >= at + who.notice
            assert (day - local(at, who).date()).days <= who.horizon_days
            assert sum(each.counts and local(each.begins_at, who).date() == day for each in own) < who.daily_limit


@given(weeks())
@settings(max_examples=100, deadline=None)
def test_a_booked_slot_is_not_free_any_more_and_takes_no_other(
    week: tuple[list[Availability], list[Busy], datetime],
) -> None:
    [who, *_], busy, at = week
    slots = free_slots([who], busy, at=at)
    if slots:
        booked = Busy(who.advisor_id, slots[0].begins_at, slots[0].ends_at + who.buffer, counts=False)
        left = free_slots([who], [*busy, booked], at=at)
        assert slots[0] not in left
        assert all(slot in left for slot in slots[1:] if slot.begins_at >= booked.ends_at)


@pytest.mark.parametrize("zone", ZONES)
def test_slots_are_right_around_every_change_of_the_clocks(zone: str) -> None:
    for hours in (NINE_TO_FIVE, ALWAYS):
        who = advisor(zone=zone, hours=hours, slot=20, buffer=5, horizon_days=2)
        for change in CHANGES:
            at = change - timedelta(hours=30)
            slots = free_slots([who], [], at=at)
            assert slots == slow_slots([who], [], at)
            assert all(lies_in_hours(who, slot) for slot in slots)


@pytest.mark.parametrize("advisors_zone", ZONES)
@pytest.mark.parametrize("applicants_zone", ZONES)
def test_an_applicants_days_have_every_slot_once_around_every_change(
    advisors_zone: str, applicants_zone: str
) -> None:
    zone = ZoneInfo(applicants_zone)
    who = advisor(zone=advisors_zone, hours=ALWAYS, slot=60, buffer=0, horizon_days=2)
    for change in CHANGES:
        slots = free_slots([who], [], at=change - timedelta(hours=30))
        counted = days(slots, zone)
        assert [slot for day in counted for slot in on_day(slots, day, zone)] == slots
        assert [len(on_day(slots, day, zone)) for day in counted] == list(counted.values())
        assert list(counted) == sorted(counted)


@pytest.mark.parametrize(
    ("at", "houston", "london"),
    [
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "Mon 09:00", "Mon 14:00"),
        (datetime(2026, 10, 17, 12, tzinfo=UTC), "Mon 09:00", "Mon 15:00"),
        (datetime(2026, 11, 1, 12, tzinfo=UTC), "Mon 09:00", "Mon 15:00"),
        (datetime(2027, 3, 13, 12, tzinfo=UTC), "Mon 09:00", "Mon 14:00"),
        (datetime(2027, 3, 28, 12, tzinfo=UTC), "Mon 09:00", "Mon 15:00"),
    ],
)
def test_in_the_weeks_in_which_one_side_has_changed_its_clocks_both_are_right(
    at: datetime, houston: str, london: str
) -> None:
    [first, *_] = free_slots([advisor()], [], at=at)
    assert (shown([first]), shown([first], "Europe/London")) == ([houston], [london])


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        ((time(1), time(4)), datetime(2027, 3, 14, 0, tzinfo=UTC), ["Sun 01:00", "Sun 03:00"]),
        ((time(2, 30), time(5)), datetime(2027, 3, 14, 0, tzinfo=UTC), ["Sun 03:30"]),
        ((time(0), time(2, 30)), datetime(2027, 3, 14, 0, tzinfo=UTC), ["Sun 00:00"]),
        ((time(2), time(2, 45)), datetime(2027, 3, 14, 0, tzinfo=UTC), []),
        (
            (time(0), time(3)),
            datetime(2027, 11, 7, 0, tzinfo=UTC),
            ["Sun 00:00", "Sun 01:00", "Sun 01:00", "Sun 02:00"],
        ),
        ((time(1, 30), time(4)), datetime(2027, 11, 7, 0, tzinfo=UTC), ["Sun 01:30", "Sun 02:30"]),
        ((time(1), time(2)), datetime(2027, 11, 7, 0, tzinfo=UTC), ["Sun 01:00"]),
    ],
)
def test_hours_in_the_night_of_a_change_stay_inside_what_the_clock_shows(
    hours: tuple[time, time], at: datetime, expected: list[str]
) -> None:
    who = advisor(hours={6: (hours,)}, slot=60, buffer=0, horizon_days=1)
    assert shown(free_slots([who], [], at=at)) == expected


def test_a_day_is_cut_from_the_beginning_of_each_interval() -> None:
    who = advisor(hours={0: ((time(9), time(10, 30)), (time(13, 15), time(14)))}, horizon_days=0)
    assert shown(free_slots([who], [], at=MONDAY)) == ["Mon 09:00", "Mon 09:40", "Mon 13:15"]


def test_the_buffer_after_the_last_slot_may_lie_outside_the_hours() -> None:
    who = advisor(hours={0: ((time(9), time(9, 30)),)}, horizon_days=0)
    assert shown(free_slots([who], [], at=MONDAY)) == ["Mon 09:00"]


def test_a_slot_that_has_begun_or_is_too_near_is_not_offered() -> None:
    who = advisor(hours={0: ((time(9), time(11)),)}, notice=1, horizon_days=0)
    assert shown(free_slots([who], [], at=MONDAY + timedelta(hours=2, minutes=40))) == ["Mon 09:40", "Mon 10:20"]
    assert shown(free_slots([who], [], at=MONDAY + timedelta(hours=2, minutes=40, microseconds=1))) == [
        "Mon 10:20"
    ]


def test_an_absence_takes_slots_but_does_not_count_to_the_daily_limit() -> None:
    who = advisor(hours={0: ((time(9), time(11)),)}, daily_limit=1, horizon_days=0)
    nine = datetime(2026, 11, 16, 15, tzinfo=UTC)
    away = absence(nine, nine + timedelta(minutes=40))
    assert shown(free_slots([who], [away], at=MONDAY)) == ["Mon 09:40", "Mon 10:20"]
    assert free_slots([who], [talk(nine)], at=MONDAY) == []


def test_overlapping_absences_hide_nothing_of_one_another() -> None:
    nine = datetime(2026, 11, 16, 15, tzinfo=UTC)
    long, short = (
        absence(nine, nine + timedelta(hours=7)),
        absence(nine + timedelta(hours=1), nine + timedelta(hours=2)),
    )
    assert shown(free_slots([advisor(horizon_days=0)], [long, short], at=MONDAY)) == ["Mon 16:20"]


def test_a_day_off_is_the_advisors_own_date() -> None:
    sydney = advisor(zone="Australia/Sydney", days_off=frozenset({date(2026, 11, 17)}), horizon_days=2)
    assert set(days(free_slots([sydney], [], at=MONDAY), ZoneInfo("Australia/Sydney"))) == {date(2026, 11, 18)}


def test_the_least_loaded_of_that_week_comes_first_and_of_equals_the_lowest_id() -> None:
    three = [advisor(number) for number in (3, 1, 2)]
    nine = datetime(2026, 11, 16, 15, tzinfo=UTC)
    slots = free_slots(three, [talk(nine, advisor_id=1), talk(nine - timedelta(7), advisor_id=2)], at=MONDAY)
    assert {slot.advisor_ids for slot in slots} == {(2, 3), (2, 3, 1)}
    assert slots[0].advisor_ids == (2, 3)


def test_slots_of_different_length_that_begin_together_stay_apart() -> None:
    slots = free_slots([advisor(1), advisor(2, slot=45)], [], at=MONDAY)
    assert [slot.advisor_ids for slot in slots if slot.begins_at == slots[0].begins_at] == [(1,), (2,)]


def test_nobody_working_means_no_slot() -> None:
    assert free_slots([], [], at=MONDAY) == []
    assert free_slots([advisor(hours={})], [], at=MONDAY) == []


def test_the_nearest_slots_lie_on_both_sides_and_come_in_order() -> None:
    slots = free_slots([advisor()], [], at=MONDAY)
    wanted = slots[5].begins_at
    assert nearest(slots, wanted) == slots[4:7]
    assert nearest(slots[:2], wanted) == slots[:2]
    assert nearest([], wanted) == []


def test_slots_come_in_order_and_each_once() -> None:
    slots = free_slots([advisor(number, zone=zone) for number, zone in enumerate(ZONES)], [], at=MONDAY)
    assert all((one.begins_at, one.ends_at) < (other.begins_at, other.ends_at) for one, other in pairwise(slots))
