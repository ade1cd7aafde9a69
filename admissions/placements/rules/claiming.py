"""How long a code holds, and how often it may be tried."""

import secrets
from datetime import timedelta
from typing import Final

CODE_HOLDS_FOR: Final = timedelta(minutes=10)
TRIES: Final = 5
"""Wrong codes, by one account or for one reference, until it is locked."""
CODES: Final = 5
"""Codes that may be asked for in the same time."""
LOCKED_FOR: Final = timedelta(hours=24)
DIGITS: Final = 6


def new_code() -> str:
    """Return a new code: "042917"."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def is_code(given: str, code: str | None) -> bool:
    """Tell whether a text has the code in it, and in the same time whether it has or not."""
    digits = "".join(character for character in given if character in "0123456789")
    return secrets.compare_digest(digits, code or "") and bool(code)
