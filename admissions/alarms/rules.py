"""When something is wrong for so long that staff are told, and well for so long that it is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

CLEARS_AT: Final = 0.5
"""The share of its limit below which a figure is well again: one that swings around the limit raises one alarm."""


class Level(Enum):
    """How a look at something came out."""

    WELL = auto()
    BETWEEN = auto()
    BAD = auto()


@dataclass(frozen=True)
class Spell:
    """How something has been lately.

    Attributes:
        is_on: Whether an alarm about it goes on.
        bad_since: Since when every look was bad; while an alarm goes on, since when it does, as far as is known.
        well_since: Since when every look was good, while one goes on.
    """

    is_on: bool = False
    bad_since: datetime | None = None
    well_since: datetime | None = None


def level(figure: float, limit: float) -> Level:
    """Tell how a figure stands to its limit."""
    if figure > limit:
        return Level.BAD
    return Level.WELL if figure <= limit * CLEARS_AT else Level.BETWEEN


def look(spell: Spell, found: Level, *, after: timedelta, at: datetime) -> Spell:
    """Return how something has been, after one more look at it.

    Once an alarm begins, `bad_since` tells when, and once it ends, `well_since` does.

    Args:
        spell: How it has been so far.
        found: How the look came out.
        after: How long it must be bad for an alarm, and then well for its end.
        at: Now, aware.
    """
    if spell.is_on:
        if found is not Level.WELL:
            return Spell(is_on=True, bad_since=spell.bad_since)
        well_since = spell.well_since or at
        if at - well_since >= after:
            return Spell(well_since=well_since)
        return Spell(is_on=True, bad_since=spell.bad_since, well_since=well_since)
    if found is not Level.BAD:
        return Spell()
    bad_since = spell.bad_since or at
    return Spell(is_on=at - bad_since >= after, bad_since=bad_since)
