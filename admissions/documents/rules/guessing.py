"""Which document a file may be, judged by what its sender called it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from admissions.documents.values import DocumentKind

ALIKE = 87.0  # percent; lets "recomendation" and "transcirpt" pass, and "insurance" not be "assurance"
SHORT = 4  # letters; so short a word has to be there exactly
CAPTION_COUNTS_MORE = 3.0  # percent; a caption was written for us, a file name was not

WORD = re.compile(r"[^\W\d_]+")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def guess_kinds(
    words: Mapping[DocumentKind, Sequence[str]], file_name: str | None, caption: str | None = None
) -> list[DocumentKind]:
    """Return the kinds a file may be, the likeliest first; none where nothing points to one.

    Args:
        words: For each kind, how people call it.
        file_name: What its sender called it.
        caption: What they wrote below it.
    """
    name, said = _tokens((file_name or "").rpartition(".")[0] or file_name or ""), _tokens(caption or "")
    scores = {kind: _score(called, name, said) for kind, called in words.items()}
    return sorted((kind for kind in scores if scores[kind] > (0, 0)), key=lambda kind: scores[kind], reverse=True)


def _score(called: Sequence[str], name: list[str], said: list[str]) -> tuple[float, float]:
    """Return how surely one of the words is there, and how much it says."""
    return max(
        (max(_hit(word, name, 0), _hit(word, said, CAPTION_COUNTS_MORE)) for word in called), default=(0, 0)
    )


def _hit(word: str, tokens: list[str], bonus: float) -> tuple[float, float]:
    wanted = _tokens(word)
    windows = (tokens[start : start + len(wanted)] for start in range(len(tokens) - len(wanted) + 1))
    likeness = max((_likeness(wanted, window) for window in windows), default=0.0)
    return (likeness + bonus + len(wanted), len(word)) if likeness else (0, 0)


def _likeness(wanted: list[str], window: list[str]) -> float:
    likenesses = [_word_likeness(*pair) for pair in zip(wanted, window, strict=True)]
    return min(likenesses) if all(likenesses) else 0.0


def _word_likeness(wanted: str, found: str) -> float:
    if wanted == found:
        return 100.0
    return fuzz.ratio(wanted, found, score_cutoff=ALIKE) if len(wanted) > SHORT else 0.0


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", HUMP.sub(" ", text))
    without_accents = "".join(each for each in plain if not unicodedata.combining(each))
    return WORD.findall(without_accents.lower())
