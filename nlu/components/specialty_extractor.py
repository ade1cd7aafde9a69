"""Finds fields of medicine in a message, as applicants write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlu.components.dictionary import Dictionary, Match, Word, words_of
from nlu.components.extractor import Extractor, Found
from nlu.components.learner import Learner
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.training_data import TrainingData


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CUES_BEFORE = _set("in for do doing offer offers offering prefer choose like into the of any have vs")
CUES_AFTER = _set(
    "rotation rotations clerkship clerkships elective electives observership observerships externship externships"
    " residency department dept specialty speciality program programme placement placements slot slots match track"
    " doctor physician attending attendings preceptor preceptors experience"
)
CONNECTIVES = _set("or and vs versus")
FILLERS = _set("hi hello please pls plz available there is are what about any do you have offer")
PLAIN_BEFORE = {
    "id": _set(
        "a an my your his her their our this that photo national student applicant application passport email"
        " telegram whatsapp ecfmg usmle user valid"
    )
}
"""Words after which an abbreviation is not a specialty: "my ID is 4432"."""
PLAIN_AFTER = {
    "id": _set("card cards number numbers no proof photo verification document documents copy scan is"),
    "im": _set(
        "a an the not so very still also interested sorry at in from graduated born here img student graduate done"
        " ready sure new"
    ),
}
"""Words before which one is not: "IM from India", who means: I am."""


class SpecialtyDictionary(Dictionary):
    """The forms under which each specialty is known, abbreviations among them that may mean other things."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        """Sorts the forms.

        Args:
            forms: Each form with the name of its specialty. One in capitals is an abbreviation that may also mean
                something else; it is matched letter by letter and only where the text makes it clear.
        """
        super().__init__({form: name for form, name in forms.items() if not form.isupper()}, between="")
        self._abbreviations: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for form, name in forms.items():
            if form.isupper():
                words = tuple(word.plain for word in words_of(form))
                self._abbreviations[words[0]].append((words, name))

    def readings(self, words: Sequence[Word]) -> Iterator[Match]:
        """Yields every way to read a text, overlapping ones too."""
        yield from super().readings(words)
        yield from self._abbreviated(words)

    def _abbreviated(self, words: Sequence[Word]) -> Iterator[Match]:
        plain = [word.plain for word in words]
        mixed_case = any(letter.islower() for word in words for letter in word.text)
        found: list[tuple[int, int, str, bool]] = []
        for first in range(len(words)):
            for form, specialty in self._abbreviations.get(plain[first], ()):
                last = first + len(form) - 1
                if tuple(plain[first : last + 1]) == form:
                    clear = self._is_clear(words, plain, first, last, mixed_case=mixed_case)
                    found.append((first, last, specialty, clear))

        for first, last, specialty, clear in found:
            # "im or fm rotation": what is clear for one is clear for its neighbour.
            left = {last_of_other + 2 for _, last_of_other, _, clear_of_other in found if clear_of_other}
            right = {first_of_other - 2 for first_of_other, _, _, clear_of_other in found if clear_of_other}
            joined = (first in left and plain[first - 1] in CONNECTIVES) or (
                last in right and plain[last + 1] in CONNECTIVES
            )
            if clear or joined:
                letters = sum(len(word) for word in plain[first : last + 1])
                yield Match(specialty, words[first].start, words[last].end, letters)

    def _is_clear(
        self, words: Sequence[Word], plain: list[str], first: int, last: int, *, mixed_case: bool
    ) -> bool:
        """Decides whether an abbreviation can only be meant as one."""
        form = "".join(plain[first : last + 1])
        before = plain[first - 1] if first else ""
        after = plain[last + 1] if last + 1 < len(plain) else ""
        if after in CUES_AFTER:
            return True
        if before in PLAIN_BEFORE.get(form, ()) or after in PLAIN_AFTER.get(form, ()):
            return False
        if form == "im" and after.endswith("ing"):
            return False
        rest = plain[:first] + plain[last + 1 :]
        if all(word in FILLERS for word in rest):
            return True
        written_as_one = all(word.text.isupper() or word.text == "&" for word in words[first : last + 1])
        return (mixed_case and written_as_one) or before in CUES_BEFORE


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpecialtyExtractor(Learner, Extractor):
    """Extracts the entity `specialty`, its value the specialty's one name.

    It learns the names and what applicants call them from the training data's synonyms.
    """

    ENTITY = "specialty"
    FILE_NAME = "specialties.json"

    def learn(self, learnt: Mapping[str, Any]) -> None:
        """Takes in each form of a specialty with the specialty's name."""
        super().learn(learnt)
        self._specialties = SpecialtyDictionary(self._learnt)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the specialties from the training data's synonyms."""
        synonyms = training_data.entity_synonyms
        self.learn({**{name: name for name in synonyms.values()}, **synonyms})
        self.persist()
        return self._resource

    def find(self, text: str) -> list[Found]:
        """Finds the specialties of a text."""
        return [
            Found(self.ENTITY, match.value, match.start, match.end, match.confidence)
            for match in self._specialties.find(text)
        ]
