"""Mends slips of the pen before a message is understood."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from nlu.components.learner import Learner
from nlu.components.minilm_featurizer import MODEL_DIR, SPELLED
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

SHORTEST = 4
"""A word needs this many letters before it is mended; shorter ones are too often abbreviations."""
LONG_WORD = 8
"""A word of this many letters is forgiven two slips, a shorter one a single slip."""
SHORTEST_GENERAL = 6
"""A word of the general vocabulary needs this many letters to replace another ("crohn" is no crown)."""
SHORT_WORD, USUAL = 4, 10000
"""Of words this short the vocabulary has many that nobody writes ("scik"); only its most usual ones are right."""
COMMON = 3
"""A word of the training data that occurs once may be a slip of one that occurs this often."""
REMEMBERED = 4096
"""How many words' mending is remembered."""

CHUNK = re.compile(r"\S+")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
NOT_PROSE = re.compile(r"[@\d_/\\]|\w\.\w")
"""In e-mail addresses, links, numbers and references."""
NAME = re.compile(
    r"\b(?:(?:name is|this is|myself|dr|prof|mr|mrs|ms|miss)\b[ .]*(?P<names>[^\W\d_]+(?:[ .'-]+[^\W\d_]+)?)"
    r"|(?:i am|i'm|im)\b *(?P<name>[^\W\d_]+))",
    re.IGNORECASE,
)
"""Words that may be a name, after the words that announce one."""


class Speller:
    """Knows the right words, and finds the one that a misspelt word was meant to be."""

    def __init__(self, taught: Mapping[str, int], vocabulary: Iterable[str]) -> None:
        """Sorts the words by their length.

        Args:
            taught: Each word of the training data, and how often it occurs there.
            vocabulary: The words that the sentence embedding knows whole, the most usual first.
        """
        self._taught = taught
        known = [word for place, word in enumerate(vocabulary) if len(word) > SHORT_WORD or place < USUAL]
        general = [word for word in known if len(word) >= SHORTEST and word.isalpha() and word.isascii()]
        self._general = _by_length(word for word in general if len(word) >= SHORTEST_GENERAL)
        self._near = _by_length(word for word in taught if taught[word] >= COMMON)
        self._right = {*general}
        self._right |= {word for word, count in taught.items() if count > 1 or not self._nearest_taught(word)}
        self._near = _by_length(word for word in taught if word in self._right)
        self._mended = lru_cache(REMEMBERED)(self._mend)

    def mend(self, text: str) -> str:
        """Replaces the words that nobody knows by the nearest known ones.

        Names, e-mail addresses, links and whatever holds a digit are left alone, and so is every script but Latin.
        """
        names = {found.span(found.lastgroup or 0) for found in NAME.finditer(text)}
        mixed_case = any(letter.islower() for letter in text)

        def mend_word(found: re.Match[str], offset: int) -> str:
            word, start = found.group(), found.start() + offset
            named = any(first <= start < last for first, last in names) or (
                mixed_case and start and word[0].isupper()
            )
            return word if named else self._mended(word)

        def mend_chunk(found: re.Match[str]) -> str:
            chunk = found.group()
            if NOT_PROSE.search(chunk):
                return chunk
            return WORD.sub(lambda word: mend_word(word, found.start()), chunk)

        return CHUNK.sub(mend_chunk, text)

    def _mend(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < SHORTEST or plain in self._right or not plain.isascii():
            return word
        taught = self._nearest_taught(plain)
        general = _nearest(plain, self._general, 1) if len(plain) >= SHORTEST_GENERAL else []
        if general and (not taught or OSA.distance(plain, taught) > 1):
            return general[0]
        return taught or word

    def _nearest_taught(self, word: str) -> str | None:
        """Finds the word of the training data that is meant.

        Of several as near it is one of the same letters before one that begins alike, and then the most usual.
        """

        def order(each: str) -> tuple[bool, bool, int, str]:
            return sorted(each) != sorted(word), each[0] != word[0], -self._taught[each], each

        return min(_nearest(word, self._near, 1 if len(word) < LONG_WORD else 2), key=order, default=None)


def words_of(text: str) -> list[str]:
    """Returns the words of a text in small letters."""
    return WORD.findall(text.lower())


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    sorted_words: dict[int, list[str]] = defaultdict(list)
    for word in words:
        if len(word) >= SHORTEST:
            sorted_words[len(word)].append(word)
    return dict(sorted_words)


def _nearest(word: str, words: Mapping[int, list[str]], allowed: int) -> list[str]:
    """Finds the words that are the fewest slips away: letters missing, added, wrong or swapped.

    Returns:
        All that are equally near, in the order given; none where no word is near enough.
    """
    found: list[tuple[str, float, int]] = []
    for length in range(len(word) - allowed, len(word) + allowed + 1):
        if near := words.get(length):
            found += process.extract(word, near, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    fewest = min((slips for _, slips, _ in found), default=0)
    return [each for each, slips, _ in found if slips == fewest]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellFix(Learner):
    """Gives each message a second text without slips of the pen, which the featurizer behind it embeds.

    A sentence embedding loses eight points of accuracy to one slip in six words; this gives most of them back. The
    text itself stays as it was written: entities are found in it, and people recognise their own words.
    """

    FILE_NAME = "words.json"

    def learn(self, learnt: Mapping[str, Any]) -> None:
        """Takes in each word of the training data, and how often it occurs there."""
        super().learn(learnt)
        self._speller = Speller(self._learnt, vocabulary())

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the words of the training data."""
        texts = [example.get(TEXT) or "" for example in training_data.intent_examples]
        self.learn(Counter(word for text in texts for word in words_of(text)))
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the mended text to each message."""
        for message in messages:
            if text := message.get(TEXT):
                message.set(SPELLED, self._speller.mend(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the mended texts of the training examples."""
        self.process(training_data.training_examples)
        return training_data


@lru_cache(1)
def vocabulary() -> tuple[str, ...]:
    """Returns the words that the sentence embedding knows whole, the most usual first."""
    tokens = json.loads((MODEL_DIR / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return tuple(sorted(tokens, key=tokens.__getitem__))
