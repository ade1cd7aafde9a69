"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

DIAMETER = 12_742.0
"""Of the Earth, in kilometres."""


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the distance between two points, each a latitude and a longitude in degrees."""
    (south, west), (north, east) = here, there
    rise, turn = radians(north - south) / 2, radians(east - west) / 2
    return DIAMETER * asin(sqrt(sin(rise) ** 2 + cos(radians(south)) * cos(radians(north)) * sin(turn) ** 2))
