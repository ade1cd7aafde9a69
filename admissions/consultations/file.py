"""The file of advisors: who talks to applicants and when; read and checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import available_timezones

import holidays
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)
from rapidfuzz import process

from admissions import editable
from admissions.consultations.errors import AdvisorsInvalid
from admissions.consultations.values import Availability, Medium

EXAMPLE_FILE = Path(__file__).with_name("advisors.example.yml")
"""Shows and explains the file; in the local Telegram its advisors can be booked."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(name: str) -> str:
    if name not in WEEKDAYS:
        raise ValueError(f"{name} is no weekday; they are {', '.join(WEEKDAYS)}")
    return name


def _zone(name: str) -> str:
    if name in _zones():
        return name
    near = process.extractOne(name, sorted(_zones()))
    raise ValueError(f"there is no time zone {name}" + (f"; perhaps {near[0]}" if near else ""))


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _interval(written: object) -> tuple[time, time]:
    found = re.fullmatch(r"(\d\d?:\d\d)\s*[-\u2013]\s*(\d\d?:\d\d)", str(written).strip())
    if not found:
        raise ValueError(f'{written} is no interval such as "09:00-12:00"')
    begin, end = _clock(found[1]), _clock(found[2])
    if end <= begin:
        raise ValueError(f"{written} ends before it begins")
    return begin, end


def _clock(written: str) -> time:
    try:
        return time.fromisoformat(written.zfill(5))
    except ValueError:
        raise ValueError(f"there is no time {written}") from None


def _apart(intervals: tuple[tuple[time, time], ...]) -> tuple[tuple[time, time], ...]:
    ordered = tuple(sorted(intervals))
    for one, other in pairwise(ordered):
        if other[0] < one[1]:
            raise ValueError(f"{_shown(one)} and {_shown(other)} overlap")
    return ordered


def _days(written: object) -> tuple[date, date]:
    first, _, last = str(written).partition(" - ")
    days = _day(first.strip()), _day((last or first).strip())
    if days[1] < days[0]:
        raise ValueError(f"{written} ends before it begins")
    return days


def _day(written: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        raise ValueError(f"{written} is no day such as 2026-12-24")
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"the calendar has no day {written}") from None


def _holidays(code: str) -> str:
    country, _, part = code.partition("-")
    parts = _countries().get(country)
    if parts is None:
        raise ValueError(f"no holidays are known for {country}; write the two letters of a country, such as US")
    if part and part not in parts:
        raise ValueError(
            f"no holidays are known for {part} in {country}; there are {', '.join(parts) or 'no parts'}"
        )
    return code


@cache
def _countries() -> Mapping[str, Sequence[str]]:
    return holidays.list_supported_countries()


@cache
def _holidays_of(code: str, year: int) -> frozenset[date]:
    country, _, part = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


def _link(written: object) -> object:
    if not isinstance(written, str) or not re.fullmatch(r"https://[^\s/]+\.\S+", written.strip()):
        raise ValueError("a talk by video needs a link that begins with https://")
    return written


Words = Annotated[str, Field(min_length=1, max_length=64)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=40)]
Interval = Annotated[
    tuple[time, time],
    BeforeValidator(_interval),
    PlainSerializer(lambda interval: _shown(interval), when_used="json"),
]
Hours = Mapping[Annotated[str, AfterValidator(_weekday)], Annotated[tuple[Interval, ...], AfterValidator(_apart)]]
DaysOff = Annotated[
    tuple[date, date],
    BeforeValidator(_days),
    PlainSerializer(lambda days: " - ".join(map(str, days)), when_used="json"),
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Media(_Part):
    """How an advisor talks; `video` is the link of their room."""

    telegram: bool = False
    phone: bool = False
    video: Annotated[str | None, BeforeValidator(_link)] = None

    @property
    def offered(self) -> tuple[Medium, ...]:
        """The media that can be chosen."""
        return tuple(medium for medium in Medium if getattr(self, medium))


class AdvisorEntry(_Part):
    """One advisor in the file; the fields are explained at the top of `advisors.example.yml`."""

    name: Words
    telegram_id: Annotated[int, Field(gt=0)] | None = None
    zone: Annotated[str, AfterValidator(_zone)]
    hours: Hours
    slot_minutes: Annotated[int, Field(ge=5, le=240)]
    buffer_minutes: Annotated[int, Field(ge=0, le=120)]
    notice_hours: Annotated[int, Field(ge=0, le=336)]
    horizon_days: Annotated[int, Field(ge=1, le=180)]
    daily_limit: Annotated[int, Field(ge=1)]
    days_off: tuple[DaysOff, ...] = ()
    holidays: Annotated[str, AfterValidator(_holidays)] | None = None
    media: Media

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if found := list(self._problems()):
            raise editable.Misfits(found)
        return self

    def _problems(self) -> Iterator[tuple[editable.Place, str]]:
        for weekday, intervals in self.hours.items():
            for begin, end in intervals:
                if _minutes(end) - _minutes(begin) < self.slot_minutes:
                    why = f"{_shown((begin, end))} is shorter than a talk of {self.slot_minutes} minutes"
                    yield ("hours", weekday), why
        if not self.media.offered:
            yield ("media",), "there must be at least one way to talk"

    def availability(self, advisor_id: int, holidays_from: date, until: date) -> Availability:
        """Return when the advisor talks, for the rules.

        Args:
            advisor_id: Their id in the database.
            holidays_from: The first day whose holidays matter.
            until: The last.
        """
        return Availability(
            advisor_id=advisor_id,
            zone=self.zone,
            hours={WEEKDAYS.index(weekday): intervals for weekday, intervals in self.hours.items() if intervals},
            slot=timedelta(minutes=self.slot_minutes),
            buffer=timedelta(minutes=self.buffer_minutes),
            notice=timedelta(hours=self.notice_hours),
            horizon_days=self.horizon_days,
            daily_limit=self.daily_limit,
            days_off=self._own_days_off() | self._holidays_between(holidays_from, until),
        )

    def _own_days_off(self) -> frozenset[date]:
        return frozenset(
            first + timedelta(ahead) for first, last in self.days_off for ahead in range((last - first).days + 1)
        )

    def _holidays_between(self, first: date, last: date) -> frozenset[date]:
        if self.holidays is None:
            return frozenset()
        found = (_holidays_of(self.holidays, year) for year in range(first.year, last.year + 1))
        return frozenset(day for days in found for day in days if first <= day <= last)


class AdvisorsFile(_Part):
    """The whole file: the advisors by their keys."""

    advisors: Annotated[Mapping[Key, AdvisorEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _are_different_people(self) -> Self:
        if found := list(self._problems()):
            raise editable.Misfits(found)
        return self

    def _problems(self) -> Iterator[tuple[editable.Place, str]]:
        seen: dict[int, str] = {}
        for key, entry in self.advisors.items():
            if entry.telegram_id is None:
                continue
            if entry.telegram_id in seen:
                yield ("advisors", key, "telegram_id"), f"{seen[entry.telegram_id]} has the same one"
            seen.setdefault(entry.telegram_id, key)


def read_advisors(file: Path) -> AdvisorsFile:
    """Read and check the advisors.

    Raises:
        AdvisorsInvalid: Something in the file cannot be used; each problem names its line and its field.
    """
    try:
        return editable.read(file, AdvisorsFile)
    except editable.EditableInvalid as invalid:
        raise AdvisorsInvalid(invalid.problems) from invalid


def _shown(interval: tuple[time, time]) -> str:
    return "-".join(format(clock, "%H:%M") for clock in interval)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
