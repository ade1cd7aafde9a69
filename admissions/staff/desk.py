"""The file of the desk: when it is open and who is on duty; read and checked."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from admissions import editable, weekly
from admissions.staff.hours import OfficeHours

DESK_FILE = Path(__file__).with_name("desk.yml")

Minutes = Annotated[int, Field(ge=1, le=1440)]


class DeskInvalid(Exception):
    """The file of the desk cannot be used; `problems` has one line for each, with its place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Colleague(_Part):
    """Somebody of the staff whom an alert names."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    telegram_id: Annotated[int, Field(gt=0)] | None = None


class DeskFile(_Part):
    """The whole file; its fields are explained at the top of `desk.yml`."""

    zone: weekly.Zone
    hours: weekly.Hours
    holidays: weekly.Holidays | None = None
    days_off: tuple[weekly.DaysOff, ...] = ()
    duty: Mapping[weekly.Weekday, Colleague] = {}
    lead: Colleague | None = None
    ask_duty_after_minutes: Minutes
    ask_lead_after_minutes: Minutes
    assistant_rests_minutes: Minutes

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if found := list(self._problems()):
            raise editable.Misfits(found)
        return self

    def _problems(self) -> Iterator[tuple[editable.Place, str]]:
        if not any(self.hours.values()):
            yield ("hours",), "the office must be open at some time"
        if self.ask_lead_after_minutes <= self.ask_duty_after_minutes:
            yield ("ask_lead_after_minutes",), "the lead is asked after whom duty names, not before"

    @property
    def ask_duty_after(self) -> timedelta:
        """How long a conversation waits, in open hours, before whom duty names is asked."""
        return timedelta(minutes=self.ask_duty_after_minutes)

    @property
    def ask_lead_after(self) -> timedelta:
        """And before the lead is."""
        return timedelta(minutes=self.ask_lead_after_minutes)

    @property
    def assistant_rests(self) -> timedelta:
        """How long after the last words of a person the assistant stays silent."""
        return timedelta(minutes=self.assistant_rests_minutes)

    def on_duty(self, at: datetime) -> Colleague | None:
        """Return who is asked first at a moment, aware."""
        return self.duty.get(weekly.WEEKDAYS[at.astimezone(ZoneInfo(self.zone)).weekday()])

    def office_hours(self, at: datetime) -> OfficeHours:
        """Return the hours for the weeks around a moment, aware, for the rules."""
        year = at.astimezone(ZoneInfo(self.zone)).year
        return OfficeHours(
            zone=ZoneInfo(self.zone),
            hours=weekly.by_number(self.hours),
            days_off=self._days_off() | self._holidays(year),
        )

    def _days_off(self) -> frozenset[date]:
        return frozenset(
            first + timedelta(ahead) for first, last in self.days_off for ahead in range((last - first).days + 1)
        )

    def _holidays(self, year: int) -> frozenset[date]:
        if self.holidays is None:
            return frozenset()
        around = (weekly.public_holidays(self.holidays, each) for each in (year - 1, year, year + 1))
        return frozenset().union(*around)


def read_desk(file: Path = DESK_FILE) -> DeskFile:
    """Read and check the file of the desk.

    Raises:
        DeskInvalid: Something in the file cannot be used; each problem names its line and its field.
    """
    try:
        return editable.read(file, DeskFile)
    except editable.EditableInvalid as invalid:
        raise DeskInvalid(invalid.problems) from invalid
