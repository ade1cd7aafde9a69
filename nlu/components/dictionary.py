"""Names found in a message by a list of the forms under which they are known, slips of the pen forgiven."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

SHORTEST_FUZZY = 6
"""A word needs this many letters before a slip of the pen is forgiven in it ("nero" is not neuro)."""
LONG_WORD = 10
"""A word of this many letters is forgiven two slips, a shorter one a single slip ("internet" is not internist)."""
SLIP_COST = 3
"""How many matched letters a slip outweighs, where two readings overlap."""


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
    """A name read in a message: in its characters from `start` to `end`."""

    value: str
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


def around(match: Match, words: Sequence[Word]) -> tuple[str, str]:
    """Returns the plain words before and after a match; "" where there is none."""
    before = [word.plain for word in words if word.end <= match.start][-1:]
    after = [word.plain for word in words if word.start >= match.end][:1]
    return "".join(before), "".join(after)


class Dictionary:
    """The forms under which each name is known, and the rules by which one is recognised."""

    def __init__(self, forms: Mapping[str, str], right: Container[str] = (), between: str = " ") -> None:
        """Sorts the forms.

        Args:
            forms: Each form with what it stands for.
            right: Words that are no slips of other words.
            between: What stands between the words of a form; "" lets "ob gyn" be one with "obgyn".
        """
        self._right = right
        self._between = between
        self._by_letters: dict[str, str] = {}
        self._by_initials: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for form, value in forms.items():
            words = tuple(word.plain for word in words_of(form))
            self._by_letters[between.join(words)] = value
            self._by_initials[_initials(words)].append((words, value))
        self._most_words = max((len(words_of(form)) for form in forms), default=0) + (not between)

    def find(self, text: str) -> list[Match]:
        """Finds the names in a text.

        Args:
            text: The message as the applicant wrote it.

        Returns:
            The matches in the text's order, none overlapping another.
        """
        kept: list[Match] = []
        for match in sorted(self.readings(words_of(text)), key=lambda match: (-match.weight, match.start)):
            if not any(match.overlaps(other) for other in kept):
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def readings(self, words: Sequence[Word]) -> Iterator[Match]:
        """Yields every way to read a text, overlapping ones too."""
        plain = [word.plain for word in words]
        for first in range(len(words)):
            for last in range(first, min(first + self._most_words, len(words))):
                if best := self._closest(plain[first : last + 1]):
                    value, slips = best
                    letters = len("".join(plain[first : last + 1]))
                    yield Match(value, words[first].start, words[last].end, letters, slips)

    def _closest(self, words: Sequence[str]) -> tuple[str, int] | None:
        """Looks for the form nearest to some words, and says how many slips away it is."""
        if value := self._by_letters.get(self._between.join(words)):
            return value, 0
        candidates = self._by_initials.get(_initials(words), ())
        if not candidates or all(word in self._right for word in words):
            return None
        best: tuple[str, int] | None = None
        for form, value in candidates:
            slips = _slips(form, words)
            if slips is not None and (best is None or slips < best[1]):
                best = value, slips
        return best


def _initials(words: Sequence[str]) -> str:
    return "".join([word[0] for word in words])


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
