"""The questions of the application, all in one place.

To add one: an entry in `QUESTIONS` here, its slot in the domain, its words at the doors.
"""

from collections.abc import Container, Mapping
from typing import Any

from pydantic import TypeAdapter

from admissions.applications.errors import UnknownQuestion
from admissions.applications.rules.background import (
    check_standing,
    read_core_rotations,
    read_standing,
    show_standing,
)
from admissions.applications.rules.contacts import read_email, read_phone, show_phone
from admissions.applications.rules.countries import read_country
from admissions.applications.rules.english import check_english, read_english, show_english
from admissions.applications.rules.names import read_name
from admissions.applications.rules.periods import check_period, read_period, show_period
from admissions.applications.rules.question import Question
from admissions.applications.rules.schools import check_school, read_school, show_school
from admissions.applications.rules.specialties import check_specialties, read_specialties
from admissions.applications.rules.wishes import (
    check_support,
    read_consent,
    read_goals,
    read_support,
    show_support,
)
from admissions.applications.values import (
    Consent,
    CoreRotations,
    English,
    Period,
    School,
    Standing,
    Support,
)
from admissions.countries import show_country


def _words(value: str) -> str:
    return value


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)


QUESTIONS: tuple[Question[Any], ...] = (
    Question("full_name", TypeAdapter(str), read_name),
    Question("email", TypeAdapter(str), read_email),
    Question("phone", TypeAdapter(str), read_phone, show_phone),
    Question("citizenship", TypeAdapter(str), read_country, show_country),
    Question("medical_school", TypeAdapter(School), read_school, show_school, check_school),
    Question("standing", TypeAdapter(Standing), read_standing, show_standing, check_standing),
    Question("core_rotations", TypeAdapter(CoreRotations), read_core_rotations, _words),
    Question("english", TypeAdapter(English), read_english, show_english, check_english),
    Question("specialties", TypeAdapter(tuple[str, ...]), read_specialties, _listed, check_specialties),
    Question("period", TypeAdapter(Period), read_period, show_period, check_period),
    Question("career_goals", TypeAdapter(str), read_goals, _words, may_skip=True),
    Question(
        "support", TypeAdapter(tuple[Support, ...]), read_support, show_support, check_support, may_skip=True
    ),
    Question("consent", TypeAdapter(Consent), read_consent, _words),
)
"""All questions, in the order in which they are numbered and reviewed."""

ASKED_FIRST = ("standing", "core_rotations", "english")
"""What decides whether one is eligible is asked before contact data (facts G14-G16)."""

OWN_WORDS = ("full_name", "medical_school")
"""What is answered by a name, so that nearly every text could be an answer, and what asks something is none."""

DECIDES_ON_DOCUMENTS = "english"
"""Whether a proof of English is asked for depends on it (fact G11)."""

BY_NAME: Mapping[str, Question[Any]] = {question.name: question for question in QUESTIONS}

ASKED: tuple[Question[Any], ...] = (
    *(BY_NAME[name] for name in ASKED_FIRST),
    *(question for question in QUESTIONS if question.name not in ASKED_FIRST),
)
"""All questions, in the order in which they are asked."""


def get_question(name: str) -> Question[Any]:
    """Return a question.

    Raises:
        UnknownQuestion: There is none of that name (any more).
    """
    if name not in BY_NAME:
        raise UnknownQuestion
    return BY_NAME[name]


def next_question(answered: Container[str]) -> Question[Any] | None:
    """Return the next question to ask; None when all are answered or skipped."""
    return next((question for question in ASKED if question.name not in answered), None)
