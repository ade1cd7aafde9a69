"""How English is shown."""

import re
from collections.abc import Mapping

from admissions.applications.errors import AnswerUnclear, ScoreMissing, ScoreOutOfRange, TestNotListed
from admissions.applications.rules import text as texts
from admissions.applications.rules.background import YEAR, YES
from admissions.applications.values import Context, English, EnglishProof, EnglishTest, Scale

SCALES: Mapping[EnglishTest, tuple[Scale, ...]] = {
    EnglishTest.IELTS: (Scale(0, 9, 0.5),),
    # the second one since January 2026; reports give both until 2028
    EnglishTest.TOEFL: (Scale(0, 120, 1), Scale(1, 6, 0.5)),
    EnglishTest.OET: (Scale(0, 500, 10),),
    EnglishTest.DUOLINGO: (Scale(10, 160, 5),),
}
"""The scales of each test's overall score."""

GRADES: Mapping[EnglishTest, tuple[str, ...]] = {EnglishTest.OET: ("A", "B", "C+", "C", "D", "E")}
"""The grades, best first, of a test that gives them beside its scores."""

TESTS = {
    EnglishTest.IELTS: re.compile(r"\bi\s?e?lts\b"),
    EnglishTest.TOEFL: re.compile(r"\b(?:toefl|tofel|toelf|toffel)\b"),
    EnglishTest.OET: re.compile(r"\boet\b"),
    EnglishTest.DUOLINGO: re.compile(r"\b(?:duolingo|duo lingo|det|duo)\b"),
}
OTHER_TEST = re.compile(
    r"\b(?:pte|pearson|cambridge|cae|cpe|toeic|languagecert|aptis|celpip|melab|versant|eiken)\b"
)
SECTION = re.compile(r"\b(?:l|r|w|s|listening|reading|writing|speaking)\s*[:=-]?\s*\d+(?:\.\d+)?", re.IGNORECASE)
OVERALL = re.compile(
    r"\b(?:overall|total|average)\D{0,20}?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*(?:overall|total|average)\b",
    re.IGNORECASE,
)
GRADE = re.compile(r"(?<![\w'\u2019])[A-E]\+?(?![\w+'\u2019])", re.IGNORECASE)
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
    """Read how English is shown: taught in it, a test with its score or grade, or nothing yet (fact G16).

    Raises:
        ScoreMissing: A test was named without its overall score.
        ScoreOutOfRange: The test gives no such score.
        TestNotListed: It is a test whose score is not asked here.
        AnswerUnclear: It says none of these.
    """
    line = re.sub(r"(?<=\d),(?=\d)", ".", texts.one_line(text))
    words = texts.plain(line)
    named = next((test for test, pattern in TESTS.items() if pattern.search(words)), None)
    english = _with_test(line, named) if named else None
    if english and (english.score is not None or english.grade or not NOTHING.search(words)):
        check_english(english, context)
        return english
    if NOTHING.search(words):
        return English(EnglishProof.NONE)
    if OTHER_TEST.search(words) and not TAUGHT_IN_ENGLISH.search(words):
        raise TestNotListed
    if TAUGHT.search(words) or YES.search(words):
        return English(EnglishProof.TAUGHT)
    raise AnswerUnclear


def check_english(english: English, _context: Context) -> None:
    """Check that a test has a score or a grade that it gives.

    Raises:
        ScoreMissing: There is none.
        ScoreOutOfRange: The test gives no such score.
    """
    if english.proof is not EnglishProof.TEST or english.test is None:
        return
    scales, grades = SCALES[english.test], GRADES.get(english.test, ())
    if english.grade and set(english.grade.split()) <= set(grades):
        return
    if english.score is None:
        raise ScoreMissing(english.test, scales, grades)
    if not any(scale.has(english.score) for scale in scales):
        raise ScoreOutOfRange(english.test, scales, grades)


def show_english(english: English) -> str:
    """Write how English is shown: "IELTS 7.5", "OET B"."""
    if english.proof is EnglishProof.TEST:
        return f"{english.test} {english.grade or format(english.score, 'g')}"
    return "taught in English" if english.proof is EnglishProof.TAUGHT else "none yet"


def _with_test(line: str, test: EnglishTest) -> English:
    score = _score(line, test)
    return English(EnglishProof.TEST, test, score, _grade(line, test) if score is None else None)


def _score(line: str, test: EnglishTest) -> float | None:
    """Return the overall score: the number called so, else the first that could be one and is no section's."""
    if overall := OVERALL.search(line):
        return float(overall[1] or overall[2])
    whole = SECTION.sub(" ", YEAR.sub(" ", line))
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", whole)]
    lowest, highest = min(scale.low for scale in SCALES[test]), max(scale.high for scale in SCALES[test])
    return next((number for number in numbers if lowest <= number <= highest), numbers[0] if numbers else None)


def _grade(line: str, test: EnglishTest) -> str | None:
    """Return the grade, or one for each part of the test where they differ: "B B C+ B"."""
    if test not in GRADES:
        return None
    found = GRADE.findall(line)
    grades = [grade.upper() for grade in found if grade != "a"] or [grade.upper() for grade in found]
    return " ".join(grades if len(set(grades)) > 1 else grades[:1]) or None
