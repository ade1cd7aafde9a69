"""What of a message may be kept."""

import re
from typing import Final

MAILERS: Final = "gmail|googlemail|yahoo|hotmail|outlook|icloud|live"
LETTER: Final = "[34679ACDEFGHJKMNPQRTWXY]"
"""Of which references are made."""
WORD: Final = r"[^\W\d_]+"
NO_NAME: Final = "and|also|but|i|im|am|is|from|of|please|pls|plz|want|need|what|how|can|do|the|a|an|in|my"
"""What goes on with a sentence after a name that is one word long."""
BEFORE_NAME: Final = r"\b(my (?:full )?name is |name: ?|(?:i am|i'm|this is) dr\.? )"
NAME: Final = rf"(?!(?:{NO_NAME})\b){WORD}(?:[ '-](?!(?:{NO_NAME})\b){WORD}(?:[ '-](?-i:[A-Z]){WORD})*)?"
"""A word or two; more if they have capitals."""
LATE_DAY: Final = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]20[1-9]\d|20[1-9]\d[/.-]\d{1,2}[/.-]\d{1,2})(?!\d)"
"""A day on which nobody who applies was born."""
EARLY_YEAR: Final = r"(?:19\d\d|200\d)"

REDACTED: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for instead, pattern in (
        ("[e-mail]", r"[^\s@<>()]+@[^\s@<>()]+\.\w+"),
        ("[e-mail]", rf"[\w.+-]+ ?\(?(?:@|\bat\b)\)? ?(?:{MAILERS})\b(?: ?(?:\.|\bdot\b) ?\w{{2,3}}\b)*"),
        ("[link]", r"(?:https?://|www\.|\b(?:t\.me|wa\.me|linkedin\.com)/)\S+"),
        ("[account]", r"(?<!\w)@\w{4,}"),
        (r"\1[name]", rf"{BEFORE_NAME}{NAME}"),
        ("[reference]", rf"(?<!\w)(?=[\w -]{{0,8}}\d|\w{{4}}-){LETTER}{{4}}[ -]?{LETTER}{{4}}(?!\w)"),
        ("[reference]", r"\bhmc[-\s]?\d[\w-]*\b"),
        ("[birthday]", rf"(?<!\d)\d{{1,2}}[/.-]\d{{1,2}}[/.-]{EARLY_YEAR}(?!\d)"),
        ("[birthday]", rf"(?<!\d){EARLY_YEAR}[/.-]\d{{1,2}}[/.-]\d{{1,2}}(?!\d)"),
        ("[phone]", rf"(?<!\w)(?!{LATE_DAY})\+?\(?\d(?:[\s().-]{{0,2}}\d){{7,14}}(?!\w)"),
        ("[passport]", r"\b(?=[A-Z0-9]*\d{4})[A-Z]{1,3}\d{5,9}[A-Z]?\b"),
        ("[number]", rf"\b(?!{LATE_DAY})\d(?:[ -]?\d){{4,}}\b"),
    )
)
"""What stands in place of what tells who somebody is; what comes first is looked for first."""


def redact(text: str) -> str:
    """Leave addresses, phone and passport numbers, references, birthdays and names that are told out of a text."""
    for pattern, instead in REDACTED:
        text = pattern.sub(instead, text)
    return text
