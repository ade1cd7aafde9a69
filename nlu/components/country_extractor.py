"""Finds countries in a message, by their names and by what their citizens are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from admissions.countries import countries_by_name
from nlu.components.dictionary import Dictionary, Match, Word, around
from nlu.components.extractor import Extractor, Found
from nlu.components.spell_fix import vocabulary
from rasa.engine.recipes.default_recipe import DefaultV1Recipe

MOST_WORDS = 4
"""Of a name; the longer ones are for treaties."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


LANGUAGES = _set(
    "english french spanish german chinese dutch portuguese russian polish italian greek turkish korean japanese"
    " persian danish swedish"
)
SPOKEN_BEFORE = _set("speak speaks speaking spoken in native fluent my your learn learning into to good basic")
SPOKEN_AFTER = _set(
    "language languages proficiency test tests exam speaking speaker certificate score level course medium version"
    " translation and or is requirement requirements skills"
)
ALSO_WORDS = _set("us english polish danish kiwi american jordan chad georgia british jersey")
"""Words and first names too: they need something that says whence, or to stand alone."""
WHENCE = _set("from citizen citizenship nationality national im am m an") | {"passport"}
THERE = _set("in of the to")
OF_CITIZENS = _set(
    "citizen citizens citizenship national nationals nationality passport student students graduate graduates img"
    " imgs doctor doctors physician applicant applicants"
)
NEVER_BEFORE = {"mexico": "new", "jersey": "new", "guinea": "new", "georgia": "in"}
"""A word before which the name is another place: "new mexico"; a rotation in Georgia is in the state."""


class CountryDictionary(Dictionary):
    """The names of countries, and the words around them that make one sure."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        """Sorts the names.

        Args:
            codes: The code of each country by everything it is called, as `countries_by_name` has it.
        """
        names = {name: code for name, code in codes.items() if len(name.split()) <= MOST_WORDS}
        in_one_word = {name.replace(" ", ""): code for name, code in names.items() if len(name) > len("u s a")}
        super().__init__({**in_one_word, **names}, right=frozenset(vocabulary()))

    def readings(self, words: Sequence[Word]) -> Iterator[Match]:
        """Yields every way to read a text, overlapping ones too."""
        text = " ".join(word.text for word in words)
        for match in super().readings(words):
            if _is_meant(match, words, is_shouted=text.isupper()):
                yield match


def _is_meant(match: Match, words: Sequence[Word], *, is_shouted: bool) -> bool:
    before, after = around(match, words)
    written = next(word for word in words if word.start == match.start)
    name = written.plain if written.end == match.end else ""
    if NEVER_BEFORE.get(name) == before and before:
        return False
    if name in LANGUAGES and (before in SPOKEN_BEFORE or after in SPOKEN_AFTER) and after not in OF_CITIZENS:
        return False
    if name == "us":
        return (written.text == "US" and not is_shouted) or before in {"in", "the"} or after in OF_CITIZENS
    if name not in ALSO_WORDS:
        return True
    is_alone = len(words) == 1
    return is_alone or before in WHENCE or (before in THERE and name not in LANGUAGES) or after in OF_CITIZENS


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CountryExtractor(Extractor):
    """Extracts the entity `country`, its value the country's code (ISO 3166 alpha-2)."""

    ENTITY = "country"

    def find(self, text: str) -> list[Found]:
        """Finds the countries of a text."""
        return [
            Found(self.ENTITY, match.value, match.start, match.end, match.confidence)
            for match in countries().find(text)
        ]


@cache
def countries() -> CountryDictionary:
    """Returns the names that the core knows."""
    return CountryDictionary(countries_by_name())
