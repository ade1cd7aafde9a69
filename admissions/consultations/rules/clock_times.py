"""Times of the day in a text: "after 5pm", "between 3 and 6 pm", "14-17", "at 10", "in the morning"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from admissions.consultations.rules import wish_patterns as patterns
from admissions.consultations.rules.lines import Line

DAY_ENDS = time.max
"""An interval until then has the whole rest of the day."""

WINDOW = timedelta(minutes=90)
"""From a time that was named alone; every grid of slots has one in it."""

PARTS = {
    "morning": (time(5), time(12)),
    "lunch": (time(12), time(14)),
    "afternoon": (time(12), time(18)),
    "evening": (time(17), time(22)),
    "night": (time(19), DAY_ENDS),
}


@dataclass(frozen=True)
class Window:
    """A time of the day: from when until when; `is_exact` if no end was named."""

    first: time
    last: time
    is_exact: bool = False


def mark_halves(line: Line) -> None:
    """Write "five in the evening" as "5 pm", before anything is taken out."""
    spelled = patterns.SPELLED.sub(lambda match: str(patterns.NUMBERS[match.group()]), line.text)
    clocked = patterns.HALF_PAST.sub(r"\1:30", spelled)
    line.text = patterns.IN_THE_EVENING.sub(" pm", patterns.IN_THE_MORNING.sub(" am", clocked))


def take_window(line: Line, *, has_day: bool) -> Window | None:
    """Take the time of the day out of a line; of several, from the first to the last.

    Args:
        line: What is left after the days were taken out.
        has_day: Whether a day was named, so that a lone number can be the hour: "friday 3".
    """
    clocks = [*_ranges(line), *_from(line), *_until(line), *_at(line)]
    parts = list(_parts(line))
    if not (clocks or parts) and has_day:
        clocks = list(_lone(line))
    windows = clocks or parts
    if not windows:
        return None
    if len(windows) > 1 and _overlap(windows):
        return Window(max(each.first for each in windows), min(each.last for each in windows))
    return Window(
        min(each.first for each in windows),
        max(each.last for each in windows),
        is_exact=any(each.is_exact for each in windows),
    )


def _overlap(windows: list[Window]) -> bool:
    return max(each.first for each in windows) < min(each.last for each in windows)


def _ranges(line: Line) -> Iterator[Window]:
    for match in patterns.RANGE.finditer(line.text):
        if window := _between(match["first"], match["last"]):
            line.blank(match.start(), match.end())
            yield window


def _from(line: Line) -> Iterator[Window]:
    for match, clock in _clocks(line, patterns.FROM):
        line.blank(match.start(), match.end())
        yield Window(clock, DAY_ENDS)


def _until(line: Line) -> Iterator[Window]:
    for match, clock in _clocks(line, patterns.UNTIL):
        line.blank(match.start(), match.end())
        yield Window(time.min, clock)


def _at(line: Line) -> Iterator[Window]:
    for pattern in (patterns.AT_CLOCK, patterns.MARKED):
        for match, clock in _clocks(line, pattern):
            line.blank(match.start(), match.end())
            yield _exact(clock)


def _lone(line: Line) -> Iterator[Window]:
    found = list(_clocks(line, patterns.LONE))
    if len(found) == 1:
        [(match, clock)] = found
        line.blank(match.start(), match.end())
        yield _exact(clock)


def _parts(line: Line) -> Iterator[Window]:
    for pattern, window in (
        (patterns.AFTER_WORK, Window(time(17), DAY_ENDS)),
        (patterns.AFTER_LUNCH, Window(time(13), DAY_ENDS)),
        (patterns.BEFORE_LUNCH, Window(time.min, time(12))),
    ):
        yield from (window for _ in line.take(pattern))
    for match in line.take(patterns.NO_PART):
        first, last = PARTS[match["part"]]
        yield Window(last, DAY_ENDS) if match["part"] == "morning" else Window(time.min, first)
    yield from (Window(*PARTS[match["part"]]) for match in line.take(patterns.PART))


def _clocks(line: Line, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], time]]:
    for match in pattern.finditer(line.text):
        named = match.groupdict()
        written = named.get("clock") or named.get("led") or named.get("trailed")
        if written and (clock := _time(written)):
            yield match, clock


def _exact(clock: time) -> Window:
    ends = datetime.combine(date.min, clock) + WINDOW
    return Window(clock, DAY_ENDS if ends.date() > date.min else ends.time(), is_exact=True)


def _between(first: str, last: str) -> Window | None:
    """Read two times, of which one may say for both which half of the day is meant."""
    follows = _half(last) and not _is_fixed(first)
    begins = _before(first, last) if follows else _time(first)
    ends = _time(last) if _is_fixed(last) else _bare(last)
    if begins and ends and ends <= begins and not _is_fixed(last):
        ends = _later(ends)
    return Window(begins, ends) if begins is not None and ends is not None and begins < ends else None


def _before(first: str, last: str) -> time | None:
    """Read "3" of "3-6 pm" as 3 pm, "11" of "11-2 pm" as 11 am."""
    alike, end = _time(f"{first.strip()} {_half(last)}m"), _time(last)
    return alike if alike and end and alike < end else _bare(first)


def _later(clock: time) -> time:
    return clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock


def _time(written: str) -> time | None:
    """Read a time; an hour from 1 to 6 that says no half of the day is meant after noon."""
    clock = _bare(written)
    if clock is None or _is_fixed(written):
        return clock
    return _later(clock) if 1 <= clock.hour <= 6 else clock


def _bare(written: str) -> time | None:
    if written.startswith(("noon", "midday")):
        return time(12)
    hour, minute = (int(number) for number in (*re.findall(r"\d+", written), "0")[:2])
    if half := _half(written):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _half(written: str) -> str | None:
    found = re.search(r"([ap])\.?m", written)
    return found[1] if found else None


def _is_fixed(written: str) -> bool:
    """Whether the half of the day is beyond doubt: 5 pm, 17:30, 05:30."""
    return bool(_half(written)) or not re.match(r"(?:[1-9]|1[0-2])(?!\d)", written.strip())
