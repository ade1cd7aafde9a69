"""Find the place where a phone is."""

import math
from dataclasses import replace

from tzfpy import get_tz

from admissions.places.file import atlas
from admissions.places.service.finding import named_after
from admissions.places.values import Place

NEAR = 80.0
"""Kilometres within which a city gives a point its name."""
CLOSE = 20.0
"""Kilometres within which a point lies in the largest city rather than in the nearest."""


def place_at(latitude: float, longitude: float) -> Place | None:
    """Return the city nearest to a point, with the clock of the point itself; None where nobody keeps one.

    Args:
        latitude: In degrees, north is positive.
        longitude: In degrees, east is positive.
    """
    if not (math.isfinite(latitude + longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    zone = get_tz(longitude, latitude)
    city = _city_around(latitude, longitude, zone)
    if not zone or zone.startswith("Etc/"):  # at sea, where a harbour's water belongs to its city
        return city
    return replace(city, zone=zone) if city else named_after(zone)


def _city_around(latitude: float, longitude: float, zone: str) -> Place | None:
    near = atlas().near(latitude, longitude, within=NEAR)
    this_side = [each for each in near if atlas().city(each[1]).zone == zone] or near  # of a border
    if not this_side:
        return None
    close = [number for distance, number in this_side if distance <= CLOSE]
    return atlas().place(min(close, default=this_side[0][1]))  # the lowest number, for it is a rank
