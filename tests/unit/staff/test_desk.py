"""The hours of the office and the file of the desk."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from admissions.staff import DeskInvalid, OfficeHours, is_open, opens_at, read_desk, worked
from admissions.staff.desk import DESK_FILE

HOUSTON = ZoneInfo("America/Chicago")
MINUTE = timedelta(minutes=1)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=HOUSTON).astimezone(UTC)


def office(moment: datetime) -> OfficeHours:
    return read_desk().office_hours(moment)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-22T12:00", False),  # a Sunday
        ("2026-11-26T12:00", False),  # Thanksgiving
        ("2026-12-25T12:00", False),
    ],
)
def test_the_office_is_open_in_its_hours(moment: str, expected: bool) -> None:
    assert is_open(office(at(moment)), at(moment)) is expected


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T10:00", "2026-11-24T09:00"),
        ("2026-11-25T18:00", "2026-11-30T09:00"),  # Thanksgiving, and the day after it in Texas
        ("2026-10-30T18:00", "2026-11-02T09:00"),  # the clocks change in between
    ],
)
def test_it_opens_next_by_its_own_clock(moment: str, opens: str) -> None:
    assert opens_at(office(at(moment)), at(moment)) == at(opens)


def test_an_office_without_hours_never_opens() -> None:
    assert opens_at(OfficeHours(HOUSTON, {}, frozenset()), at("2026-11-23T08:00")) is None


def test_only_open_hours_count() -> None:
    friday, monday = at("2026-11-20T16:50"), at("2026-11-23T09:05")
    assert worked(office(friday), friday, monday) == 15 * MINUTE
    assert worked(office(friday), friday, friday) == timedelta()


@given(st.integers(0, 400_000), st.integers(0, 6000))
def test_what_was_worked_is_what_a_slow_count_says(start: int, span: int) -> None:
    begins = datetime(2026, 3, 1, tzinfo=UTC) + start * MINUTE
    hours = OfficeHours(
        HOUSTON, {day: [(time(9), time(12)), (time(13), time(17))] for day in range(5)}, frozenset()
    )
    slow = sum(is_open(hours, begins + minute * MINUTE) for minute in range(span))
    assert worked(hours, begins, begins + span * MINUTE) == slow * MINUTE


def test_duty_goes_by_houstons_weekday() -> None:
    desk = read_desk()
    late_on_monday = desk.on_duty(at("2026-11-23T23:30"))
    assert late_on_monday == desk.duty["mon"]
    assert desk.on_duty(at("2026-11-22T12:00")) is None


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("zone", "America/Huston", "zone: there is no time zone America/Huston; perhaps America"),
        ("hours", {}, "hours: the office must be open at some time"),
        ("hours/mon", ["17:00-09:00"], "17:00-09:00 ends before it begins"),
        ("hours/moon", ["09:00-17:00"], "moon is no weekday"),
        ("holidays", "US-XX", "no holidays are known for XX in US"),
        ("days_off", ["2026-02-30"], "the calendar has no day 2026-02-30"),
        ("duty/mon/telegram_id", -1, "duty → mon → telegram_id: Input should be greater than 0"),
        ("ask_lead_after_minutes", 10, "the lead is asked after whom duty names, not before"),
        ("assistant_rests_minutes", 0, "Input should be greater than or equal to 1"),
    ],
)
def test_each_mistake_is_named_with_its_place(tmp_path: Path, path: str, value: object, problem: str) -> None:
    content: dict[str, Any] = yaml.safe_load(DESK_FILE.read_text("utf-8"))
    *folders, last = path.split("/")
    place = content
    for folder in folders:
        place = place[folder]
    place[last] = value
    file = tmp_path / "desk.yml"
    file.write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(DeskInvalid) as refused:
        read_desk(file)
    assert any(problem in line for line in refused.value.problems), refused.value.problems
