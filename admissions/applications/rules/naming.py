"""Which question a message speaks of: "change my email"."""

import re

SPOKEN_OF = {
    "full_name": r"names?",
    "email": r"e-?mails?|mail",
    "phone": r"phone|mobile|whatsapp|telephone",
    "citizenship": r"citizenship|nationality",
    "medical_school": r"school|university|college",
    "standing": r"graduation|graduated|student|year",
    "core_rotations": r"core",
    "english": r"english|ielts|toefl|oet|duolingo",
    "specialties": r"specialt(?:y|ies)|specialit(?:y|ies)",
    "period": r"dates?|weeks?|period|start|month",
    "career_goals": r"goals?",
    "support": r"support|housing",
    "consent": r"consent",
}


def find_question(text: str) -> str | None:
    """Return the name of the one question that a text speaks of; None when it speaks of none or several."""
    line = text.lower()
    named = [name for name, words in SPOKEN_OF.items() if re.search(rf"\b(?:{words})\b", line)]
    return named[0] if len(named) == 1 else None
