"""What each country is called."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from admissions.writing import plain

FILE = Path(__file__).with_name("countries.tsv")
"""A line for each country: its code, the name we show, and what else it and its citizens are called.

From ISO 3166 as pycountry 26.2 has it, with shorter names where ISO's are long or little known, and Kosovo,
which has no code of its own there: XK is what phones and the EU use.
"""

AMBIGUOUS = {
    "congo": ("CD", "CG"),
    "congolese": ("CD", "CG"),
    "korea": ("KR", "KP"),
    "dominican": ("DO", "DM"),
    "virgin islands": ("VI", "VG"),
    "guinean": ("GN", "GW", "GQ"),
    "america": ("US",),
}
"""What may mean several, or is too loose to be taken without asking."""


def show_country(code: str) -> str:
    """Return the name of a country, as people know it."""
    return country_names()[code]


def countries_called(name: str) -> tuple[str, ...]:
    """Return the countries that a name, as `plain` leaves it, may mean: one, several, or none."""
    if name in AMBIGUOUS:
        return AMBIGUOUS[name]
    code = countries_by_name().get(name)
    return (code,) if code else ()


@cache
def country_names() -> Mapping[str, str]:
    """Return the name of every country by its code."""
    return {code: name for code, name, _ in _rows()}


@cache
def countries_by_name() -> Mapping[str, str]:
    """Return the code of each country by everything it is called, as `plain` leaves it; none that is ambiguous."""
    others = {plain(each): code for code, _, called in _rows() for each in called.split(",") if each}
    return others | {plain(name): code for code, name, _ in _rows()}


@cache
def _rows() -> list[tuple[str, str, str]]:
    lines = FILE.read_text("utf-8").splitlines()
    return [(code, name, called) for code, name, called in ([*line.split("\t"), ""][:3] for line in lines)]
