"""Several answers in one message, and those of a CV. All are only suggested."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.applications import (
    CoreRotations,
    English,
    EnglishProof,
    EnglishTest,
    Period,
    School,
    Standing,
    Status,
    Value,
    get_question,
    suggest,
    suggest_from_cv,
)
from tests.unit.applications.outcomes import TODAY

SOON = 2.0
"""Seconds, on a busy machine."""
GRADUATE, STUDENT = Status.GRADUATE, Status.STUDENT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Ali Khan, graduated Dow 2023, want IM or peds, 8 weeks from march, ali@example.org",
            {
                "full_name": "Ali Khan",
                "medical_school": School("Dow", None),
                "standing": Standing(GRADUATE, 2023),
                "specialties": ("Internal Medicine", "Pediatrics"),
                "period": Period(date(2027, 3, 1), 8),
                "email": "ali@example.org",
            },
        ),
        (
            "I'm Maria da Silva. I'm from Brazil. Graduated Universidad de Chile 2022. Cardiology, July, 12 weeks",
            {
                "full_name": "Maria da Silva",
                "citizenship": "BR",
                "medical_school": School("Universidad de Chile", "CL"),
                "standing": Standing(GRADUATE, 2022),
                "specialties": ("Cardiology",),
                "period": Period(date(2027, 7, 5), 12),
            },
        ),
        (
            "I'm Sara O'Neill, Nigerian doctor, completed all core rotations, english medium, surgery please",
            {
                "full_name": "Sara O'Neill",
                "citizenship": "NG",
                "core_rotations": CoreRotations.YES,
                "english": English(EnglishProof.TAUGHT),
                "specialties": ("Surgery",),
            },
        ),
        (
            "im a final year student 2027 at King Edward Medical University, Lahore, Pakistan",
            {
                "medical_school": School("King Edward Medical University, Lahore", "PK"),
                "standing": Standing(STUDENT, 2027),
            },
        ),
        (
            "graduated from Aga Khan University in 2020 and want IM then FM from 5 april 2027 for 2 months",
            {
                "medical_school": School("Aga Khan University", None),
                "standing": Standing(GRADUATE, 2020),
                "specialties": ("Internal Medicine", "Family Medicine"),
                "period": Period(date(2027, 4, 5), 8),
            },
        ),
        (
            "IELTS 7.5. +55 11 91234 5678",
            {"english": English(EnglishProof.TEST, EnglishTest.IELTS, 7.5), "phone": "+5511912345678"},
        ),
        ("im from india", {"citizenship": "IN"}),
        ("hello", {}),
        ("what documents do i need?", {}),
        ("i want 8 weeks", {}),
        ("how much is it for 4 weeks", {}),
        ("😀\x00", {}),
    ],
)
def test_what_a_message_says_is_found(text: str, found: dict[str, Value]) -> None:
    assert suggest(text, TODAY) == found


@pytest.mark.parametrize(
    "piece", ["4 weeks ", "4 weeks, ", "+1 ", "1", "A ", "University ", "a@", "i am from x ", ",", "march 3-"]
)
def test_a_message_made_to_be_slow_is_answered_soon(piece: str) -> None:
    message = (piece * 4096)[:4096]
    begun = time.perf_counter()
    suggest(message, TODAY)
    suggest_from_cv(f"{message}\n" * 12, TODAY)
    assert time.perf_counter() - begun < SOON


def test_specialties_may_come_from_the_language_understanding() -> None:
    assert suggest("i like hearts", TODAY, specialties=["Cardiology"]) == {"specialties": ("Cardiology",)}


@given(text=st.text(max_size=300))
def test_whatever_is_found_can_be_stored_and_shown(text: str) -> None:
    for name, value in suggest(text, TODAY).items():
        question = get_question(name)
        assert question.load(question.store(value)) == value
        assert question.show(value)


AMINAS_CV = """
CURRICULUM VITAE

Dr. Amina Yusuf, MBBS
Lagos, Nigeria | amina.yusuf@example.org | +234 803 123 4567

Summary
Motivated young doctor

EDUCATION
University of Lagos, Nigeria
MBBS, 2015 - 2021
King's College Lagos, 2009 - 2015

EXPERIENCE
House officer, Lagos University Teaching Hospital, 2022 - present
"""


def test_a_cv_suggests_name_contact_school_and_year() -> None:
    assert suggest_from_cv(AMINAS_CV, TODAY) == {
        "full_name": "Amina Yusuf",
        "email": "amina.yusuf@example.org",
        "phone": "+2348031234567",
        "medical_school": School("University of Lagos", "NG"),
        "standing": Standing(GRADUATE, 2021),
    }


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        ("Resume\nName: ALI KHAN\nKarachi", "full_name", "ALI KHAN"),
        ("MBBS, Dow University of Health Sciences (2018-2023)", "standing", Standing(GRADUATE, 2023)),
        ("Medical University of Warsaw, Poland\n2022 - 2028", "standing", Standing(STUDENT, 2028)),
        ("Medical University of Warsaw, Poland\n2022 - present", "standing", None),
        ("Work\nClerk 2019", "standing", None),
        ("\x00\n\n", "full_name", None),
    ],
)
def test_a_cv_in_another_form(lines: str, name: str, value: object) -> None:
    assert suggest_from_cv(lines, TODAY).get(name) == value
