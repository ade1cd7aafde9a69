"""When an alarm begins and ends: after long enough, and once, whatever swings in between."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from admissions.alarms import Level, Spell, level, look

START = datetime(2027, 1, 15, 12, tzinfo=UTC)
AFTER = timedelta(seconds=30)
EVERY = timedelta(seconds=10)


def spells(*found: Level) -> list[Spell]:
    """Look once every ten seconds."""
    spell, every = Spell(), []
    for number, each in enumerate(found):
        spell = look(spell, each, after=AFTER, at=START + number * EVERY)
        every.append(spell)
    return every


def test_what_is_bad_for_a_moment_raises_no_alarm() -> None:
    assert not any(
        spell.is_on for spell in spells(Level.BAD, Level.BAD, Level.BAD, Level.WELL, Level.BAD, Level.BAD)
    )


def test_what_stays_bad_raises_one_that_began_with_the_first_look() -> None:
    *_, third, last = spells(Level.WELL, Level.BAD, Level.BAD, Level.BAD, Level.BAD)
    assert not third.is_on
    assert last.is_on
    assert last.bad_since == START + EVERY


def test_it_ends_with_the_first_look_of_those_that_stay_good() -> None:
    bad, well = [Level.BAD] * 4, [Level.WELL] * 4
    last = spells(*bad, Level.WELL, Level.BAD, *well)[-1]
    assert not last.is_on
    assert last.well_since == START + 6 * EVERY
    assert last.bad_since is None


def test_a_look_between_neither_begins_nor_ends_anything() -> None:
    assert not spells(*[Level.BAD, Level.BAD, Level.BETWEEN] * 3)[-1].is_on
    assert spells(*[Level.BAD] * 4, *[Level.WELL, Level.WELL, Level.BETWEEN] * 3)[-1].is_on


def test_a_figure_is_well_again_only_far_below_its_limit() -> None:
    assert [level(figure, 60) for figure in (0, 30, 31, 60, 61)] == [
        Level.WELL,
        Level.WELL,
        Level.BETWEEN,
        Level.BETWEEN,
        Level.BAD,
    ]


@given(some.lists(some.sampled_from(Level), max_size=60))
def test_an_alarm_lasts_and_pauses_for_the_time_at_least(found: list[Level]) -> None:
    changes = [0]
    every = spells(*found)
    for number, (before, after) in enumerate(zip([Spell(), *every], every, strict=False)):
        if before.is_on != after.is_on:
            changes.append(number)
    assert all(later - earlier >= AFTER / EVERY for earlier, later in pairwise(changes))
