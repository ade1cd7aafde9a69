"""Where people are, and what their clocks show."""

from admissions.places.errors import PlaceUnknown
from admissions.places.service.finding import (
    find_places,
    get_place,
    likeliest_place,
    place_of_country,
    place_of_zone,
)
from admissions.places.service.locating import place_at
from admissions.places.values import Place

__all__ = [
    "Place",
    "PlaceUnknown",
    "find_places",
    "get_place",
    "likeliest_place",
    "place_at",
    "place_of_country",
    "place_of_zone",
]
