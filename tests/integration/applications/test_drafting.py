"""Filling an application in: over days, from two phones, back and forth, and nothing is lost."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from admissions import applications
from admissions.applications import (
    AlreadyAnswered,
    AnswerRequired,
    ApplicationAlreadyBegun,
    ApplicationNotFound,
    EmailInvalid,
    NothingToGoBackTo,
    Period,
    PhoneNeedsCountryCode,
    StartTooSoon,
    UnknownQuestion,
)
from admissions.database import Database
from tests.integration.applications.steps import MARCH, WORDS, Applicant


async def test_she_is_asked_one_question_after_the_other(amina: Applicant) -> None:
    await amina.begins()
    asked = []
    while question := (await amina.sees()).question:
        asked.append(question)
        answered = await amina.answers(question)
        assert answered.progress.answered == len(asked)
    assert asked == list(WORDS)
    assert answered.progress.left == 0


async def test_a_week_later_she_goes_on_where_she_was(amina: Applicant) -> None:
    await amina.begins()
    for question in list(WORDS)[:10]:
        await amina.answers(question)
    amina.now += timedelta(days=7)
    now = await amina.sees()
    assert (now.left, now.total, now.question) == (3, 13, "career_goals")


async def test_begun_twice_it_is_one(amina: Applicant) -> None:
    await amina.begins()
    with pytest.raises(ApplicationAlreadyBegun):
        await amina.begins()


async def test_begun_twenty_times_at_once_it_is_one(amina: Applicant) -> None:
    outcomes = await asyncio.gather(*(amina.begins() for _ in range(20)), return_exceptions=True)
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, ApplicationAlreadyBegun) for outcome in outcomes) == 19


async def test_before_she_begins_there_is_nothing(amina: Applicant) -> None:
    assert await amina.does(applications.find_active) is None
    with pytest.raises(ApplicationNotFound):
        await amina.answers("email")


async def test_a_refused_answer_changes_nothing(amina: Applicant) -> None:
    await amina.begins()
    before = await amina.sees()
    with pytest.raises(EmailInvalid) as refused:
        await amina.answers("email", "amina @ example.org")
    assert refused.value.suggestion == "amina@example.org"
    assert await amina.sees() == before


async def test_a_proposed_period_is_taken_only_when_she_taps_it(amina: Applicant) -> None:
    await amina.begins()
    with pytest.raises(StartTooSoon) as refused:
        await amina.answers("period", "4 weeks from 18 january")
    assert await amina.reads("period") is None
    answered = await amina.answers("period", refused.value.proposed)
    assert answered.shown == "4 weeks, Monday 25 January 2027 to Friday 19 February 2027, not flexible"


async def test_her_citizenship_proposes_her_country_code(amina: Applicant) -> None:
    await amina.begins()
    await amina.answers("citizenship")
    with pytest.raises(PhoneNeedsCountryCode) as refused:
        await amina.answers("phone", "0803 123 4567")
    assert refused.value.suggestion == "+2348031234567"


async def test_only_what_may_be_skipped_is_skipped(amina: Applicant) -> None:
    await amina.begins()
    assert (await amina.skips("career_goals")).progress.answered == 1
    with pytest.raises(AnswerRequired):
        await amina.skips("email")


async def test_back_and_back_again(amina: Applicant) -> None:
    await amina.begins()
    with pytest.raises(NothingToGoBackTo):
        await amina.goes_back()
    for question in ("standing", "core_rotations", "english"):
        amina.now += timedelta(minutes=1)
        await amina.answers(question)
    assert await amina.goes_back() == "english"
    assert await amina.goes_back() == "core_rotations"
    corrected = await amina.answers("core_rotations", "partly")
    assert corrected.progress.question == "full_name"
    assert await amina.reads("core_rotations") == "partly"


async def test_change_my_email_goes_there_and_back(amina: Applicant) -> None:
    await amina.begins()
    for question in list(WORDS)[:7]:
        await amina.answers(question)
    assert (await amina.reopens("email")).question == "email"
    corrected = await amina.answers("email", "yusuf@example.org")
    assert corrected.progress.question == "medical_school"
    assert await amina.reads("email") == "yusuf@example.org"


async def test_a_reopened_question_may_stay_as_it_was(amina: Applicant) -> None:
    await amina.begins()
    await amina.answers("standing")
    await amina.reopens("standing")
    assert (await amina.does(applications.keep)).question == "core_rotations"
    assert await amina.reads("standing") == "graduate, graduated in 2021"


async def test_a_question_that_does_not_exist_cannot_be_answered(amina: Applicant) -> None:
    await amina.begins()
    with pytest.raises(UnknownQuestion):
        await amina.answers("shoe_size", "42")


async def test_on_two_phones_the_second_is_told_the_answer(amina: Applicant) -> None:
    await amina.begins()
    await amina.answers("full_name", "Amina Yusuf")
    with pytest.raises(AlreadyAnswered) as refused:
        await amina.answers("full_name", "Amina Y.")
    assert (refused.value.value, refused.value.shown) == ("Amina Yusuf", "Amina Yusuf")


@pytest.mark.parametrize("is_correction", [False, True])
async def test_twenty_answers_to_one_step_at_once_are_one(amina: Applicant, is_correction: bool) -> None:
    await amina.begins()
    if is_correction:
        await amina.answers("email")
        await amina.reopens("email")
    emails = [f"amina{number}@example.org" for number in range(20)]
    outcomes = await asyncio.gather(*(amina.answers("email", email) for email in emails), return_exceptions=True)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, AlreadyAnswered)]
    [answered] = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
    assert len(refusals) == 19
    assert {refusal.value for refusal in refusals} == {answered.value}


async def test_twenty_different_answers_at_once_are_all_kept(amina: Applicant) -> None:
    await amina.begins()
    await asyncio.gather(*(amina.answers(question) for question in WORDS))
    assert (await amina.sees()).left == 0


async def test_values_are_typed_when_they_come_back(amina: Applicant) -> None:
    await amina.begins()
    await amina.answers("period")
    with pytest.raises(AlreadyAnswered) as refused:
        await amina.answers("period")
    assert refused.value.value == Period(MARCH, 8)


async def test_an_answer_to_a_question_that_is_gone_is_left_alone(amina: Applicant, database: Database) -> None:
    await amina.begins()
    await amina.answers("email")
    async with database.transaction() as session:
        await session.execute(text("UPDATE application_answers SET question = 'shoe_size'"))
    assert (await amina.sees()).answered == 0


async def test_other_programs_read_the_status_by_its_value(amina: Applicant, database: Database) -> None:
    await amina.begins()
    async with database.reading() as session:
        assert await session.scalar(text("SELECT status FROM applications")) == "draft"


async def test_an_answer_that_was_skipped_may_be_given_after_all(amina: Applicant) -> None:
    await amina.begins()
    await amina.skips("career_goals")
    with pytest.raises(AlreadyAnswered) as refused:
        await amina.answers("career_goals")
    assert refused.value.shown is None
    await amina.reopens("career_goals")
    await amina.answers("career_goals")
    assert await amina.reads("career_goals") == "To match in IM."
