"""Which slots are free: computed from advisors' hours and what is taken, never stored.

Hours are local, instants are UTC: inside as whole seconds since 1970, which compare fast and know no zone.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from heapq import nsmallest
from zoneinfo import ZoneInfo

from admissions.consultations.values import Availability, Busy, Slot

DAYS_KEPT = 8192
"""How many advisors' days are kept computed: 90 advisors over 90 days."""


def free_slots(advisors: Sequence[Availability], busy: Sequence[Busy], *, at: datetime) -> Sequence[Slot]:
    """Return every slot that can be booked, in the order of time.

    On each of an advisor's days, each interval of the hours is cut from its beginning into slots with their
    buffers. A slot is free if it lies inside the interval and nothing that is taken overlaps it or its buffer.

    Args:
        advisors: Who talks, and when.
        busy: What is taken; of other advisors too, which is ignored.
        at: Now, aware: the notice and the horizon are counted from it.
    """
    diaries = _diaries(busy)
    free: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for advisor in advisors:
        diary = diaries[advisor.advisor_id]
        for load, begins, ends in _open(advisor, diary, at):
            free[begins, ends].append((load, advisor.advisor_id))
    return [
        Slot(_instant(begins), _instant(ends), tuple([advisor_id for _, advisor_id in sorted(found)]))
        for (begins, ends), found in sorted(free.items())
    ]


def nearest(slots: Iterable[Slot], to: datetime, count: int = 3) -> Sequence[Slot]:
    """Return the slots that begin nearest to a moment, in the order of time; of two equally near the earlier."""
    near = nsmallest(count, slots, key=lambda slot: (abs(slot.begins_at - to), slot.begins_at))
    return sorted(near, key=lambda slot: (slot.begins_at, slot.ends_at))


def on_day(slots: Iterable[Slot], day: date, zone: tzinfo) -> Sequence[Slot]:
    """Return the slots that begin on a day in somebody's zone."""
    first, after = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(1)))
    return [slot for slot in slots if first <= slot.begins_at < after]


def days(slots: Iterable[Slot], zone: tzinfo) -> Mapping[date, int]:
    """Return how many slots begin on each day in somebody's zone, in their order; no day without one."""
    return Counter(slot.begins_at.astimezone(zone).date() for slot in slots)


@dataclass
class _Diary:
    """What is taken of one advisor's time.

    Attributes:
        begins: When the taken times begin, in their order; they neither overlap nor touch.
        ends: When they end.
        talks: When the talks among them begin, in their order.
    """

    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    talks: list[int] = field(default_factory=list)

    def add(self, begins: int, ends: int, counts: bool) -> None:
        """Note what is taken; it begins no earlier than what was noted before."""
        if counts:
            self.talks.append(begins)
        if self.ends and begins <= self.ends[-1]:
            self.ends[-1] = max(self.ends[-1], ends)
        else:
            self.begins.append(begins)
            self.ends.append(ends)

    def is_free(self, begins: int, ends: int) -> bool:
        """Tell whether nothing taken overlaps a time."""
        before = bisect_left(self.begins, ends)  # this many begin before it ends
        return not before or self.ends[before - 1] <= begins

    def count(self, first: int, after: int) -> int:
        """Return how many talks begin in a time."""
        return bisect_left(self.talks, after) - bisect_left(self.talks, first)


def _diaries(busy: Iterable[Busy]) -> defaultdict[int, _Diary]:
    diaries: defaultdict[int, _Diary] = defaultdict(_Diary)
    taken = [
        (math.floor(each.begins_at.timestamp()), math.ceil(each.ends_at.timestamp()), each.counts, each.advisor_id)
        for each in busy
    ]
    for begins, ends, counts, advisor_id in sorted(taken):
        diaries[advisor_id].add(begins, ends, counts)
    return diaries


def _open(advisor: Availability, diary: _Diary, at: datetime) -> Iterator[tuple[int, int, int]]:
    """Yield an advisor's load in that week, the beginning and the end of each free slot."""
    earliest = math.ceil((at + advisor.notice).timestamp())
    buffer = round(advisor.buffer.total_seconds())
    for day in _working_days(advisor, at):
        if (
            diary.count(_midnight(advisor.zone, day), _midnight(advisor.zone, day + timedelta(1)))
            < advisor.daily_limit
        ):
            load = _load(advisor, diary, day)
            for begins, ends in _grid(
                advisor.zone, day, advisor.hours[day.weekday()], advisor.slot, advisor.buffer
            ):
                if begins >= earliest and diary.is_free(begins, ends + buffer):
                    yield load, begins, ends


def _working_days(advisor: Availability, at: datetime) -> Iterator[date]:
    today = at.astimezone(ZoneInfo(advisor.zone)).date()
    for ahead in range(advisor.horizon_days + 1):
        day = today + timedelta(ahead)
        if day not in advisor.days_off and advisor.hours.get(day.weekday()):
            yield day


def _load(advisor: Availability, diary: _Diary, day: date) -> int:
    """Return how many talks the advisor has in the ISO week of a day."""
    monday = day - timedelta(day.weekday())
    return diary.count(_midnight(advisor.zone, monday), _midnight(advisor.zone, monday + timedelta(7)))


@lru_cache(DAYS_KEPT)
def _grid(
    zone: str, day: date, hours: tuple[tuple[time, time], ...], slot: timedelta, buffer: timedelta
) -> Sequence[tuple[int, int]]:
    """Cut one day's hours into slots, taken or not."""
    length, step = round(slot.total_seconds()), round((slot + buffer).total_seconds())
    return [
        (begins, begins + length)
        for opens, closes in hours
        for begins in range(max(_readings(zone, day, opens)), min(_readings(zone, day, closes)) - length + 1, step)
    ]


def _readings(zone: str, day: date, clock: time) -> tuple[int, int]:
    """Return the two instants that a local time may mean; they differ only where the clocks are changed.

    A time that comes twice means both; one that is skipped is read by the clocks before and after the change.
    Who takes the later one as the beginning and the earlier one as the end never leaves an advisor's hours.
    """
    local = datetime.combine(day, clock, ZoneInfo(zone))
    return round(local.replace(fold=0).timestamp()), round(local.replace(fold=1).timestamp())


@lru_cache(DAYS_KEPT)
def _midnight(zone: str, day: date) -> int:
    """Return when a local day begins, at midnight or, where that is skipped, at the first moment after it."""
    return round(datetime.combine(day, time(), ZoneInfo(zone)).timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
