"""Standing, core rotations, English; and what follows from them."""

import pytest

from admissions.applications import (
    SCALES,
    AnswerUnclear,
    CoreRotations,
    Eligible,
    English,
    EnglishProof,
    EnglishTest,
    NotYetEligible,
    Requirement,
    ScoreMissing,
    ScoreOutOfRange,
    Standing,
    Status,
    StatusMissing,
    TestNotListed,
    YearImplausible,
    YearMissing,
    decide_eligibility,
    eligibility,
)
from admissions.applications.rules.background import read_core_rotations, read_standing
from admissions.applications.rules.english import read_english
from tests.unit.applications.outcomes import outcome, refused

STUDENT, GRADUATE = Status.STUDENT, Status.GRADUATE
IELTS, TOEFL, OET, DUOLINGO = EnglishTest
GRADES = ("A", "B", "C+", "C", "D", "E")


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("graduate 2023", Standing(GRADUATE, 2023)),
        ("I graduated from Dow in 2019", Standing(GRADUATE, 2019)),
        ("MBBS 2021", Standing(GRADUATE, 2021)),
        ("2023", Standing(GRADUATE, 2023)),
        ("graduated this year, 2026", Standing(GRADUATE, 2026)),
        ("student, 2027", Standing(STUDENT, 2027)),
        ("final year, expected graduation 2028", Standing(STUDENT, 2028)),
        ("not graduated yet, 2027", Standing(STUDENT, 2027)),
        ("student since 2021, graduating 2027", Standing(STUDENT, 2027)),
        ("2029", Standing(STUDENT, 2029)),
    ],
)
def test_standing_is_understood(text: str, standing: Standing) -> None:
    assert outcome(read_standing, text) == standing


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("graduate", refused(YearMissing, status=GRADUATE)),
        ("final year student", refused(YearMissing, status=STUDENT)),
        ("2026", refused(StatusMissing, year=2026)),
        ("graduated in 2030", refused(YearImplausible, status=GRADUATE, earliest=1960, latest=2026)),
        ("graduate 1900", refused(YearImplausible, status=GRADUATE, earliest=1960, latest=2026)),
        ("student 2019", refused(YearImplausible, status=STUDENT, earliest=2026, latest=2034)),
        ("student 2099", refused(YearImplausible, status=STUDENT, earliest=2026, latest=2034)),
        ("neither", refused(AnswerUnclear)),
        ("😀", refused(AnswerUnclear)),
    ],
)
def test_an_odd_standing_is_refused(text: str, refusal: object) -> None:
    assert outcome(read_standing, text) == refusal


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("yes", CoreRotations.YES),
        ("Yes, completed", CoreRotations.YES),
        ("all done", CoreRotations.YES),
        ("partly", CoreRotations.PARTLY),
        ("not all of them", CoreRotations.PARTLY),
        ("still doing surgery", CoreRotations.PARTLY),
        ("no", CoreRotations.NO),
        ("not yet", CoreRotations.NO),
        ("I haven't", CoreRotations.NO),
        ("hmm", refused(AnswerUnclear)),
        ("👍", refused(AnswerUnclear)),
    ],
)
def test_core_rotations_are_understood(text: str, core: object) -> None:
    assert outcome(read_core_rotations, text) == core


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("taught in English", English(EnglishProof.TAUGHT)),
        ("english medium of instruction", English(EnglishProof.TAUGHT)),
        ("native speaker", English(EnglishProof.TAUGHT)),
        ("none yet", English(EnglishProof.NONE)),
        ("I have not taken any", English(EnglishProof.NONE)),
        ("IELTS 7.5", English(EnglishProof.TEST, IELTS, 7.5)),
        ("ielts 7,5", English(EnglishProof.TEST, IELTS, 7.5)),
        ("IELTS 7 in 2024", English(EnglishProof.TEST, IELTS, 7)),
        ("TOEFL iBT 105", English(EnglishProof.TEST, TOEFL, 105)),
        ("TOEFL 4.5", English(EnglishProof.TEST, TOEFL, 4.5)),
        ("OET 350", English(EnglishProof.TEST, OET, 350)),
        ("det 120", English(EnglishProof.TEST, DUOLINGO, 120)),
        ("IELTS overall 7.5 (L8 R7 W7 S7.5)", English(EnglishProof.TEST, IELTS, 7.5)),
        ("IELTS L8 R7 W7 S7.5, overall 7.5", English(EnglishProof.TEST, IELTS, 7.5)),
        ("ielts listening 8 reading 7 writing 7 speaking 7, 7.5 overall", English(EnglishProof.TEST, IELTS, 7.5)),
        ("toefl 5.5", English(EnglishProof.TEST, TOEFL, 5.5)),
        ("TOEFL iBT 102 (2025)", English(EnglishProof.TEST, TOEFL, 102)),
        ("duolingo 125", English(EnglishProof.TEST, DUOLINGO, 125)),
        ("OET grade B", English(EnglishProof.TEST, OET, grade="B")),
        ("oet b in all", English(EnglishProof.TEST, OET, grade="B")),
        ("I got a B in OET", English(EnglishProof.TEST, OET, grade="B")),
        ("OET: c+", English(EnglishProof.TEST, OET, grade="C+")),
        ("OET B B B B", English(EnglishProof.TEST, OET, grade="B")),
        ("OET A B C+ B", English(EnglishProof.TEST, OET, grade="A B C+ B")),
        ("oet a", English(EnglishProof.TEST, OET, grade="A")),
        ("OET 350 (B)", English(EnglishProof.TEST, OET, 350)),
        ("ielts", refused(ScoreMissing, test=IELTS, scales=SCALES[IELTS], grades=())),
        ("ielts L8 R7 W7 S7.5", refused(ScoreMissing, test=IELTS, scales=SCALES[IELTS], grades=())),
        ("ielts grade b", refused(ScoreMissing, test=IELTS, scales=SCALES[IELTS], grades=())),
        ("oet", refused(ScoreMissing, test=OET, scales=SCALES[OET], grades=GRADES)),
        ("oet grade F", refused(ScoreMissing, test=OET, scales=SCALES[OET], grades=GRADES)),
        ("ielts 12", refused(ScoreOutOfRange, test=IELTS, scales=SCALES[IELTS], grades=())),
        ("ielts 7.3", refused(ScoreOutOfRange, test=IELTS, scales=SCALES[IELTS], grades=())),
        ("ielts -1", refused(ScoreOutOfRange, test=IELTS, scales=SCALES[IELTS], grades=())),
        ("toefl 121", refused(ScoreOutOfRange, test=TOEFL, scales=SCALES[TOEFL], grades=())),
        ("toefl 6.5", refused(ScoreOutOfRange, test=TOEFL, scales=SCALES[TOEFL], grades=())),
        ("oet 501", refused(ScoreOutOfRange, test=OET, scales=SCALES[OET], grades=GRADES)),
        ("duolingo 5", refused(ScoreOutOfRange, test=DUOLINGO, scales=SCALES[DUOLINGO], grades=())),
        ("I have not taken IELTS yet", English(EnglishProof.NONE)),
        ("taught in English at a Cambridge school", English(EnglishProof.TAUGHT)),
        ("PTE 70", refused(TestNotListed)),
        ("I have PTE", refused(TestNotListed)),
        ("Cambridge C1 Advanced", refused(TestNotListed)),
        ("😀", refused(AnswerUnclear)),
        ("maybe", refused(AnswerUnclear)),
    ],
)
def test_english_is_understood(text: str, english: object) -> None:
    assert outcome(read_english, text) == english


TAUGHT, NOTHING_YET = English(EnglishProof.TAUGHT), English(EnglishProof.NONE)


@pytest.mark.parametrize("standing", [Standing(STUDENT, 2027), Standing(GRADUATE, 2020)])
@pytest.mark.parametrize(
    ("core", "english", "decision"),
    [
        (CoreRotations.YES, TAUGHT, Eligible()),
        (CoreRotations.YES, English(EnglishProof.TEST, IELTS, 5), Eligible()),
        (CoreRotations.PARTLY, TAUGHT, NotYetEligible((Requirement.CORE_ROTATIONS,))),
        (CoreRotations.YES, NOTHING_YET, NotYetEligible((Requirement.ENGLISH,))),
        (CoreRotations.NO, NOTHING_YET, NotYetEligible((Requirement.CORE_ROTATIONS, Requirement.ENGLISH))),
    ],
)
def test_who_may_come(standing: Standing, core: CoreRotations, english: English, decision: object) -> None:
    assert decide_eligibility(standing, core, english) == decision


def test_while_one_of_three_answers_is_missing_nothing_is_decided() -> None:
    assert eligibility({"standing": Standing(GRADUATE, 2020), "core_rotations": CoreRotations.NO}) is None
