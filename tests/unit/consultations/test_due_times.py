"""What is sent before a talk, and until when it is of use."""

from datetime import UTC, datetime, timedelta

import pytest

from admissions.consultations.rules.reminders import due_times
from admissions.consultations.values import ReminderKind

BEGINS_AT = datetime(2026, 12, 8, 14, 30, tzinfo=UTC)
ALL = [ReminderKind.DAY_BEFORE, ReminderKind.HOURS_BEFORE, ReminderKind.BRIEF, ReminderKind.MINUTES_BEFORE]


@pytest.mark.parametrize(
    ("ahead", "kinds"),
    [
        (timedelta(days=5), ALL),
        (timedelta(hours=24, seconds=1), ALL),
        (timedelta(hours=24), ALL[1:]),
        (timedelta(hours=3), ALL[1:]),
        (timedelta(hours=2), ALL[2:]),
        (timedelta(minutes=12), ALL[3:]),
        (timedelta(minutes=10), []),
        (-timedelta(minutes=1), []),
    ],
)
def test_only_what_is_still_ahead_is_due(ahead: timedelta, kinds: list[ReminderKind]) -> None:
    assert [due.kind for due in due_times(BEGINS_AT, at=BEGINS_AT - ahead)] == kinds


def test_each_says_until_when_it_is_of_use() -> None:
    times = [
        (due.kind, f"{due.due_at:%d %H:%M}", f"{due.useful_until:%d %H:%M}")
        for due in due_times(BEGINS_AT, at=BEGINS_AT - timedelta(days=2))
    ]
    assert times == [
        (ReminderKind.DAY_BEFORE, "07 14:30", "08 11:30"),
        (ReminderKind.HOURS_BEFORE, "08 12:30", "08 14:00"),
        (ReminderKind.BRIEF, "08 14:15", "08 14:40"),
        (ReminderKind.MINUTES_BEFORE, "08 14:20", "08 14:35"),
    ]
