"""The clock that an applicant lives by."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Clock:
    """A time zone and the place it is shown by.

    Attributes:
        zone: The time zone.
        place: What it is called: "Lahore".
        is_known: Whether the applicant has said so; otherwise it is a guess.
    """

    zone: ZoneInfo
    place: str
    is_known: bool


UNKNOWN: Final = Clock(ZoneInfo("UTC"), "UTC", is_known=False)
