"""The file of advisors: good as it is, and each mistake named with its line and its field."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from admissions.consultations import AdvisorsInvalid, Availability, Medium, read_advisors
from admissions.settings import ROOT

EXAMPLE = ROOT / "admissions" / "consultations" / "advisors.example.yml"
GOOD = """\
advisors:
  anna:
    name: Anna
    telegram_id: 7001
    zone: America/Chicago
    hours:
      mon: ["09:00-12:00", "13:00-17:00"]
      tue:
        - "09:00-12:00"
    slot_minutes: 30
    buffer_minutes: 10
    notice_hours: 12
    horizon_days: 21
    daily_limit: 8
    days_off: [2026-12-31, "2026-12-24 - 2026-12-26"]
    holidays: US-TX
    media:
      telegram: true
      video: https://video.example.org/anna
  omar:
    name: Omar
    telegram_id: 7002
    zone: Asia/Karachi
    hours: {fri: ["18:00-21:00"]}
    slot_minutes: 45
    buffer_minutes: 0
    notice_hours: 0
    horizon_days: 7
    daily_limit: 1
    media: {phone: true}
"""
NO_LINK = "anna → media → video: a talk by video needs a link that begins with https:// (line 19)"


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "advisors.yml"
    file.write_text(text, "utf-8")
    return file


def test_the_example_can_be_used() -> None:
    assert list(read_advisors(EXAMPLE).advisors) == ["example-houston"]


def test_an_advisor_becomes_an_availability_with_days_off_and_holidays(tmp_path: Path) -> None:
    anna = read_advisors(write(tmp_path, GOOD)).advisors["anna"]
    morning = (time(9), time(12))
    assert anna.availability(5, date(2026, 11, 20), date(2026, 12, 31)) == Availability(
        advisor_id=5,
        zone="America/Chicago",
        hours={0: (morning, (time(13), time(17))), 1: (morning,)},
        slot=timedelta(minutes=30),
        buffer=timedelta(minutes=10),
        notice=timedelta(hours=12),
        horizon_days=21,
        daily_limit=8,
        days_off=frozenset(date(2026, 12, day) for day in (24, 25, 26, 31))
        | {date(2026, 11, 26), date(2026, 11, 27)},  # Thanksgiving, and the day after it in Texas
    )


def test_holidays_are_those_of_every_year_between(tmp_path: Path) -> None:
    anna = read_advisors(write(tmp_path, GOOD.replace("US-TX", "US"))).advisors["anna"]
    off = anna.availability(1, date(2026, 12, 30), date(2027, 1, 31)).days_off
    assert {date(2027, 1, 1), date(2027, 1, 18)} < off
    assert date(2026, 11, 26) not in off


def test_the_media_are_those_that_are_offered(tmp_path: Path) -> None:
    advisors = read_advisors(write(tmp_path, GOOD)).advisors
    assert advisors["anna"].media.offered == (Medium.TELEGRAM, Medium.VIDEO)
    assert advisors["omar"].media.offered == (Medium.PHONE,)


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ('"13:00-17:00"', '"11:30-17:00"', "anna → hours → mon: 09:00-12:00 and 11:30-17:00 overlap (line 7)"),
        ('"13:00-17:00"', '"17:00-13:00"', "anna → hours → mon → 1: 17:00-13:00 ends before it begins (line 7)"),
        ('- "09:00-12:00"', '- "09:00-25:00"', "anna → hours → tue → 0: there is no time 25:00 (line 9)"),
        ('- "09:00-12:00"', "- morning", "tue → 0: morning is no interval such as"),
        ('- "09:00-12:00"', '- "09:00-09:20"', "tue: 09:00-09:20 is shorter than a talk of 30 minutes (line 8)"),
        ("      tue:", "      tues:", "anna → hours → tues: tues is no weekday; they are mon, tue"),
        ("      tue:", "      tues:", "(line 8)"),
        ("Chicago", "Chicgo", "zone: there is no time zone America/Chicgo; perhaps America/Chicago (line 5)"),
        ("2026-12-31", "2026-02-30", "anna → days_off → 0: the calendar has no day 2026-02-30 (line 15)"),
        ("2026-12-26", "2026-12-20", "days_off → 1: 2026-12-24 - 2026-12-20 ends before it begins (line 15)"),
        ("2026-12-31", "christmas", "anna → days_off → 0: christmas is no day such as 2026-12-24 (line 15)"),
        ("daily_limit: 8", "daily_limit: 0", "daily_limit: Input should be greater than or equal to 1 (line 14)"),
        ("7002", "7001", "omar → telegram_id: anna has the same one (line 22)"),
        ("US-TX", "XX", "anna → holidays: no holidays are known for XX;"),
        ("US-TX", "US-ZZ", "anna → holidays: no holidays are known for ZZ in US;"),
        ("https://video.example.org/anna", "true", NO_LINK),
        ("https://video.example.org/anna", "", NO_LINK),
        ("https://video", "http://video", NO_LINK),
        ("{phone: true}", "{phone: false}", "omar → media: there must be at least one way to talk (line 30)"),
        ("{phone: true}", "{fax: true}", "omar → media → fax: Extra inputs are not permitted (line 30)"),
        ("    name: Anna\n", "", "anna → name: Field required (line 2)"),
        ("    name: Anna", "    nam: Anna", "anna → nam: Extra inputs are not permitted (line 3)"),
        ("slot_minutes: 30", "slot_minutes: half", "anna → slot_minutes: Input should be a valid integer"),
        ("horizon_days: 21", "horizon_days: 2100", "horizon_days: Input should be less than or equal to 180"),
        ("  anna:", "  Anna B:", "Anna B: String should match pattern"),
        ("    name: Anna", "    name: Anna\n    name: Bea", "name is there twice"),
        ("    name: Anna", "    name: [Anna", "line 4"),
        (GOOD, "", "Input should be a valid dictionary or instance of AdvisorsFile (line 1)"),
        (GOOD, "advisors: {}", "advisors: Dictionary should have at least 1 item"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_its_field(
    tmp_path: Path, wrong: str, right: str, problem: str
) -> None:
    assert wrong in GOOD
    with pytest.raises(AdvisorsInvalid) as invalid:
        read_advisors(write(tmp_path, GOOD.replace(wrong, right, 1)))
    assert any(problem in line for line in invalid.value.problems), invalid.value.problems


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("America/Chicago", "Houston").replace("daily_limit: 1", "daily_limit: -1")
    with pytest.raises(AdvisorsInvalid) as invalid:
        read_advisors(write(tmp_path, text))
    assert [line.split(":")[1].strip() for line in invalid.value.problems] == [
        "advisors → anna → zone",
        "advisors → omar → daily_limit",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AdvisorsInvalid, match="No such file"):
        read_advisors(tmp_path / "advisors.yml")
