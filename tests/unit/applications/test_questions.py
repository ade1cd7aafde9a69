"""The questions: one list, asked in order, stored and shown without loss."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.applications import (
    ASKED,
    QUESTIONS,
    AnswerOutdated,
    AnswerRefused,
    AnswerRequired,
    AnswerUnclear,
    Consent,
    Context,
    CoreRotations,
    English,
    EnglishProof,
    EnglishTest,
    Period,
    School,
    SchoolNeedsCountry,
    ScoreMissing,
    SpecialtyUnclear,
    Standing,
    StartMissing,
    StartNotMonday,
    StartTooVague,
    Status,
    StatusMissing,
    Support,
    UnknownQuestion,
    Value,
    WeeksMissing,
    YearImplausible,
    YearMissing,
    get_question,
    next_question,
    show,
)
from admissions.applications.rules.progress import check_current, missing_answers, progress_of, review_of
from tests.unit.applications.outcomes import IN_PAKISTAN

ANSWERS: dict[str, Value] = {
    "full_name": "Amina Yusuf",
    "email": "amina@example.org",
    "phone": "+2348031234567",
    "citizenship": "NG",
    "medical_school": School("University of Lagos", "NG"),
    "standing": Standing(Status.GRADUATE, 2021),
    "core_rotations": CoreRotations.YES,
    "english": English(EnglishProof.TEST, EnglishTest.IELTS, 7.5),
    "specialties": ("Internal Medicine", "Pediatrics"),
    "period": Period(date(2027, 3, 1), 8, flexible=True),
    "career_goals": "To match in Internal Medicine.\n\nTo teach.",
    "support": (Support.VISA_LETTER, Support.MENTOR),
    "consent": Consent.GIVEN,
}
SHOWN = {
    "full_name": "Amina Yusuf",
    "email": "amina@example.org",
    "phone": "+234 803 123 4567",
    "citizenship": "Nigeria",
    "medical_school": "University of Lagos, Nigeria",
    "standing": "graduate, graduated in 2021",
    "core_rotations": "yes",
    "english": "IELTS 7.5",
    "specialties": "Internal Medicine, Pediatrics",
    "period": "8 weeks, Monday 1 March 2027 to Friday 23 April 2027, flexible",
    "career_goals": "To match in Internal Medicine.\n\nTo teach.",
    "support": "visa letter, mentor",
    "consent": "given",
}
NAMES = [question.name for question in QUESTIONS]


def test_there_are_thirteen_in_their_order() -> None:
    assert list(ANSWERS) == NAMES


def test_what_decides_eligibility_is_asked_before_contact_data() -> None:
    asked = [question.name for question in ASKED]
    assert asked[:4] == ["standing", "core_rotations", "english", "full_name"]
    assert sorted(asked) == sorted(NAMES)


def test_they_are_asked_one_after_the_other_until_none_is_left() -> None:
    answered: set[str] = set()
    while question := next_question(answered):
        answered.add(question.name)
    assert answered == set(NAMES)


def test_two_may_be_skipped() -> None:
    assert [question.name for question in QUESTIONS if question.may_skip] == ["career_goals", "support"]


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_stored_as_json_and_comes_back_the_same(name: str) -> None:
    question = get_question(name)
    stored = json.loads(json.dumps(question.store(ANSWERS[name])))
    assert question.load(stored) == ANSWERS[name]


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_shown_in_plain_words_that_are_understood_again(name: str) -> None:
    assert show(name, ANSWERS[name]) == SHOWN[name]
    assert get_question(name).read(SHOWN[name], IN_PAKISTAN) == ANSWERS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_tapped_value_is_checked_and_accepted(name: str) -> None:
    question = get_question(name)
    assert question.accept(ANSWERS[name], IN_PAKISTAN) == ANSWERS[name]
    assert question.accept(question.store(ANSWERS[name]), IN_PAKISTAN) == ANSWERS[name]


@pytest.mark.parametrize(
    ("name", "tapped", "refusal"),
    [
        ("period", Period(date(2027, 3, 2), 4), StartNotMonday),
        ("standing", {"status": "student", "graduation_year": 1990}, YearImplausible),
        ("medical_school", School("Dow", None), SchoolNeedsCountry),
        ("specialties", ["Astrology"], SpecialtyUnclear),
        ("specialties", [], AnswerRequired),
        ("support", ["a yacht"], AnswerUnclear),
        ("support", [], AnswerUnclear),
        ("period", {"start": "soon"}, AnswerUnclear),
        ("period", 7, AnswerUnclear),
        ("full_name", None, AnswerRequired),
        ("full_name", ["a"], AnswerUnclear),
    ],
)
def test_a_forged_value_is_refused(name: str, tapped: object, refusal: type[AnswerRefused]) -> None:
    with pytest.raises(refusal):
        get_question(name).accept(tapped, IN_PAKISTAN)


@given(name=st.sampled_from(NAMES), text=st.text(max_size=60))
def test_any_text_is_understood_or_refused(name: str, text: str) -> None:
    question = get_question(name)
    try:
        value: Any = question.read(text, IN_PAKISTAN)
    except AnswerRefused:
        return
    assert question.load(question.store(value)) == value
    assert question.show(value)


@pytest.mark.parametrize(
    ("name", "first", "refusal", "rest", "value"),
    [
        ("standing", "graduate", YearMissing, "2021", Standing(Status.GRADUATE, 2021)),
        ("standing", "2026", StatusMissing, "graduate", Standing(Status.GRADUATE, 2026)),
        ("english", "IELTS", ScoreMissing, "7.5", English(EnglishProof.TEST, EnglishTest.IELTS, 7.5)),
        ("medical_school", "Dow", SchoolNeedsCountry, "pakistan", School("Dow", "PK")),
        ("period", "from march", WeeksMissing, "8 weeks", Period(date(2027, 3, 1), 8)),
        ("period", "8 weeks", StartMissing, "from march", Period(date(2027, 3, 1), 8)),
        ("period", "8 weeks next year", StartTooVague, "march", Period(date(2027, 3, 1), 8)),
    ],
)
def test_an_answer_in_two_parts_is_whole_when_they_are_joined(
    name: str, first: str, refusal: type[AnswerRefused], rest: str, value: object
) -> None:
    question = get_question(name)
    with pytest.raises(refusal):
        question.read(first, IN_PAKISTAN)
    assert question.read(f"{first}, {rest}", IN_PAKISTAN) == value


def test_a_question_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownQuestion):
        get_question("shoe_size")


def test_progress_counts_what_is_answered_or_skipped() -> None:
    some: dict[str, Value | None] = {"standing": ANSWERS["standing"], "career_goals": None}
    now = progress_of(some)
    assert (now.answered, now.left, now.total, now.question) == (2, 11, 13, "core_rotations")
    assert progress_of(some, reopened="standing").question == "standing"
    assert progress_of(ANSWERS).question is None


def test_what_is_missing_leaves_out_what_may_be_skipped() -> None:
    assert missing_answers({}) == tuple(q.name for q in ASKED if not q.may_skip)
    assert missing_answers({**ANSWERS, "support": None}) == ()


def test_the_review_has_every_question_under_its_number() -> None:
    lines = review_of({**ANSWERS, "support": None})
    assert [line.number for line in lines] == list(range(1, 14))
    assert [line.question for line in lines] == NAMES
    assert lines[5].shown == "graduate, graduated in 2021"
    assert (lines[11].shown, lines[11].is_answered) == (None, True)


def test_a_start_that_has_become_too_soon_is_found() -> None:
    check_current(ANSWERS, IN_PAKISTAN)
    with pytest.raises(AnswerOutdated) as outdated:
        check_current(ANSWERS, Context(date(2027, 2, 1)))
    assert outdated.value.question == "period"


def test_no_refusal_has_an_answer_in_its_text() -> None:
    with pytest.raises(SchoolNeedsCountry) as refused:
        get_question("medical_school").read("Dow", IN_PAKISTAN)
    assert refused.value.name == "Dow"
    assert "Dow" not in f"{refused.value}{refused.value!r}"
