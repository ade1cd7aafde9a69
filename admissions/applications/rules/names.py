"""Names, as a passport has them: of any script, of one word or many."""

import re
import unicodedata

from admissions.applications.errors import AnswerRequired, AnswerTooLong, NameInvalid, NameProblem
from admissions.applications.rules import text as texts
from admissions.applications.values import Context

LONGEST_NAME = 120
"""Characters; the longest passport name field has 39 a line, spelled-out names have more."""

PUNCTUATION = frozenset(" '`-.,/()\u2019\u2018\u02bb\u02bc\u00b4\u2010\u2011\u00b7\u30fb")
"""Apostrophes, hyphens and middle dots of several scripts among them."""
LEAD_IN = re.compile(
    r"^(?:hi|hello|hey)?[,!\s]*(?:my (?:full )?name(?: is|'s|:)|(?:i am|i'm|(?-i:im)|this is)\s)\s*", re.IGNORECASE
)


INTRODUCED = re.compile(
    r"\b(?i:(?:full |my )?name(?: is|'s|\s*:)|i am|i'm|this is)\s+(?P<name>[^\W\d_][^,;:\n@\d]*)"
    r"|^(?P<first>[^,;\n@\d]+)[,\n]"
)
ENDS = re.compile(
    r"\s+(?:from|and|i|a|an|in|at|with|here|graduated?|student|who|my|want)\b.*|\.\s.*",
    re.IGNORECASE | re.DOTALL,
)
MOST_WORDS = 5
NO_NAMES = """
hi hello hey dear sir madam good morning evening thanks thank please yes no ok i we you the a an to of for in
from want need apply application student graduate doctor medical medicine medicina university college school
institute academy hospital clinic curriculum vitae resume cv profile personal summary objective education
experience contact details address phone email mobile page references skills january february march april may
june july august september october november december
"""
NOT_NAMES = frozenset(NO_NAMES.split())
"""Words that stand in no name; a text with one of them is no name either."""
OF_SENTENCES = """
i am im you me my your it this that the is not dont wont cant want need prefer tell say give skip later name please
why
"""
IN_SENTENCES = frozenset(OF_SENTENCES.split())
"""Words that some names are as well, Im and Say and My; a text with three of them is a sentence."""
MOST_OF_SENTENCES = 2
SMALL_WORDS = "da de del di do dos van von bin bint ibn al el la le y"
PARTICLES = frozenset(SMALL_WORDS.split())


def read_name(text: str, _context: Context) -> str:
    """Read a full name as in the passport.

    Raises:
        NameInvalid: It has digits, symbols, an e-mail address, a question or a sentence, or an odd length.
        AnswerRequired: Nothing was written.
    """
    try:
        line = texts.one_line(text)
    except AnswerTooLong:
        raise NameInvalid(NameProblem.TOO_LONG) from None
    name = LEAD_IN.sub("", line).strip(" ,") or line
    if problem := _problem(name):
        raise NameInvalid(problem)
    return name


def _problem(name: str) -> NameProblem | None:
    if "@" in name:
        return NameProblem.EMAIL
    if texts.is_question(name):
        return NameProblem.QUESTION
    if len(IN_SENTENCES.intersection(texts.plain(name).split())) > MOST_OF_SENTENCES:
        return NameProblem.SENTENCE
    if any(unicodedata.category(character) in {"Nd", "No"} for character in name):
        return NameProblem.DIGITS
    if not all(_may_stand_in_a_name(character) for character in name):
        return NameProblem.SYMBOLS
    if len(name) > LONGEST_NAME:
        return NameProblem.TOO_LONG
    letters = [character for character in name if character.isalpha()]
    if not letters or (
        len(letters) == 1 and letters[0] < "\u0250"
    ):  # one Chinese letter is a name, one of ours is not
        return NameProblem.TOO_SHORT
    return None


def _may_stand_in_a_name(character: str) -> bool:
    return character in PUNCTUATION or character in texts.JOINERS or unicodedata.category(character)[0] in "LM"


def find_name(text: str, context: Context) -> str | None:
    """Return the name with which a message introduces its writer; its words begin with capitals."""
    for found in INTRODUCED.finditer(text):
        words = ENDS.sub("", (found["name"] or found["first"]).strip()).strip(" .")
        if name := as_name(words, context):
            return name
    return None


def as_name(words: str, context: Context) -> str | None:
    """Return words as a name, if they look like one: two to five, with capitals, none of them known to us."""
    parts = words.split()
    if not 1 < len(parts) <= MOST_WORDS or any(part[0].islower() for part in parts if part not in PARTICLES):
        return None
    if not NOT_NAMES.isdisjoint(texts.plain(words).split()):
        return None
    try:
        return read_name(words, context)
    except (NameInvalid, AnswerRequired):
        return None
