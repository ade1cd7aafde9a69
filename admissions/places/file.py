"""The snapshot of the world's cities: read when first needed, and kept.

Rows stay text until they are looked at, which keeps the loading short and the memory small.
"""

import lzma
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from admissions.places.rules.geometry import kilometres
from admissions.places.values import Place
from admissions.writing import plain

SNAPSHOT = Path(__file__).with_name("cities.tsv.xz")
ALIKE = 0.8
"""How much of a name must be written right to be understood."""
MOST_ALIKE = 20
LAST = "\U0010ffff"

Key = TypeVar("Key")
Row = TypeVar("Row")


class City(NamedTuple):
    """A city of the snapshot; its region is a code: "PK.04"."""

    id: int
    name: str
    region: str
    population: int
    latitude: float
    longitude: float
    zone: str

    @property
    def country(self) -> str:
        """ISO 3166 alpha-2."""
        return self.region[:2]


class Area(NamedTuple):
    """The part of a region that keeps one time zone, with the number of its largest city."""

    region: str
    name: str
    zone: str
    population: int
    largest: int

    @property
    def country(self) -> str:
        """ISO 3166 alpha-2."""
        return self.region[:2]


class Share(NamedTuple):
    """The people in the cities of some areas that keep one zone in one country, and the largest city's number."""

    population: int
    largest: int
    country: str
    zone: str


@dataclass(frozen=True)
class Bearers:
    """The cities with a name, the largest first, and those that are also called so."""

    own: Sequence[int] = ()
    also: Sequence[int] = ()


class Atlas:
    """The snapshot. A city's number is its rank by population.

    Args:
        content: The snapshot's three sections in UTF-8: areas, cities, names.
    """

    def __init__(self, content: bytes) -> None:
        self._areas, self._cities, self._names = (section.split(b"\n") for section in content.split(b"\n\n"))

    @cached_property
    def areas(self) -> Sequence[Area]:
        """Every region, once a zone."""
        rows = (line.decode().split("\t") for line in self._areas)
        return [Area(region, name, zone, int(people), int(city)) for region, name, zone, people, city in rows]

    @cached_property
    def by_country(self) -> Mapping[str, Sequence[Area]]:
        """The areas of each country."""
        return _grouped((area.country, area) for area in self.areas)

    @cached_property
    def shares(self) -> Sequence[Share]:
        """Every zone, once a country."""
        return shares(self.areas)

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[Area]]:
        """The areas of each region by its name, as `plain` leaves it; a state of the US by its letters too."""
        named = [(plain(area.name), area) for area in self.areas]
        states = [(area.region.removeprefix("US.").lower(), area) for area in self.by_country["US"]]
        return _grouped([*named, *states])

    @cached_property
    def region_names(self) -> Mapping[str, str]:
        """What each region is called."""
        return {area.region: area.name for area in self.areas}

    @property
    def cities(self) -> Iterator[City]:
        """Every city, the largest first."""
        return map(self.city, range(len(self._cities)))

    def city(self, number: int) -> City:
        """Return a city by its number."""
        id_, name, region, population, latitude, longitude, zone = self._cities[number].decode().split("\t")
        return City(int(id_), name, region, int(population), float(latitude), float(longitude), zone)

    def place(self, number: int) -> Place:
        """Return a city as a place."""
        city = self.city(number)
        return Place(city.id, city.name, self.region_names[city.region] or None, city.country, city.zone)

    def find(self, city_id: int) -> int | None:
        """Return the number of a city by GeoNames' own."""
        start = b"%d\t" % city_id
        return next((number for number, line in enumerate(self._cities) if line.startswith(start)), None)

    def named(self, name: str) -> Bearers:
        """Return the cities of a name, as `plain` leaves it."""
        start = name.encode() + b"\t"
        index = bisect_left(self._names, start)
        if index == len(self._names) or not self._names[index].startswith(start):
            return Bearers()
        own, also = self._names[index].removeprefix(start).split(b"|")
        return Bearers([*map(int, own.split())], [*map(int, also.split())])

    def alike(self, name: str) -> Sequence[str]:
        """Return the names that are written nearly so; a slip seldom touches the first letter."""
        first, last = (bisect_left(self._names, edge.encode()) for edge in (name[0], name[0] + LAST))
        names = [line[: line.index(b"\t")].decode() for line in self._names[first:last]]
        near = process.extract(name, names, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=MOST_ALIKE)
        return [found for found, _, _ in near]

    def near(self, latitude: float, longitude: float, *, within: float) -> Sequence[tuple[float, int]]:
        """Return the cities within some kilometres of a point, each distance with the city's number, in order."""
        here = latitude, longitude
        found = ((kilometres(here, self._point(number)), number) for number in self._around(latitude, longitude))
        return sorted(each for each in found if each[0] <= within)

    def _around(self, latitude: float, longitude: float) -> Iterator[int]:
        row, column = math.floor(latitude), math.floor(longitude)
        # a degree of longitude narrows towards the poles
        wide = min(180, math.ceil(1 / max(math.cos(math.radians(latitude)), 1 / 180)))
        columns = {(column + step + 180) % 360 - 180 for step in range(-wide, wide + 1)}
        for cell in ((row + step, each) for step in (-1, 0, 1) for each in columns):
            yield from self._grid.get(cell, ())

    @cached_property
    def _grid(self) -> Mapping[tuple[int, int], Sequence[int]]:
        """The cities of each degree."""
        points = map(self._point, range(len(self._cities)))
        return _grouped(
            ((math.floor(latitude), math.floor(longitude)), number)
            for number, (latitude, longitude) in enumerate(points)
        )

    def _point(self, number: int) -> tuple[float, float]:
        _, latitude, longitude, _ = self._cities[number].rsplit(b"\t", 3)
        return float(latitude), float(longitude)


def shares(areas: Iterable[Area]) -> Sequence[Share]:
    """Return the shares of some areas, the most people first."""
    groups = _grouped(((area.country, area.zone), area) for area in areas).items()
    found = [
        # the lowest number, for it is a rank
        Share(sum(each.population for each in group), min(each.largest for each in group), *country_and_zone)
        for country_and_zone, group in groups
    ]
    return sorted(found, reverse=True)


@cache
def atlas() -> Atlas:
    """Return the snapshot."""
    return Atlas(lzma.decompress(SNAPSHOT.read_bytes()))


@cache
def zone_countries() -> Mapping[str, str]:
    """Return every zone that clocks are set by, with its country (tzdata's zone.tab)."""
    lines = _tzdata("zoneinfo", "zone.tab").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows}


def zones_of(country: str) -> frozenset[str]:
    """Return the zones of a country by tzdata; Kosovo, which is not in it, has none."""
    return frozenset(zone for zone, owner in zone_countries().items() if owner == country)


@cache
def zone_names() -> Mapping[str, str]:
    """Return every zone's name by its small letters, aliases included."""
    return {name.lower(): name for name in _tzdata("zones").split()}


def _tzdata(*path: str) -> str:
    return resources.files("tzdata").joinpath(*path).read_text("utf-8")


def _grouped(pairs: Iterable[tuple[Key, Row]]) -> Mapping[Key, Sequence[Row]]:
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)
