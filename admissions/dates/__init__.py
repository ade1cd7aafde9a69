"""Days as people write them, read alike wherever somebody names one."""

from admissions.dates.days import (
    NamedDays,
    NotInCalendar,
    add_months,
    dated,
    last_of_month,
    mend,
    mend_months,
    take_days,
)
from admissions.dates.mentions import Mention, mentions_in

__all__ = [
    "Mention",
    "NamedDays",
    "NotInCalendar",
    "add_months",
    "dated",
    "last_of_month",
    "mend",
    "mend_months",
    "mentions_in",
    "take_days",
]
