"""Listed words in what an applicant wrote."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz.distance import OSA

LONG: Final = 7
"""Letters: a word so long is known with one slip of the pen too; a shorter one is another word then."""

_APART: Final = re.compile(r"[^\w]+")


def find_listed(lists: Mapping[str, Sequence[str]], text: str) -> str | None:
    """Return the first list that has some words of a text.

    Args:
        lists: Words and phrases by the names of their lists, in their order.
        text: What was written.
    """
    words = _words(text)
    for name, phrases in lists.items():
        if any(_stands_in(_words(phrase), words) for phrase in phrases):
            return name
    return None


def _words(text: str) -> list[str]:
    return [word for word in _APART.split(text.casefold().replace("'", "")) if word]


def _stands_in(phrase: list[str], words: list[str]) -> bool:
    places = range(len(words) - len(phrase) + 1)
    return any(all(map(_is_same, phrase, words[place:])) for place in places)


def _is_same(listed: str, written: str) -> bool:
    if len(listed) < LONG:
        return listed == written
    return OSA.distance(listed, written, score_cutoff=1) <= 1
