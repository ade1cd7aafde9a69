"""When a draft that was left alone is remembered, and what an application is called."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.applications import read_reference, reminder_due_at
from admissions.applications.rules.references import new_reference
from admissions.applications.rules.reminders import is_daytime

KARACHI, BOGOTA, HOUSTON = ZoneInfo("Asia/Karachi"), ZoneInfo("America/Bogota"), ZoneInfo("America/Chicago")


def karachi(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=KARACHI)


@pytest.mark.parametrize(
    ("answered_at", "already_sent", "due_at"),
    [
        (karachi(23, 14, 30), 0, karachi(24, 14, 30)),
        (karachi(23, 14, 30), 1, karachi(26, 14, 30)),
        (karachi(23, 14, 30), 2, None),
        (karachi(23, 3), 0, karachi(24, 9)),
        (karachi(23, 8, 59), 0, karachi(24, 9)),
        (karachi(23, 9), 0, karachi(24, 9)),
        (karachi(23, 19, 59), 0, karachi(24, 19, 59)),
        (karachi(23, 20), 0, karachi(25, 9)),
        (karachi(23, 23, 30), 1, karachi(27, 9)),
    ],
)
def test_a_reminder_comes_in_the_applicants_daytime(
    answered_at: datetime, already_sent: int, due_at: datetime | None
) -> None:
    assert reminder_due_at(answered_at.astimezone(UTC), already_sent, KARACHI) == due_at


@given(
    answered_at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from([KARACHI, BOGOTA, HOUSTON, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")]),
    already_sent=st.integers(0, 1),
)
def test_in_every_zone_it_is_daytime_and_soon_enough(
    answered_at: datetime, zone: ZoneInfo, already_sent: int
) -> None:
    due_at = reminder_due_at(answered_at, already_sent, zone)
    assert due_at
    assert is_daytime(due_at, zone)
    delay = (due_at - answered_at).total_seconds() / 3600
    assert (24, 72)[already_sent] <= delay <= (24, 72)[already_sent] + 14


def test_references_are_not_alike_and_are_read_as_people_type_them() -> None:
    references = {new_reference() for _ in range(1000)}
    assert len(references) == 1000
    for reference in references:
        assert read_reference(f"my reference is {reference.lower().replace('-', '')}, thanks") == reference
        assert not set(reference) & set("01258BILOSUVZ")


@pytest.mark.parametrize("text", ["", "hello", "7K4M", "7K4M-WQ3", "7K4M-WQ3XX", "0K4M-WQ3X", "amina@example.org"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert read_reference(text) is None
