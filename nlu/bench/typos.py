"""Slips of the pen, put into texts in the same way each time."""

from __future__ import annotations

import random
import string

WORDS_PER_SLIP = 6
SHORTEST = 4
"""Slips go into words of at least this many letters, where a text has any."""


def misspell(text: str, chance: random.Random) -> str:
    """Puts one slip of the pen into every six words of a text, and at least one.

    Args:
        text: The text as it was written.
        chance: Decides where, and which: a wrong letter (40 %), or one missing, too many, or swapped (20 % each).

    Returns:
        The text, its words parted by single spaces.
    """
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    places = long or [place for place, word in enumerate(words) if len(word) > 1]
    slips = min(len(places), max(1, round(len(words) / WORDS_PER_SLIP)))
    for place in chance.sample(places, slips):
        words[place] = _slip(words[place], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    letter = chance.choice(string.ascii_lowercase)
    [kind] = chance.choices(["wrong", "missing", "added", "swapped"], [40, 20, 20, 20])
    at = chance.randrange(len(word) - 1 if kind == "swapped" else len(word))
    before, here, after = word[:at], word[at], word[at + 1 :]
    if kind == "wrong":
        return before + letter + after
    if kind == "missing":
        return before + after
    if kind == "added":
        return before + letter + here + after
    return before + after[0] + here + after[1:]
