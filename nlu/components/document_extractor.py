"""Finds documents in a message: the papers that applicants hand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import rasa.shared.utils.io
from nlu.components.dictionary import Dictionary, Match, Word, around
from nlu.components.extractor import Extractor, Found
from nlu.components.spell_fix import vocabulary
from rasa.engine.recipes.default_recipe import DefaultV1Recipe

DOCUMENTS_FILE = Path("admissions/documents/documents.yml")
"""What the core reads too; coordinators edit it."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ALSO_WORDS = _set(
    "resume curriculum vitae motivation statement ps essay marks grades recommendation reference referee"
    " background insurance shots covid hepatitis clearance"
)
"""Words of a file's name that mean other things too: "resume my application", "my background is surgery"."""
OF_FILES_ONLY = _set("english policy police")
"""In a file's name a proof of English or of insurance; in a message a language, or what HMC's policy is."""
GRADUATES = "grads"
"""Nearly grades."""
DETERMINERS = _set(
    "my your the his her our their this that a an send sent sending upload uploaded uploading submit submitted"
    " attach attached receive received get got see saw missing updated new old another and or"
)
OTHER_THINGS = _set(
    "number numbers no code id is was are were my me the application form it program programme process if for in"
    " office officer officers company language level class test speaking"
)


class DocumentDictionary(Dictionary):
    """What documents are called, and the words around that make one sure."""

    def __init__(self, kinds: Mapping[str, Sequence[str]]) -> None:
        """Sorts the names.

        Args:
            kinds: How people call each kind of document.
        """
        forms = {word: kind for kind, words in kinds.items() for word in words}
        plurals = {f"{word}s": kind for word, kind in forms.items() if not word.endswith("s")}
        in_messages = {form: kind for form, kind in {**plurals, **forms}.items() if form not in OF_FILES_ONLY}
        super().__init__(in_messages, right=frozenset({*vocabulary(), GRADUATES}))

    def readings(self, words: Sequence[Word]) -> Iterator[Match]:
        """Yields every way to read a text, overlapping ones too."""
        for match in super().readings(words):
            before, after = around(match, words)
            written = next(word for word in words if word.start == match.start)
            is_loose = written.end == match.end and written.plain in ALSO_WORDS
            is_alone = len(words) == 1
            if not is_loose or is_alone or (before in DETERMINERS and after not in OTHER_THINGS):
                yield match


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DocumentExtractor(Extractor):
    """Extracts the entity `document`, its value the kind of document."""

    ENTITY = "document"

    def find(self, text: str) -> list[Found]:
        """Finds the documents of a text."""
        return [
            Found(self.ENTITY, match.value, match.start, match.end, match.confidence)
            for match in documents().find(text)
        ]


@cache
def documents() -> DocumentDictionary:
    """Returns the names in the core's file of documents."""
    kinds = rasa.shared.utils.io.read_yaml_file(DOCUMENTS_FILE)["documents"]
    return DocumentDictionary({kind: entry["words"] for kind, entry in kinds.items()})
