"""The calendar file, read back by two libraries that know nothing of one another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from admissions.consultations import CalendarEvent, Method, invitation

BEGINS_AT = datetime(2026, 12, 8, 8, 30, tzinfo=ZoneInfo("America/Chicago"))
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Karachi"))
LONG = "Please have your passport at hand. \u00e9\U0001f642 " * 5
TALK = CalendarEvent(
    uid="consultation-7@clerkship.example",
    sequence=0,
    begins_at=BEGINS_AT,
    ends_at=BEGINS_AT + timedelta(minutes=30),
    summary="Talk with Anna; visa, papers",
    description="Tue 8 Dec 19:30 your time (Lahore) \u00b7 08:30 Houston\n"
    + "Please have your passport at hand. \u00e9\U0001f642 " * 5,
    location="Video",
    url="https://video.example.org/anna?a=1,2;b=3",
    organizer="mailto:advisors@clerkship.example",
    alarm=timedelta(minutes=30),
)
DAY = timedelta(days=1)
MOVED = replace(TALK, sequence=1, begins_at=TALK.begins_at + DAY, ends_at=TALK.ends_at + DAY)
Reader = Callable[[bytes], dict[str, object]]


def by_vobject(file: bytes) -> dict[str, object]:
    calendar = vobject.readOne(file.decode())
    event = calendar.vevent
    return {
        "method": calendar.method.value,
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "begins": event.dtstart.value,
        "ends": event.dtend.value,
        "stamp": event.dtstamp.value,
        "summary": event.summary.value,
        "description": event.description.value,
        "location": event.location.value,
        "url": event.url.value,
        "organizer": event.organizer.value,
        "alarms": [alarm.trigger.value for alarm in event.contents.get("valarm", [])],
    }


def by_icalendar(file: bytes) -> dict[str, object]:
    calendar = icalendar.Calendar.from_ical(file)
    [event] = calendar.events
    return {
        "method": str(calendar["method"]),
        "uid": event.uid,
        "sequence": event.sequence,
        "status": str(event["status"]),
        "begins": event.start,
        "ends": event.end,
        "stamp": event.stamp,
        "summary": event.summary,
        "description": event.description,
        "location": event.location,
        "url": event.url,
        "organizer": str(event.organizer),
        "alarms": [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")],
    }


@pytest.mark.parametrize("read", [by_vobject, by_icalendar])
def test_what_was_written_is_read_by_another_library(read: Reader) -> None:
    assert read(invitation(TALK, method=Method.PUBLISH, at=NOW)) == {
        "method": "PUBLISH",
        "uid": "consultation-7@clerkship.example",
        "sequence": 0,
        "status": "CONFIRMED",
        "begins": datetime(2026, 12, 8, 14, 30, tzinfo=UTC),
        "ends": datetime(2026, 12, 8, 15, 0, tzinfo=UTC),
        "stamp": datetime(2026, 12, 1, 4, 0, tzinfo=UTC),
        "summary": TALK.summary,
        "description": TALK.description,
        "location": "Video",
        "url": TALK.url,
        "organizer": "mailto:advisors@clerkship.example",
        "alarms": [-timedelta(minutes=30)],
    }


@pytest.mark.parametrize("read", [by_vobject, by_icalendar])
def test_a_change_and_a_cancellation_keep_the_uid_and_raise_the_sequence(
    read: Reader,
) -> None:
    files = [
        read(invitation(TALK, method=Method.PUBLISH, at=NOW)),
        read(invitation(MOVED, method=Method.PUBLISH, at=NOW + timedelta(hours=1))),
        read(invitation(replace(MOVED, sequence=2), method=Method.CANCEL, at=NOW + timedelta(hours=2))),
    ]
    assert len({file["uid"] for file in files}) == 1
    assert [file["sequence"] for file in files] == [0, 1, 2]
    assert [file["status"] for file in files] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [file["method"] for file in files] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert files[1]["begins"] == files[2]["begins"] == datetime(2026, 12, 9, 14, 30, tzinfo=UTC)
    assert files[2]["alarms"] == []


def test_instants_are_written_in_utc_so_that_no_calendar_needs_a_zone() -> None:
    lines = invitation(TALK, method=Method.PUBLISH, at=NOW).decode().split("\r\n")
    assert {"DTSTART:20261208T143000Z", "DTEND:20261208T150000Z", "DTSTAMP:20261201T040000Z"} <= set(lines)
    assert not any("TZID" in line for line in lines)


def test_lines_end_as_the_standard_asks_and_are_folded_at_75_bytes() -> None:
    file = invitation(TALK, method=Method.PUBLISH, at=NOW)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert file.count(b"\n") == file.count(b"\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_the_same_talk_gives_the_same_file() -> None:
    assert invitation(TALK, method=Method.PUBLISH, at=NOW) == invitation(TALK, method=Method.PUBLISH, at=NOW)


def test_what_is_not_known_is_left_out() -> None:
    file = invitation(replace(TALK, url=None, location="", alarm=None), method=Method.PUBLISH, at=NOW).decode()
    assert not any(name in file for name in ("URL", "LOCATION", "VALARM"))
