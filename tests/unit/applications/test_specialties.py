"""Specialties, and what else is wished for."""

import pytest

from admissions import answers
from admissions.applications import (
    SPECIALTIES,
    AnswerRequired,
    AnswerTooLong,
    AnswerUnclear,
    Consent,
    ConsentNeeded,
    SpecialtyUnclear,
    Support,
    TooManySpecialties,
)
from admissions.applications.rules.specialties import read_specialties
from admissions.applications.rules.wishes import read_consent, read_goals, read_support
from admissions.settings import Settings
from tests.unit.applications.outcomes import outcome, refused

IM, PEDS, SURGERY, OBGYN = "Internal Medicine", "Pediatrics", "Surgery", "Obstetrics and Gynecology"


def test_they_are_those_that_the_answers_tell_of() -> None:
    told = answers.read_answers(Settings.model_fields["answers_file"].default).specialties
    assert {name for names in told.values() for name in names} == set(SPECIALTIES)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("IM, peds", (IM, PEDS)),
        ("internal medicine or pediatrics", (IM, PEDS)),
        ("1. Surgery 2. IM 3. peds", (SURGERY, IM, PEDS)),
        ("surgery\nim", (SURGERY, IM)),
        ("ob/gyn", (OBGYN,)),
        ("Obstetrics and Gynecology and surgery", (OBGYN, SURGERY)),
        ("A&E", ("Emergency Medicine",)),
        ("emergency & family medicine", ("Emergency Medicine", "Family Medicine")),
        ("PM&R then psych", ("Physical Medicine and Rehabilitation", "Psychiatry")),
        ("I want cardiology please", ("Cardiology",)),
        ("first choice surgery, second choice IM", (SURGERY, IM)),
        ("surgery, surgery", (SURGERY,)),
        ("id", ("Infectious Disease",)),
        *((name, (name,)) for name in SPECIALTIES),
    ],
)
def test_specialties_are_taken_in_their_order(text: str, chosen: tuple[str, ...]) -> None:
    assert outcome(read_specialties, text) == chosen


def test_more_than_three_are_refused_and_the_first_three_proposed() -> None:
    ten = ", ".join(SPECIALTIES[:10])
    assert outcome(read_specialties, ten) == refused(TooManySpecialties, most=3, first=SPECIALTIES[:3])


@pytest.mark.parametrize(
    ("text", "unclear", "candidates"),
    [
        ("cardiolgy", "cardiolgy", ("Cardiology",)),
        ("surgery, pediatrcs", "pediatrcs", (PEDS,)),
        ("plastic surgery", "plastic surgery", (SURGERY,)),
        ("astrology", "astrology", ()),
        ("everything", "everything", ()),
    ],
)
def test_what_hmc_does_not_name_is_asked(text: str, unclear: str, candidates: tuple[str, ...]) -> None:
    kind, data = outcome(read_specialties, text)
    assert (kind, data["text"]) == (SpecialtyUnclear, unclear)
    assert data["candidates"][: len(candidates)] == candidates


@pytest.mark.parametrize("text", ["", " \x00", ",,,", "please", "😀"])
def test_no_specialty_is_no_answer(text: str) -> None:
    assert outcome(read_specialties, text) == refused(AnswerRequired)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("visa and housing", (Support.VISA_LETTER, Support.HOUSING)),
        ("accommodation, a mentor please", (Support.HOUSING, Support.MENTOR)),
        ("all", tuple(Support)),
        ("nothing", refused(AnswerUnclear)),
        ("🏠", refused(AnswerUnclear)),
    ],
)
def test_support_is_understood(text: str, chosen: object) -> None:
    assert outcome(read_support, text) == chosen


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("yes", Consent.GIVEN),
        ("I agree", Consent.GIVEN),
        ("ok", Consent.GIVEN),
        ("no", refused(ConsentNeeded)),
        ("I do not agree", refused(ConsentNeeded)),
        ("I don't consent", refused(ConsentNeeded)),
        ("maybe", refused(AnswerUnclear)),
    ],
)
def test_consent_is_only_what_clearly_gives_it(text: str, consent: object) -> None:
    assert outcome(read_consent, text) == consent


def test_goals_keep_their_lines_and_have_an_end() -> None:
    assert (
        outcome(read_goals, " To match\x00 in IM. \n\n\n\nTo teach \t later. ")
        == "To match in IM.\n\nTo teach later."
    )
    assert outcome(read_goals, "x" * 2001) == refused(AnswerTooLong, most=2000)
    assert outcome(read_goals, " \n ") == refused(AnswerRequired)
