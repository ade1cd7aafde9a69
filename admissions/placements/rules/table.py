"""Placements as a table: what a file may say, and what is wrong with it, by line and column."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from io import StringIO
from typing import Any, Final
from zoneinfo import ZoneInfo

from admissions.applications import read_reference
from admissions.placements.models import PlacementStatus
from admissions.placements.rules.periods import FRIDAY, MONDAY

HOUSTON: Final = ZoneInfo("America/Chicago")
"""A time without a zone is by this clock."""
MOST_ROWS: Final = 10_000


class Column(StrEnum):
    """What a file has for each placement."""

    REFERENCE = "reference"
    SITE = "site"
    SPECIALTY = "specialty"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    REPLY_BY = "reply_by"
    MENTOR = "mentor"
    WHAT_TO_BRING = "what_to_bring"
    STATUS = "status"


OPTIONAL: Final = (Column.MENTOR, Column.WHAT_TO_BRING, Column.STATUS)


class Wrong(StrEnum):
    """What can be wrong with a value."""

    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    NOT_TEXT = "not_text"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_VALUES = "too_many_values"
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_REFERENCE = "not_a_reference"
    NO_APPLICATION = "no_application"
    NAMED_TWICE = "named_twice"
    NOT_A_DAY = "not_a_day"
    NOT_A_TIME = "not_a_time"
    NOT_MONDAY = "not_monday"
    NOT_FRIDAY = "not_friday"
    TOO_SHORT = "too_short"
    OVER = "over"
    UNKNOWN_STATUS = "unknown_status"
    BEGINS_AS_OFFERED = "begins_as_offered"
    MOVE_NOT_ALLOWED = "move_not_allowed"
    NOT_OPEN = "not_open"


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file.

    Attributes:
        line: As an editor counts them, from 1.
        column: Its name; what the file has instead, where that is wrong.
        wrong: What is wrong.
        value: What the file says there.
    """

    line: int
    column: str
    wrong: Wrong
    value: str = ""


class TableInvalid(Exception):
    """The file cannot be imported: nothing of it was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """A placement in a file; the status is None where the file leaves it as it is."""

    line: int
    reference: str
    site: str
    specialty: str
    first_day: date
    last_day: date
    reply_by: datetime
    mentor: str | None
    what_to_bring: str | None
    status: PlacementStatus | None


class _Unreadable(Exception):
    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def read_table(content: str) -> list[Row]:
    """Read a file of placements.

    Raises:
        TableInvalid: Something in it cannot be read; each problem names its line and column.
    """
    reader = csv.DictReader(StringIO(content.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        problems = [*_problems_of_header(reader.fieldnames or ())]
        if problems:
            raise TableInvalid(problems)
        lines = [(reader.line_num, values) for values in reader]
    except csv.Error:
        raise TableInvalid([Problem(reader.line_num, "", Wrong.NOT_TEXT)]) from None
    if len(lines) > MOST_ROWS:
        raise TableInvalid([Problem(MOST_ROWS + 2, "", Wrong.TOO_MANY_ROWS)])
    return _read_rows(lines)


def write_table(rows: Sequence[Row]) -> str:
    """Write placements as `read_table` reads them."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, [*Column], lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _written(getattr(row, column)) for column in Column} for row in rows)
    return out.getvalue()


def _problems_of_header(names: Sequence[str]) -> Iterator[Problem]:
    for column in Column:
        if column not in names and column not in OPTIONAL:
            yield Problem(1, column, Wrong.COLUMN_MISSING)
    for place, name in enumerate(names):
        if name not in [*Column]:
            yield Problem(1, name, Wrong.COLUMN_UNKNOWN)
        elif name in names[:place]:
            yield Problem(1, name, Wrong.NAMED_TWICE)


def _read_rows(lines: "list[tuple[int, dict[str, str | None]]]") -> list[Row]:
    rows, problems, first_lines = [], [], set[str]()
    for line, values in lines:
        found = [*_problems_of(line, values)]
        problems += found
        if found:
            continue
        row = _row(line, values)
        if row.reference in first_lines:
            problems.append(Problem(line, Column.REFERENCE, Wrong.NAMED_TWICE, row.reference))
        first_lines.add(row.reference)
        rows.append(row)
    if problems:
        raise TableInvalid(problems)
    return rows


def _problems_of(line: int, values: "dict[str, str | None]") -> Iterator[Problem]:
    if None in values:
        yield Problem(line, "", Wrong.TOO_MANY_VALUES)
    for column in Column:
        text = (values.get(column) or "").strip()
        try:
            _value(column, text)
        except _Unreadable as unreadable:
            yield Problem(line, column, unreadable.wrong, text)


def _row(line: int, values: "dict[str, str | None]") -> Row:
    read: dict[str, Any] = {str(column): _value(column, (values.get(column) or "").strip()) for column in Column}
    return Row(line=line, **read)


def _value(column: Column, text: str) -> object:
    if not text:
        if column in OPTIONAL:
            return None
        raise _Unreadable(Wrong.MISSING)
    if column is Column.REFERENCE:
        return _reference(text)
    if column is Column.FIRST_DAY:
        return _day(text, MONDAY, Wrong.NOT_MONDAY)
    if column is Column.LAST_DAY:
        return _day(text, FRIDAY, Wrong.NOT_FRIDAY)
    if column is Column.REPLY_BY:
        return _time(text)
    if column is Column.STATUS:
        return _status(text)
    if len(text) > {Column.SPECIALTY: 100, Column.WHAT_TO_BRING: 1000}.get(column, 200):
        raise _Unreadable(Wrong.TOO_LONG)
    return text


def _reference(text: str) -> str:
    reference = read_reference(text)
    if reference is None:
        raise _Unreadable(Wrong.NOT_A_REFERENCE)
    return reference


def _day(text: str, weekday: int, otherwise: Wrong) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Unreadable(Wrong.NOT_A_DAY) from None
    if day.weekday() != weekday:
        raise _Unreadable(otherwise)
    return day


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _Unreadable(Wrong.NOT_A_TIME) from None
    if len(text) <= len("2027-01-31"):
        raise _Unreadable(Wrong.NOT_A_TIME)
    return (moment if moment.tzinfo else moment.replace(tzinfo=HOUSTON)).astimezone(UTC)


def _status(text: str) -> PlacementStatus:
    try:
        return PlacementStatus(text)
    except ValueError:
        raise _Unreadable(Wrong.UNKNOWN_STATUS) from None


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
