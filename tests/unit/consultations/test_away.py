"""When an advisor is away, as they type it in the staff chat."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from admissions.consultations import AwayInThePast, AwayUnclear, NoSuchDay, read_away

HOUSTON = ZoneInfo("America/Chicago")
NOW = datetime(2026, 12, 2, 15, 30, tzinfo=HOUSTON)
"""A Wednesday."""


def span(text: str) -> tuple[str, str]:
    begins_at, ends_at = read_away(text, zone=HOUSTON, at=NOW)
    assert (begins_at.tzinfo, ends_at.tzinfo) == (UTC, UTC)
    return f"{begins_at.astimezone(HOUSTON):%d %b %H:%M}", f"{ends_at.astimezone(HOUSTON):%d %b %H:%M}"


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("fri 14:00-17:00", "04 Dec 14:00", "04 Dec 17:00"),
        ("fri 14-17", "04 Dec 14:00", "04 Dec 17:00"),
        ("Friday 2-5 pm", "04 Dec 14:00", "04 Dec 17:00"),
        ("tomorrow", "03 Dec 00:00", "04 Dec 00:00"),
        ("tomorrow morning", "03 Dec 05:00", "03 Dec 12:00"),
        ("today", "02 Dec 00:00", "03 Dec 00:00"),
        ("sick today", "02 Dec 00:00", "03 Dec 00:00"),
        ("today after 4pm", "02 Dec 16:00", "03 Dec 00:00"),
        ("14:00-17:00", "02 Dec 14:00", "02 Dec 17:00"),
        ("24 dec - 2 jan", "24 Dec 00:00", "03 Jan 00:00"),
        ("2026-12-24", "24 Dec 00:00", "25 Dec 00:00"),
        ("8 dec 2pm-4pm", "08 Dec 14:00", "08 Dec 16:00"),
        ("dec 8-10", "08 Dec 00:00", "11 Dec 00:00"),
        ("mon", "07 Dec 00:00", "08 Dec 00:00"),
        ("wed", "02 Dec 00:00", "03 Dec 00:00"),
        ("wed 9-12", "09 Dec 09:00", "09 Dec 12:00"),
        ("wed 15-17", "02 Dec 15:00", "02 Dec 17:00"),
        ("mon-wed", "07 Dec 00:00", "10 Dec 00:00"),
        ("thursday and friday", "03 Dec 00:00", "05 Dec 00:00"),
        ("next week", "07 Dec 00:00", "14 Dec 00:00"),
        ("next week tuesday", "08 Dec 00:00", "09 Dec 00:00"),
        ("until friday", "02 Dec 00:00", "05 Dec 00:00"),
        ("out the 15th", "15 Dec 00:00", "16 Dec 00:00"),
    ],
)
def test_an_absence_is_read_by_the_advisors_clock(text: str, begins: str, ends: str) -> None:
    assert span(text) == (begins, ends)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙂",
        "soon",
        "whenever",
        "fri at 14",
        "fri 25:00-26:00",
        "fri 17:00-14:00",
        "fri 14-17 dentist",
        "not friday",
        "mon and wed",
        "24 dec - 2 jan 14-17",
        "from monday",
        "after 8 december",
    ],
)
def test_what_leaves_open_until_when_is_unclear(text: str) -> None:
    with pytest.raises(AwayUnclear):
        read_away(text, zone=HOUSTON, at=NOW)


@pytest.mark.parametrize(
    "text", ["yesterday", "today 9-12", "9:00-15:30", "2026-12-01", "1 nov 2026 - 5 nov 2026"]
)
def test_an_absence_that_is_over_is_refused(text: str) -> None:
    with pytest.raises(AwayInThePast):
        read_away(text, zone=HOUSTON, at=NOW)


def test_a_day_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(NoSuchDay):
        read_away("30 feb", zone=HOUSTON, at=NOW)


def test_a_day_on_which_the_clocks_are_changed_has_25_hours() -> None:
    begins_at, ends_at = read_away("1 nov", zone=HOUSTON, at=datetime(2026, 10, 20, tzinfo=UTC))
    assert (ends_at - begins_at).total_seconds() == 25 * 3600
