"""The reference under which an application is known."""

import re
import secrets

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
"""Nothing that is easily taken for something else: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""

LENGTH = 8
"""23^8 = 78,000 million references: not to be guessed."""


def new_reference() -> str:
    """Return a new reference: "7K4M-WQ3X"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def read_reference(text: str) -> str | None:
    """Find a reference in a text, in small letters too, with or without its hyphen; None if there is none."""
    half = rf"[{ALPHABET}]{{{LENGTH // 2}}}"
    found = re.search(rf"(?<!\w)({half})[\s-]?({half})(?!\w)", text.upper())
    return f"{found[1]}-{found[2]}" if found else None
