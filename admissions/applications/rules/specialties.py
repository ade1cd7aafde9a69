"""Specialties, as applicants write them."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from admissions.applications.errors import AnswerRequired, SpecialtyUnclear, TooManySpecialties
from admissions.applications.rules import text as texts
from admissions.applications.rules.specialty_names import FORMS, SPECIALTIES
from admissions.applications.values import Context

MOST_SPECIALTIES = 3
"""How many one may choose."""
CANDIDATES_AT_MOST = 3

SEPARATORS = re.compile(
    r"[,;/\n+>|&]|\d[.)]|->|\b(?:or|and then|then|and|followed by|first|second|third|1st|2nd|3rd|also"
    r"|maybe|plus)\b",
    re.IGNORECASE,
)
FILLERS = re.compile(
    r"^(?:i |id (?=want|like|prefer)|would |want |wants |like |prefer |to |do |a |an |the |in |my |choice |is "
    r"|please |interested )+"
    r"|\b(?:rotations?|clerkships?|electives?|department|please|pls)\b",
    re.IGNORECASE,
)


LONGEST_SHORT = 4
"""Letters; so short a form may be a word of its own."""
LOOSE = {
    "medicine",
    "family",
    "heart",
    "eye",
    "kidney",
    "cancer",
    "diabetes",
    "internal",
    "emergency",
    "infectious",
}
"""In a message these say nothing by themselves."""
SPELLED_OUT = {form for form in FORMS if len(form) > LONGEST_SHORT and form not in LOOSE} | {"peds", "paeds"}
CUES = "want|prefer|like|choose|interested in|rotation in|rotations in|or|then"
JOINED = {form for form in FORMS if " and " in f" {form} "}


def read_specialties(text: str, _context: Context) -> tuple[str, ...]:
    """Read up to three specialties in the order in which they are preferred (facts G5, G13, W3).

    Raises:
        SpecialtyUnclear: Something is no specialty that HMC names; those alike are proposed.
        TooManySpecialties: There are more than three.
        AnswerRequired: Nothing was written.
    """
    line = " ".join(texts.one_line(line) for line in [text.replace("\n", ", ")])
    parts = [part for part in (texts.plain(part) for part in SEPARATORS.split(_joined(line))) if part]
    named = [_one(part) for part in parts if FILLERS.sub("", f"{part} ").strip()]
    chosen = tuple(dict.fromkeys(named))
    check_specialties(chosen, _context)
    return chosen


def check_specialties(chosen: tuple[str, ...], _context: Context) -> None:
    """Check that one to three known specialties were chosen.

    Raises:
        AnswerRequired: There is none.
        SpecialtyUnclear: One is not known.
        TooManySpecialties: There are more than three.
    """
    if not chosen:
        raise AnswerRequired
    if unknown := [name for name in chosen if name not in SPECIALTIES]:
        raise SpecialtyUnclear(unknown[0])
    if len(set(chosen)) > MOST_SPECIALTIES:
        raise TooManySpecialties(MOST_SPECIALTIES, tuple(dict.fromkeys(chosen))[:MOST_SPECIALTIES])


def find_specialties(text: str) -> tuple[str, ...]:
    """Return the specialties that a message names, in its order; abbreviations only in capitals or after a cue."""
    found: dict[int, str] = {}
    for form, name in sorted(FORMS.items(), key=lambda pair: -len(pair[0])):
        for match in [*re.finditer(_pattern(form), text)]:
            found[match.start("form")] = name
            text = text[: match.start("form")] + " " * len(match["form"]) + text[match.end("form") :]
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))


def _pattern(form: str) -> str:
    words = r"[\s/-]*".join("(?:and|&)" if word == "and" else re.escape(word) for word in form.split())
    if form in SPELLED_OUT:
        return rf"(?i:\b(?P<form>{words})\b)"
    if len(form) <= LONGEST_SHORT and form != "id":
        im_from_india = r"(?!\s+(?i:from|a|an|the|in)\b)" if form == "im" else ""
        return rf"(?:\b(?i:{CUES})\s+|\b(?={words.upper()}\b))(?P<form>(?i:{words}))\b{im_from_india}"
    return rf"(?i:\b(?:{CUES})\s+(?P<form>{words})\b)"


def _joined(line: str) -> str:
    """Hold together the specialties that have an "and" (or its signs) in their name."""
    for form in sorted(JOINED, key=len, reverse=True):
        words = [re.escape(word) if word != "and" else r"(?:and|&|/)" for word in form.split()]
        line = re.sub(r"\b" + r"\s*".join(words) + r"\b", FORMS[form].replace(" ", "_"), line, flags=re.IGNORECASE)
    return re.sub(r"\bob\s*[/&-]\s*gyn", "obgyn", line, flags=re.IGNORECASE)


def _one(part: str) -> str:
    words = " ".join(FILLERS.sub("", f"{part} ").split())
    if words in FORMS:
        return FORMS[words]
    near = process.extract(words, FORMS.keys(), scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=6)
    inside = [
        name for form, name in FORMS.items() if len(form) > MOST_SPECIALTIES and re.search(rf"\b{form}\b", words)
    ]
    candidates = tuple(dict.fromkeys([*inside, *(FORMS[form] for form, _, _ in near)]))
    raise SpecialtyUnclear(words, candidates[:CANDIDATES_AT_MOST])
