"""Written words, made comparable."""

import unicodedata

APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bf\u02be\u2018\u2019"
WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "&": " and "}
)
"""Letters that Unicode takes for whole although people write them with simpler ones."""


def plain(text: str) -> str:
    """Return a text for comparing: no case, no accents, only letters and digits, single blanks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(WHOLE))
    return " ".join("".join(_bare(character) for character in decomposed).split())


def _bare(character: str) -> str:
    if character in APOSTROPHES or unicodedata.combining(character):
        return ""
    # the vowel signs of the Indic scripts are marks, yet part of a word
    return character if character.isalnum() or unicodedata.category(character).startswith("M") else " "
