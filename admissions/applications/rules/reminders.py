"""When a draft that was left alone is remembered."""

from datetime import datetime, time, timedelta, tzinfo

DELAYS = (timedelta(hours=24), timedelta(hours=72))
"""How long after the last answer each reminder is due."""

DAY_BEGINS, DAY_ENDS = time(9), time(20)
"""The applicant's daytime, by their own clock; at 20:00 sharp it is over."""


def reminder_due_at(last_answered_at: datetime, already_sent: int, zone: tzinfo) -> datetime | None:
    """Tell when the next reminder of a draft is due.

    Args:
        last_answered_at: When the last answer was given, aware.
        already_sent: How many reminders were sent since.
        zone: The applicant's time zone.

    Returns:
        A moment in the applicant's daytime, in their zone; None when no reminder is left.
    """
    if already_sent >= len(DELAYS):
        return None
    return _into_daytime((last_answered_at + DELAYS[already_sent]).astimezone(zone))


def is_daytime(at: datetime, zone: tzinfo) -> bool:
    """Tell whether somebody may be written to unasked."""
    return DAY_BEGINS <= at.astimezone(zone).time() < DAY_ENDS


def _into_daytime(at: datetime) -> datetime:
    if at.time() < DAY_BEGINS:
        return datetime.combine(at.date(), DAY_BEGINS, at.tzinfo)
    if at.time() >= DAY_ENDS:
        return datetime.combine(at.date() + timedelta(days=1), DAY_BEGINS, at.tzinfo)
    return at
