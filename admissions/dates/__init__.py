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

__all__ = [
    "NamedDays",
    "NotInCalendar",
    "add_months",
    "dated",
    "last_of_month",
    "mend",
    "mend_months",
    "take_days",
]
