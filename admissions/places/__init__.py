"""Where people are, and what their clocks show."""

from admissions.places.errors import PlaceUnknown
from admissions.places.rules.countries import (
    countries_by_name,
    country_names,
    show_country,
)
from admissions.places.rules.demonyms import AMBIGUOUS
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
    "AMBIGUOUS",
    "Place",
    "PlaceUnknown",
    "countries_by_name",
    "country_names",
    "find_places",
    "get_place",
    "likeliest_place",
    "place_at",
    "place_of_country",
    "place_of_zone",
    "show_country",
]
