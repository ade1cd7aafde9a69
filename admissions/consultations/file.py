"""The file of advisors: who talks to applicants and when; read and checked."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from admissions import editable, weekly
from admissions.consultations.errors import AdvisorsInvalid
from admissions.consultations.values import Availability, Medium

EXAMPLE_FILE = Path(__file__).with_name("advisors.example.yml")
"""Shows and explains the file; in the local Telegram its advisors can be booked."""


def _link(written: object) -> object:
    if not isinstance(written, str) or not re.fullmatch(r"https://[^\s/]+\.\S+", written.strip()):
        raise ValueError("a talk by video needs a link that begins with https://")
    return written


Words = Annotated[str, Field(min_length=1, max_length=64)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=40)]


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
    zone: weekly.Zone
    hours: weekly.Hours
    slot_minutes: Annotated[int, Field(ge=5, le=240)]
    buffer_minutes: Annotated[int, Field(ge=0, le=120)]
    notice_hours: Annotated[int, Field(ge=0, le=336)]
    horizon_days: Annotated[int, Field(ge=1, le=180)]
    daily_limit: Annotated[int, Field(ge=1)]
    days_off: tuple[weekly.DaysOff, ...] = ()
    holidays: weekly.Holidays | None = None
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
                    why = f"{weekly.shown((begin, end))} is shorter than a talk of {self.slot_minutes} minutes"
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
            hours=weekly.by_number(self.hours),
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
        found = (weekly.public_holidays(self.holidays, year) for year in range(first.year, last.year + 1))
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


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
