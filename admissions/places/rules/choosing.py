"""Which of several places was meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from admissions.places.rules.clocks import are_alike, year_of
from admissions.places.values import Place

OFFERED_AT_MOST = 6
DOMINATES = 10
"""How many times heavier the likeliest is than one that is not worth asking about."""
AT_HOME = 50
"""How many times likelier a place is in the country that somebody comes from."""


class Hint(IntEnum):
    """What a place is known by, the surest first."""

    NAME = 0
    OTHER_NAME = 1
    SLIP = 2
    REGION = 3
    COUNTRY = 4
    CLOCK = 5


@dataclass(frozen=True)
class Candidate:
    """A place that may be meant.

    Attributes:
        weight: How likely it is beside the others: its inhabitants, or those of the whole that was named.
        share: Its own inhabitants among those.
    """

    place: Place
    hint: Hint
    weight: float
    share: int


def choose(candidates: Iterable[Candidate], country: str | None, at: datetime) -> Sequence[Place]:
    """Return the places worth asking about, the likeliest first.

    One of those in a country with the same clock stands for all. What the likeliest dominates is left out; if
    the clocks of the rest agree, the likeliest is enough.

    Args:
        candidates: What may be meant.
        country: Where the person comes from (ISO 3166 alpha-2), if that is known.
        at: Now, aware.
    """
    groups: dict[object, list[Candidate]] = {}
    for each in candidates:
        groups.setdefault(_group(each, at), []).append(each)
    ranked = sorted(groups.values(), key=lambda group: _rank(group, country), reverse=True)
    heaviest = max((_weight(group, country) for group in ranked), default=0)
    left = [_face(group) for group in ranked if _weight(group, country) * DOMINATES > heaviest]
    return left[:1] if are_alike((place.zone for place in left), at) else left[:OFFERED_AT_MOST]


def _group(candidate: Candidate, at: datetime) -> object:
    clock = year_of(candidate.place.zone, at)
    return clock if candidate.hint is Hint.CLOCK else (clock, candidate.place.country)


def _rank(group: Sequence[Candidate], country: str | None) -> tuple[float, int]:
    return _weight(group, country), max(each.share for each in group)


def _weight(group: Sequence[Candidate], country: str | None) -> float:
    return max(each.weight * (AT_HOME if each.place.country == country else 1) for each in group)


def _face(group: Sequence[Candidate]) -> Place:
    """Return the one that stands for a group: "Quebec" is the city sooner than the region around it."""
    heaviest = max(each.weight for each in group)
    likely = [each for each in group if each.weight * DOMINATES > heaviest]
    return min(likely, key=lambda each: (each.hint, -each.share)).place
