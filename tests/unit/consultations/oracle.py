"""Free slots once more, slow and naive: minute by minute, by the clocks on the wall."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from admissions.consultations import Availability, Busy, Slot

MINUTE = timedelta(minutes=1)


def slow_slots(advisors: Sequence[Availability], busy: Sequence[Busy], at: datetime) -> list[Slot]:
    free: dict[tuple[datetime, datetime], list[tuple[int, int]]] = {}
    for advisor in advisors:
        own = [each for each in busy if each.advisor_id == advisor.advisor_id]
        for begins_at in candidates(advisor, own, at):
            ends_at = begins_at + advisor.slot
            if not any(each.begins_at < ends_at + advisor.buffer and begins_at < each.ends_at for each in own):
                free.setdefault((begins_at, ends_at), []).append(
                    (load(advisor, own, begins_at), advisor.advisor_id)
                )
    return [Slot(*span, tuple(advisor_id for _, advisor_id in sorted(free[span]))) for span in sorted(free)]


def candidates(advisor: Availability, own: Sequence[Busy], at: datetime) -> Iterator[datetime]:
    today = local(at, advisor).date()
    for day in (today + timedelta(ahead) for ahead in range(advisor.horizon_days + 1)):
        talks = [each for each in own if each.counts and local(each.begins_at, advisor).date() == day]
        if day not in advisor.days_off and len(talks) < advisor.daily_limit:
            for opens, closes in advisor.hours.get(day.weekday(), ()):
                begins_at, end = max(instants(advisor, day, opens)), min(instants(advisor, day, closes))
                while begins_at + advisor.slot <= end:
                    if begins_at >= at + advisor.notice:
                        yield begins_at
                    begins_at += advisor.slot + advisor.buffer


def instants(advisor: Availability, day: date, clock: time) -> list[datetime]:
    """Every instant at which that clock shows that time; where none does, what it would be without the change."""
    wall = datetime.combine(day, clock, UTC)
    noons = [datetime.combine(day + timedelta(days), time(12), UTC) for days in (-1, 1)]
    offsets = [local(noon, advisor).utcoffset() or timedelta() for noon in noons]
    shown = [wall - offset for offset in offsets if local(wall - offset, advisor).replace(tzinfo=UTC) == wall]
    return shown or [wall - offset for offset in offsets]


def load(advisor: Availability, own: Sequence[Busy], begins_at: datetime) -> int:
    week = local(begins_at, advisor).isocalendar()[:2]
    return sum(each.counts and local(each.begins_at, advisor).isocalendar()[:2] == week for each in own)


def lies_in_hours(advisor: Availability, slot: Slot) -> bool:
    """Whether the advisor's clock shows working hours in every minute of a slot."""
    minutes = int((slot.ends_at - slot.begins_at) / MINUTE)
    return all(is_working(advisor, local(slot.begins_at + number * MINUTE, advisor)) for number in range(minutes))


def is_working(advisor: Availability, shown: datetime) -> bool:
    hours = advisor.hours.get(shown.weekday(), ())
    return shown.date() not in advisor.days_off and any(opens <= shown.time() < closes for opens, closes in hours)


def local(instant: datetime, advisor: Availability) -> datetime:
    return instant.astimezone(ZoneInfo(advisor.zone))
