"""Countries: by name, by what their citizens are called, or nearly so."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from admissions.applications.errors import CountryUnclear
from admissions.applications.rules import text as texts
from admissions.applications.values import Context
from admissions.countries import AMBIGUOUS, countries_by_name, country_names

CANDIDATES_AT_MOST = 3
ALIKE = 0.75
"""How much of a name must be written right to be offered."""
FLAG_A = 0x1F1E6
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
"""A flag is two letters of these."""
FILLERS = re.compile(
    r"^(?:i am|i'm|im|we are|from|an?|the|citizen of|citizenship|nationality|country|passport|is|of|:|,|\s)+\b"
    r"|\b(?:citizens?(?:hip)?|nationals?|nationality|passport(?: holder)?|by birth)$",
    re.IGNORECASE,
)


ORIGIN = re.compile(
    r"\b(?:i am|i'm|im|come|comes|doctor|student|graduate|img)\s+(?:originally\s+)?from\s+([a-z' ]+)"
    r"|\b(?:citizen of|citizenship\s*:?|nationality\s*:?)\s+([a-z' ]+)"
    r"|\b([a-z]+)\s+(?:citizen|national|nationality|passport|doctor|img)\b",
    re.IGNORECASE,
)


def read_country(text: str, _context: Context) -> str:
    """Read a country into its ISO 3166 alpha-2 code.

    Raises:
        CountryUnclear: None or several may be meant; those that are likely are proposed.
        AnswerRequired: Nothing was written.
    """
    line = FLAG.sub(lambda letter: chr(ord(letter.group()) - FLAG_A + ord("A")), texts.one_line(text))
    if (code := line.upper()) in country_names():
        return code
    wanted = texts.plain(FILLERS.sub("", line).strip())
    if wanted in AMBIGUOUS:
        raise CountryUnclear(AMBIGUOUS[wanted])
    if found := countries_by_name().get(wanted) or countries_by_name().get(texts.plain(line)):
        return found
    raise CountryUnclear(_several(line) or _alike(wanted))


def find_country(text: str) -> str | None:
    """Return the country whose name stands in a text word for word, if exactly one does.

    Citizens' names do not count: the American University of Beirut is not in America.
    """
    shown = {texts.plain(name): code for code, name in country_names().items()}
    found = {shown[name] for name in _grams(texts.plain(text)) if name in shown}
    return found.pop() if len(found) == 1 else None


def find_citizenship(text: str, _context: Context) -> str | None:
    """Return the country that somebody says they are from; a school's country does not count."""
    for found in ORIGIN.finditer(text):
        words = texts.plain(next(part for part in found.groups() if part)).split()
        for length in range(min(len(words), 4), 0, -1):
            if code := countries_by_name().get(" ".join(words[:length])):
                return code
    return None


def _several(line: str) -> tuple[str, ...]:
    """Return the countries of someone who names more than one."""
    parts = (texts.plain(FILLERS.sub("", part).strip()) for part in re.split(r"[,/&+]| and | or ", line))
    return tuple(dict.fromkeys(countries_by_name()[part] for part in parts if part in countries_by_name()))[
        :CANDIDATES_AT_MOST
    ]


def _alike(wanted: str) -> tuple[str, ...]:
    near = process.extract(
        wanted,
        countries_by_name().keys(),
        scorer=OSA.normalized_similarity,
        score_cutoff=ALIKE,
        limit=2 * CANDIDATES_AT_MOST,
    )
    inside = [countries_by_name()[name] for name in _grams(wanted) if name in countries_by_name()]
    return tuple(dict.fromkeys([*inside, *(countries_by_name()[name] for name, _, _ in near)]))[
        :CANDIDATES_AT_MOST
    ]


def _grams(line: str, most: int = 4) -> list[str]:
    """Return the runs of words in a text, the longest first, none inside one that is a country."""
    words = line.split()
    grams: list[str] = []
    taken: set[int] = set()
    for length in range(min(most, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = set(range(start, start + length))
            gram = " ".join(words[start : start + length])
            if taken.isdisjoint(span):
                grams.append(gram)
                if gram in countries_by_name():
                    taken |= span
    return grams
