"""Reasons to refuse a place."""

from dataclasses import dataclass

from admissions.errors import Refusal


@dataclass(eq=False, repr=False)
class PlaceUnknown(Refusal):
    """There is no such place: a number that no city has (any more), or a time zone that nobody keeps."""

    asked: int | str
