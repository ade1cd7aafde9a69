"""What words may name: cities, regions and countries, also with a slip."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from admissions.countries import countries_by_name, countries_called, country_names
from admissions.places.file import ALIKE, Area, atlas, shares, zones_of
from admissions.places.rules.choosing import Candidate, Hint
from admissions.places.rules.typed import LETTERS_OF_A_CODE, Part, meaning, parts
from admissions.places.values import Place

ALSO = 0.02
"""How much less likely a city is meant by another of its names: Chattogram was once called Islamabad."""
AROUND = 0.3
"""How much less likely a region is meant where a city is asked for."""
NEARLY = 0.1
"""How much less likely a city is meant by a name that is not quite its own."""
WIDE = {Hint.REGION, Hint.COUNTRY}
LARGE = 100_000
LONG = 5
"""Inhabitants and letters of a city that is recognised among words that say something else."""

Lands = Sequence[tuple[str, str | None]]
"""Countries (ISO 3166 alpha-2), or regions of them by name."""


@dataclass(frozen=True)
class Reading:
    """One way to understand some words: where those stand that it explains, and what they may mean."""

    part: Part
    explained: frozenset[int]
    candidates: Sequence[Candidate]

    @property
    def rank(self) -> tuple[int, bool]:
        """The more words it explains the better; and a city sooner than a country."""
        return len(self.explained), any(each.hint not in WIDE for each in self.candidates)

    @property
    def stands_out(self) -> bool:
        """Whether it is no chance that these words name a place."""
        return len(self.part.name) >= LONG and any(each.weight >= LARGE for each in self.candidates)


def named(words: Sequence[str]) -> Sequence[Candidate]:
    """Return the places that words may mean: by the reading that explains most of them."""
    wanted, found = meaning(words), parts(words)
    readings = [reading for part in found if (reading := _read(part, found))]
    if not any(_is_exact(reading, wanted) for reading in readings):
        readings += _slipped(words, wanted)
    best = max((reading.rank for reading in readings), default=None)
    chosen = [each for each in readings if each.rank == best and (wanted <= each.explained or each.stands_out)]
    return [candidate for reading in chosen for candidate in reading.candidates]


def _read(part: Part, found: Sequence[Part]) -> Reading | None:
    """Return what some words may mean; those around them may say where it lies."""
    candidates = _called(part.name)
    explained = part.span
    for other in found if candidates else ():
        if explained.isdisjoint(other.span) and (inside := _within(_lands(other.name), candidates)):
            candidates, explained = inside, explained | other.span
    return Reading(part, explained, candidates) if candidates else None


def _slipped(words: Sequence[str], wanted: frozenset[int]) -> list[Reading]:
    """Return what words may mean that are nearly a name."""
    meant = [words[each] for each in sorted(wanted)]
    lands = next(((part, lands) for part in parts(meant) if (lands := _lands(part.name))), None)
    rest = [word for index, word in enumerate(meant) if lands is None or index not in lands[0].span]
    name = " ".join(rest)
    if len(name) < LONG:
        return []
    candidates = [replace(each, hint=Hint.SLIP, weight=each.weight * NEARLY) for each in _alike(name)]
    if lands:
        candidates = _within(lands[1], candidates) or candidates
    return [Reading(Part(name, wanted), wanted, candidates)] if candidates else []


def _alike(name: str) -> Sequence[Candidate]:
    return [each for near in [*atlas().alike(name), *_countries_alike(name)] for each in _called(near)]


def _called(name: str) -> list[Candidate]:
    """Return all that has a name, as `plain` leaves it."""
    bearers = atlas().named(name)
    own = [_of_city(number, Hint.NAME, 1) for number in bearers.own]
    also = [_of_city(number, Hint.OTHER_NAME, ALSO) for number in bearers.also]
    lands = _lands(name) if len(name) > LETTERS_OF_A_CODE or name in countries_by_name() else ()
    return [*own, *also, *(each for country, region in lands for each in _of_land(country, region))]


def _of_city(number: int, hint: Hint, factor: float) -> Candidate:
    people = max(atlas().city(number).population, 1)
    return Candidate(atlas().place(number), hint, people * factor, people)


def _of_land(country: str, region: str | None) -> list[Candidate]:
    """Return the largest city of each zone of a country or region; each stands for the whole."""
    found = shares(area for area in areas_of(country) if region in {None, area.name})
    hint, factor = (Hint.REGION, AROUND) if region else (Hint.COUNTRY, 1.0)
    weight = factor * sum(share.population for share in found)
    return [Candidate(atlas().place(share.largest), hint, weight, share.population) for share in found]


def areas_of(country: str) -> Sequence[Area]:
    """Return the areas of a country that keep one of its own zones, so far as it has any of its own."""
    own = zones_of(country)
    return [area for area in atlas().by_country.get(country, ()) if area.zone in own or not own]


def _lands(name: str) -> Lands:
    codes = [name.upper()] if len(name) == LETTERS_OF_A_CODE and name.upper() in country_names() else []
    countries = [(country, None) for country in [*countries_called(name), *codes]]
    regions = [(area.country, area.name) for area in atlas().by_name.get(name, ())]
    return [*countries, *dict.fromkeys(regions)]


def _within(lands: Lands, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in candidates if any(_lies_in(each.place, *land) for land in lands)]


def _lies_in(place: Place, country: str, region: str | None) -> bool:
    return place.country == country and region in {None, place.region}


def _is_exact(reading: Reading, wanted: frozenset[int]) -> bool:
    """Tell whether a reading is sure: a city by its own name, or all words by a region or country."""
    hints = {each.hint for each in reading.candidates}
    return Hint.NAME in hints or (not hints.isdisjoint(WIDE) and wanted <= reading.explained)


def _countries_alike(name: str) -> Sequence[str]:
    near = process.extract(
        name, countries_by_name().keys(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=3
    )
    return [found for found, _, _ in near]
