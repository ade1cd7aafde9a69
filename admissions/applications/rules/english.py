"""How English is shown."""

import re

from admissions.applications.errors import AnswerUnclear, ScoreMissing, ScoreOutOfRange
from admissions.applications.rules import text as texts
from admissions.applications.rules.background import YEAR, YES
from admissions.applications.values import Context, English, EnglishProof, EnglishTest

SCALES = {
    EnglishTest.IELTS: (0, 9, 0.5),
    EnglishTest.TOEFL: (0, 120, 1),
    EnglishTest.OET: (0, 500, 10),
    EnglishTest.DUOLINGO: (10, 160, 5),
}
"""Lowest and highest score of each test, and the step between two."""

NEW_TOEFL_SCALE = {half / 2 for half in range(2, 13)}
"""TOEFL's scale since January 2026: 1 to 6 in halves."""

TESTS = {
    EnglishTest.IELTS: re.compile(r"\bi\s?e?lts\b"),
    EnglishTest.TOEFL: re.compile(r"\b(?:toefl|tofel|toelf|toffel)\b"),
    EnglishTest.OET: re.compile(r"\boet\b"),
    EnglishTest.DUOLINGO: re.compile(r"\b(?:duolingo|duo lingo|det|duo)\b"),
}
TAUGHT = re.compile(
    r"\b(?:taught|medium|teaching|instruction|studied|native|mother tongue|first language|entirely|curriculum)\b"
    r"|^english$"
)
TAUGHT_IN_ENGLISH = re.compile(
    r"\b(?:taught|studied|instruction|medium)\b.*\benglish\b"
    r"|\benglish[\s-]+(?:medium|taught)\b"
)
NOTHING = re.compile(r"^(?:no|none|not)\b|\b(?:none|not yet|no test|nothing|havent|have not|didnt)\b")


def read_english(text: str, context: Context) -> English:
    """Read how English is shown: taught in it, a test with its score, or nothing yet (fact G16).

    Raises:
        ScoreMissing: A test was named without its score.
        ScoreOutOfRange: The test gives no such score.
        AnswerUnclear: It says none of these.
    """
    line = re.sub(r"(?<=\d),(?=\d)", ".", texts.one_line(text))
    words = texts.plain(line)
    named = next((test for test, pattern in TESTS.items() if pattern.search(words)), None)
    if named:
        english = English(EnglishProof.TEST, named, _score(line, named))
        check_english(english, context)
        return english
    if NOTHING.search(words):
        return English(EnglishProof.NONE)
    if TAUGHT.search(words) or YES.search(words):
        return English(EnglishProof.TAUGHT)
    raise AnswerUnclear


def check_english(english: English, _context: Context) -> None:
    """Check that a test has a score that it gives.

    Raises:
        ScoreMissing: There is none.
        ScoreOutOfRange: The test gives no such score.
    """
    if english.proof is not EnglishProof.TEST or english.test is None:
        return
    low, high, step = SCALES[english.test]
    if english.score is None:
        raise ScoreMissing(english.test, low, high)
    if english.test is EnglishTest.TOEFL and english.score in NEW_TOEFL_SCALE:
        return
    if not low <= english.score <= high or english.score % step:
        raise ScoreOutOfRange(english.test, low, high, step)


def show_english(english: English) -> str:
    """Write how English is shown: "IELTS 7.5"."""
    if english.proof is EnglishProof.TEST:
        return f"{english.test} {english.score:g}"
    return "taught in English" if english.proof is EnglishProof.TAUGHT else "none yet"


def _score(line: str, test: EnglishTest) -> float | None:
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", YEAR.sub(" ", line))]
    low, high, _ = SCALES[test]
    return next((number for number in numbers if low <= number <= high), numbers[0] if numbers else None)
