"""Dates found by recognizers-text."""

import warnings
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

LONGEST_RANGE = timedelta(days=100)
"""A range that is longer, a whole year above all, is too vague to begin on its first day."""


LONGEST_LINE = 200
"""Characters; the package takes seconds for some texts that are longer."""


@dataclass(frozen=True)
class Recognized:
    """A day, or the first of a range of days."""

    day: date
    is_exact: bool


def warm_up() -> None:
    """Load what understands dates: takes half a second, which the first applicant should not wait for."""
    recognize("tomorrow", date(2026, 1, 1))


def recognize(line: str, today: date) -> Recognized | None:
    """Find the first date after today, or the first day of a range, in an English text; None if there is none."""
    line = " ".join(line.split())
    if not line or len(line) > LONGEST_LINE:
        return None
    reference = datetime(today.year, today.month, today.day)  # noqa: DTZ001 - the library reads naive times only
    for found in _model().parse(line, reference):
        values = (found.resolution or {}).get("values", [])
        readings = [reading for value in values if (reading := _read(value)) and reading.day > today]
        if readings:
            return min(readings, key=lambda reading: reading.day)
    return None


def _read(value: dict[str, str]) -> Recognized | None:
    if value.get("type") == "date":
        day = _day(value, "value")
        return Recognized(day, is_exact=True) if day else None
    first, end = _day(value, "start"), _day(value, "end")
    if value.get("type") != "daterange" or first is None or (end and end - first > LONGEST_RANGE):
        return None
    return Recognized(first, is_exact=value.get("Mod") == "since")


def _day(value: dict[str, str], key: str) -> date | None:
    try:
        return date.fromisoformat(value.get(key, ""))
    except ValueError:  # "not resolved" is what the package says of Christmas
        return None


@cache
def _model() -> Any:  # noqa: ANN401 - the package carries no types
    """Build the model: a second, once; the package's own code warns of its escapes."""
    import emoji

    if not hasattr(emoji, "UNICODE_EMOJI"):  # gone since emoji 2; the package only asks what is one
        emoji.UNICODE_EMOJI = emoji.EMOJI_DATA  # type: ignore[attr-defined]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recognizers_date_time import DateTimeRecognizer
        from recognizers_text import Culture

        return DateTimeRecognizer(Culture.English).get_datetime_model()
