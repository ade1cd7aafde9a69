"""Find the place that somebody writes of, or that a clock tells of."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from admissions.places.errors import PlaceUnknown
from admissions.places.file import Share, atlas, shares, zone_countries, zone_names, zones_of
from admissions.places.rules.choosing import Candidate, Hint, choose
from admissions.places.rules.clocks import abbreviations, ahead, are_alike
from admissions.places.rules.typed import NAMED_CLOCKS, meaning, read
from admissions.places.service.naming import areas_of, named
from admissions.places.values import Place
from admissions.writing import plain

ABBREVIATED = (3, 4)
"""Letters of what a zone's time is called for short."""
CLOCK = 10_000_000
"""How many inhabitants of a city make it as likely as a time zone that is called the same."""


def find_places(text: str, *, country: str | None = None, at: datetime) -> Sequence[Place]:
    """Return the places that a text may mean: a city, region or country, a time zone, an offset or a local time.

    Args:
        text: As a person typed it.
        country: Where they come from (ISO 3166 alpha-2), if that is known; it makes a place there likelier.
        at: When they did, aware.

    Returns:
        The likeliest first, at most six: none if nothing is known, one if it is clear or if all keep the same
        clock within the next year, several if one has to ask.
    """
    if "/" in text and (zone := zone_names().get(text.strip().replace(" ", "_").lower())):
        return [place_of_zone(zone)]
    typed = read(text, at)
    found: Sequence[Candidate] = [
        *named(typed.words),
        *_candidates(_by_abbreviation(typed.words, at), country),
    ]
    if typed.offsets:
        agreeing = [each for each in found if ahead(each.place.zone, at) in typed.offsets]
        found = agreeing or found or _candidates(_by_offset(typed.offsets, at), country)
    return choose(found, country, at) or _by_own_name(typed.words)


def get_place(place_id: int) -> Place:
    """Return a city by its number at GeoNames.

    Raises:
        PlaceUnknown: None has this number.
    """
    number = atlas().find(place_id)
    if number is None:
        raise PlaceUnknown(place_id)
    return atlas().place(number)


def place_of_zone(zone: str) -> Place:
    """Return the largest city of a time zone, or the zone by its own name where no city is known.

    Raises:
        PlaceUnknown: There is no such zone.
    """
    name = zone_names().get(zone.lower())
    if name is None:
        raise PlaceUnknown(zone)
    found = [share for share in atlas().shares if share.zone == name]
    return atlas().place(found[0].largest) if found else named_after(name)


def place_of_country(country: str, *, at: datetime) -> Place | None:
    """Return the largest city of a country in which all clocks agree throughout the next year, else None."""
    found = shares(areas_of(country))
    agree = are_alike(zones_of(country) | {share.zone for share in found}, at)
    return atlas().place(min(share.largest for share in found)) if found and agree else None


def likeliest_place(country: str) -> Place | None:
    """Return the largest city of that zone of a country in which most people live; None of no country."""
    found = shares(areas_of(country))
    return atlas().place(found[0].largest) if found else None


def named_after(zone: str) -> Place:
    """Return a time zone as a place by its own name: "Lord Howe"."""
    return Place(None, zone.rpartition("/")[2].replace("_", " "), None, zone_countries().get(zone), zone)


def _by_offset(offsets: Collection[timedelta], at: datetime) -> Sequence[Share]:
    """Return the zones whose clock is so far ahead of UTC now."""
    zones = {zone for zone in {share.zone for share in atlas().shares} if ahead(zone, at) in offsets}
    return [share for share in atlas().shares if share.zone in zones]


def _by_abbreviation(words: Sequence[str], at: datetime) -> Sequence[Share]:
    """Return the zones whose time is called so: "EST", "eastern time"."""
    wanted = meaning(words)
    word = words[min(wanted)] if len(wanted) == 1 else ""
    if zone := NAMED_CLOCKS.get(word):
        return [share for share in atlas().shares if share.zone == zone][:1]
    zones = _abbreviated(at.astimezone(UTC).date()).get(word, ()) if len(word) in ABBREVIATED else ()
    return [share for share in atlas().shares if share.zone in zones]


def _by_own_name(words: Sequence[str]) -> Sequence[Place]:
    """Return the zones without a larger city that are called so: "Lord Howe"."""
    name = " ".join(words[each] for each in sorted(meaning(words)))
    return [place for zone in zone_countries() if plain((place := named_after(zone)).name) == name]


@lru_cache(maxsize=4)
def _abbreviated(day: date) -> Mapping[str, set[str]]:
    at, found = datetime.combine(day, time(), UTC), defaultdict[str, set[str]](set)
    for zone in {share.zone for share in atlas().shares}:
        for name in abbreviations(zone, at):
            found[name].add(zone)
    return found


def _candidates(found: Sequence[Share], country: str | None) -> Sequence[Candidate]:
    """Return zones as candidates; where the person's country has one of them, those of other countries are out."""
    preferred = [share for share in found if share.country == country] or found
    return [Candidate(atlas().place(share.largest), Hint.CLOCK, CLOCK, share.population) for share in preferred]
