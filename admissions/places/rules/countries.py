"""Countries, by their names and by what their citizens are called (ISO 3166 alpha-2)."""

import re
from collections.abc import Mapping
from functools import cache

import pycountry

from admissions.places.rules.demonyms import AMBIGUOUS, SHORT_NAMES, read_aliases
from admissions.writing import plain


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
    ours = {country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries}
    cut = {code: re.split(r", | \(", name)[0] for code, name in ours.items() if code not in {"SH", "BQ"}}
    return {**ours, **cut, **SHORT_NAMES}


@cache
def countries_by_name() -> Mapping[str, str]:
    """Return the code of each country by everything it is called, as `plain` leaves it; none that is ambiguous."""
    official = {
        plain(name): country.alpha_2
        for country in pycountry.countries
        for name in (country.name, getattr(country, "official_name", country.name), country.alpha_3)
        if len(name) > len("ABC")  # three letters are too easily a word: "can", "and"
    }
    shown = {plain(name): code for code, name in country_names().items()}
    return {name: code for name, code in {**official, **read_aliases(), **shown}.items() if name not in AMBIGUOUS}
