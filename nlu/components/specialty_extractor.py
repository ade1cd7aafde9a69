"""Finds fields of medicine in a message, as applicants write them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz.distance import OSA
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import ENTITY_ATTRIBUTE_CONFIDENCE
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

SHORTEST_FUZZY = 6
"""A word needs this many letters before a slip of the pen is forgiven in it ("nero" is not neuro)."""
LONG_WORD = 10
"""A word of this many letters is forgiven two slips, a shorter one a single slip ("internet" is not internist)."""
SLIP_COST = 3
"""How many matched letters a slip outweighs, where two readings overlap."""


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


@dataclass(frozen=True)
class Word:
    """One word of a message and where it stands."""

    text: str
    start: int
    end: int

    @cached_property
    def plain(self) -> str:
        """The word without case and accents; `&` reads as the word it stands for."""
        if self.text == "&":
            return "and"
        if self.text.isascii():
            return self.text.lower()
        letters = unicodedata.normalize("NFKD", self.text.casefold())
        return "".join(letter for letter in letters if not unicodedata.combining(letter))


@dataclass(frozen=True)
class Match:
    """A specialty read in a message: in its characters from `start` to `end`."""

    specialty: str
    start: int
    end: int
    letters: int
    slips: int = 0

    @property
    def confidence(self) -> float:
        """How much of the form was written right."""
        return 1 - self.slips / self.letters

    @property
    def weight(self) -> int:
        """Orders readings of the same words: long ones win, slips count against them."""
        return self.letters - SLIP_COST * self.slips

    def overlaps(self, other: Match) -> bool:
        """Says whether two matches share a character."""
        return self.start < other.end and other.start < self.end


def words_of(text: str) -> list[Word]:
    """Splits a text into words; punctuation parts them, `&` is one of its own."""
    return [Word(found.group(), *found.span()) for found in re.finditer(r"[^\W_]+|&", text)]


class SpecialtyDictionary:
    """The forms under which each specialty is known, and the rules by which one is recognised."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        """Sorts the forms.

        Args:
            forms: Each form with the name of its specialty. One in capitals is an abbreviation that may also mean
                something else; it is matched letter by letter and only where the text makes it clear.
        """
        self._abbreviations: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._by_letters: dict[str, str] = {}
        self._by_initials: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for form, specialty in forms.items():
            words = tuple(word.plain for word in words_of(form))
            if form.isupper():
                self._abbreviations[words[0]].append((words, specialty))
            else:
                self._by_letters["".join(words)] = specialty
                self._by_initials[_initials(words)].append((words, specialty))
        self._most_words = max((len(words_of(form)) for form in forms), default=0) + 1  # one may be split in two

    def find(self, text: str) -> list[Match]:
        """Finds the specialties that a text names.

        Args:
            text: The message as the applicant wrote it.

        Returns:
            The matches in the text's order, none overlapping another.
        """
        words = words_of(text)
        kept: list[Match] = []
        readings = [*self._spelled_out(words), *self._abbreviated(text, words)]
        for match in sorted(readings, key=lambda match: (-match.weight, match.start)):
            if not any(match.overlaps(other) for other in kept):
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def _spelled_out(self, words: list[Word]) -> Iterator[Match]:
        for first in range(len(words)):
            for last in range(first, min(first + self._most_words, len(words))):
                plain = [word.plain for word in words[first : last + 1]]
                if best := self._closest(plain):
                    specialty, slips = best
                    yield Match(specialty, words[first].start, words[last].end, len("".join(plain)), slips)

    def _closest(self, words: Sequence[str]) -> tuple[str, int] | None:
        """Looks for the form nearest to some words, and says how many slips away it is."""
        if specialty := self._by_letters.get("".join(words)):
            return specialty, 0  # "ob gyn" and "ob-gyn" are one with "obgyn"
        best: tuple[str, int] | None = None
        for form, specialty in self._by_initials.get(_initials(words), ()):
            slips = _slips(form, words)
            if slips is not None and (best is None or slips < best[1]):
                best = specialty, slips
        return best

    def _abbreviated(self, text: str, words: list[Word]) -> Iterator[Match]:
        plain = [word.plain for word in words]
        mixed_case = any(letter.islower() for letter in text)
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

    def _is_clear(self, words: list[Word], plain: list[str], first: int, last: int, *, mixed_case: bool) -> bool:
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


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _slips(form: Sequence[str], words: Sequence[str]) -> int | None:
    """Counts the slips by which some words miss a form, word by word.

    Returns:
        The number of letters missing, added, wrong or swapped; None if it is too many in any one word.
    """
    total = 0
    for expected, written in zip(form, words, strict=True):
        allowed = 0 if len(expected) < SHORTEST_FUZZY else 1 if len(expected) < LONG_WORD else 2
        slips = OSA.distance(expected, written, score_cutoff=allowed)
        if slips > allowed:
            return None
        total += slips
    return total


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpecialtyExtractor(GraphComponent, EntityExtractorMixin):
    """Extracts the entity `specialty`, its value the specialty's one name.

    It learns the names and what applicants call them from the training data's synonyms.
    """

    ENTITY = "specialty"
    FILE_NAME = "specialties.json"

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpecialtyExtractor:
        """Creates an untrained component (see parent class for full docstring)."""
        return cls(model_storage, resource)

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, forms: Mapping[str, str] | None = None
    ) -> None:
        """Creates a new instance.

        Args:
            model_storage: Storage which graph components can use to persist and load themselves.
            resource: Resource locator for this component in the model storage.
            forms: Each form of a specialty with the specialty's name; none before training.
        """
        self._model_storage = model_storage
        self._resource = resource
        self._forms = dict(forms or {})
        self._specialties = SpecialtyDictionary(self._forms)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the specialties from the training data's synonyms."""
        synonyms = training_data.entity_synonyms
        self._forms = {**{name: name for name in synonyms.values()}, **synonyms}
        self._specialties = SpecialtyDictionary(self._forms)
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the specialties of each message to its entities."""
        for message in messages:
            entities = [
                {
                    ENTITY_ATTRIBUTE_TYPE: self.ENTITY,
                    ENTITY_ATTRIBUTE_START: match.start,
                    ENTITY_ATTRIBUTE_END: match.end,
                    ENTITY_ATTRIBUTE_VALUE: match.specialty,
                    ENTITY_ATTRIBUTE_CONFIDENCE: match.confidence,
                }
                for match in self._specialties.find(message.get(TEXT) or "")
            ]
            message.set(
                ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(entities), add_to_output=True
            )
        return messages

    def persist(self) -> None:
        """Writes what was learnt into the model."""
        with self._model_storage.write_to(self._resource) as directory:
            (directory / self.FILE_NAME).write_text(json.dumps(self._forms, indent=1, sort_keys=True))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpecialtyExtractor:
        """Loads a trained component (see parent class for full docstring)."""
        with model_storage.read_from(resource) as directory:
            forms = json.loads((directory / cls.FILE_NAME).read_text())
        return cls(model_storage, resource, forms)

    @staticmethod
    def required_packages() -> list[str]:
        """Names the Python packages this component needs (see parent class for full docstring)."""
        return ["rapidfuzz"]
