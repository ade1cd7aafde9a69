"""The reference under which an application is known."""

import re
import secrets
from collections.abc import Iterator
from typing import Final

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
"""Nothing that is easily taken for something else: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""

LENGTH = 8
"""23^8 = 78,000 million references, of which we give 67,000 million: not to be guessed."""

HALF: Final = rf"[{ALPHABET}]{{{LENGTH // 2}}}"
WRITTEN: Final = re.compile(rf"(?<!\w)({HALF})[\s-]?({HALF})(?!\w)", re.IGNORECASE)
ANNOUNCED: Final = re.compile(
    r"(?:\bref(?:erence|\.)?|\bnumber|\bno\.?|\bnr\.?|\bcode|\bid|#)(?:\s+(?:number|no\.?|code|is))*\s*[:#=]?\s*$",
    re.IGNORECASE,
)
"""What stands before eight letters that are a reference whatever they look like."""


def new_reference() -> str:
    """Return a new reference: "7K4M-WQ3X"; with a letter and a digit, as no word is that people write."""
    letters = ""
    while not (any(map(str.isalpha, letters)) and any(map(str.isdigit, letters))):
        letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def read_reference(text: str) -> str | None:
    """Find a reference in a text, in small letters too, with or without its hyphen; None if there is none."""
    found = WRITTEN.search(text)
    return _reference(found) if found else None


def references_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the references in a message that nobody was asked to put one in: "next week" and "4937 6497" are none.

    Yields:
        Where each begins and ends, and the reference as we write it.
    """
    for found in WRITTEN.finditer(text):
        if _is_one_by_itself(found) or ANNOUNCED.search(text, 0, found.start()):
            yield *found.span(), _reference(found)


def _is_one_by_itself(found: re.Match[str]) -> bool:
    words = found.group()
    has_letter, has_digit = (any(map(kind, words)) for kind in (str.isalpha, str.isdigit))
    return has_letter and (has_digit or words == _reference(found))


def _reference(found: re.Match[str]) -> str:
    return f"{found[1]}-{found[2]}".upper()
