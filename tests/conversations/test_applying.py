"""The application: asked step by step, interrupted, corrected, set aside and resumed, submitted, withdrawn."""

import asyncio
import sqlite3
from contextlib import closing
from itertools import pairwise

import httpx
import pytest

from admissions import tracing
from bot import texts
from tests.assistant import Assistant
from tests.personas import Bubble, Person

ANSWERS = (
    ("standing", "graduated 2023"),
    ("core_rotations", "yes"),
    ("english", "IELTS 7.5"),
    ("full_name", "Amina Yusuf"),
    ("email", "amina@example.org"),
    ("phone", "+234 803 123 4567"),
    ("citizenship", "Nigeria"),
    ("medical_school", "University of Lagos College of Medicine, Nigeria"),
    ("specialties", "IM or peds"),
    ("period", "8 weeks from 5 April 2027, flexible"),
    ("career_goals", "I want to become an internist"),
    ("support", "housing and visa letter"),
    ("consent", "I agree"),
)
NAMES = [name for name, _ in ANSWERS]


async def at_step(applicant: Person, name: str) -> Bubble:
    """Answer until a question is asked, and return that question."""
    asked = await applicant.says("/apply")
    for _, words in ANSWERS[: NAMES.index(name)]:
        asked = await applicant.says(words)
    assert texts.QUESTIONS[name].ask in asked.text
    return asked


async def reviewed(applicant: Person) -> Bubble:
    await at_step(applicant, "consent")
    return await applicant.says("I agree")


async def test_the_whole_application_in_one_go(amina: Person) -> None:
    consent = await at_step(amina, "consent")
    assert consent.text.startswith("Step 13 of 13")
    review = await amina.taps("I agree", consent)
    for words in ("Amina Yusuf", "amina@example.org", "Internal Medicine, Pediatrics", "2023", "IELTS"):
        assert words in review.text
    submitted = await amina.taps(texts.SUBMIT, review)
    assert "Your reference is" in submitted.text
    assert (await amina.hears()).text == texts.SUMMARY


@pytest.mark.parametrize("name", NAMES)
async def test_at_every_step_a_question_is_answered_and_the_step_asked_again(amina: Person, name: str) -> None:
    await at_step(amina, name)
    await amina.send("do you help me with visa papers?")
    answer, asked = await amina.hears_all(2)
    assert answer.text.startswith("Do you help with the visa?")
    assert texts.QUESTIONS[name].ask in asked.text


async def test_a_question_typed_as_the_name_is_answered_and_not_stored(amina: Person) -> None:
    await at_step(amina, "full_name")
    await amina.send("what documents do i need?")
    answer, asked = await amina.hears_all(2)
    assert answer.text.startswith("Which documents do I need?")
    assert texts.QUESTIONS["full_name"].ask in asked.text


@pytest.mark.parametrize(
    "goal", ["internist", "to match into a US residency", "letters of recommendation and hands-on experience"]
)
async def test_a_goal_that_names_what_one_could_ask_about_is_an_answer(amina: Person, goal: str) -> None:
    await at_step(amina, "career_goals")
    assert texts.QUESTIONS["support"].ask in (await amina.says(goal)).text


async def test_back_asks_the_question_before(amina: Person) -> None:
    await at_step(amina, "phone")
    assert texts.QUESTIONS["email"].ask in (await amina.says("/back")).text
    assert texts.QUESTIONS["phone"].ask in (await amina.says("amina.yusuf@example.org")).text


@pytest.mark.parametrize(("before", "name"), pairwise(NAMES))
async def test_back_works_at_every_step(amina: Person, before: str, name: str) -> None:
    await at_step(amina, name)
    assert texts.QUESTIONS[before].ask in (await amina.says("/back")).text
    assert texts.QUESTIONS[name].ask in (await amina.says(dict(ANSWERS)[before])).text


@pytest.mark.parametrize("name", NAMES)
async def test_every_answer_can_be_changed_from_the_review(amina: Person, name: str) -> None:
    review = await reviewed(amina)
    [button] = [title for title in review.buttons if title.endswith(f". {texts.QUESTIONS[name].name}")]
    assert texts.QUESTIONS[name].ask in (await amina.taps(button, review)).text
    assert texts.SUBMIT in (await amina.says(dict(ANSWERS)[name])).buttons


async def test_an_option_of_a_question_that_is_answered_says_so(amina: Person) -> None:
    """Two devices show the same question; the second is told that it is answered."""
    core = await at_step(amina, "core_rotations")
    await amina.says("yes")
    told = await amina.taps("Partly", core)
    assert "already" in told.text
    assert texts.QUESTIONS["full_name"].ask in (await amina.says("taught in english")).text


async def test_set_aside_and_resumed(amina: Person) -> None:
    await at_step(amina, "phone")
    paused = await amina.says("/cancel")
    assert "Everything is saved" in paused.text
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")
    await amina.tap("Continue my application", paused)
    welcome, asked = await amina.hears_all(2)
    assert welcome.text == "Welcome back! 8 of 13 questions are left."
    assert texts.QUESTIONS["phone"].ask in asked.text


async def test_when_rasa_forgot_the_conversation_the_answer_still_counts(
    assistant: Assistant, amina: Person
) -> None:
    """A session of Rasa's ends after an hour and takes its form along; the database does not forget."""
    await at_step(amina, "phone")
    with closing(sqlite3.connect(assistant.folder / "conversations.db", timeout=10)) as conversations:
        conversations.execute("DELETE FROM events WHERE sender_id = ?", (str(amina.id),))
        conversations.commit()
    assert texts.QUESTIONS["citizenship"].ask in (await amina.says("+234 803 123 4567")).text


async def test_several_answers_at_once_are_shown_and_taken_only_when_confirmed(amina: Person) -> None:
    await at_step(amina, "full_name")
    await amina.send("Ali Khan, ali@example.org, +92 301 2345678, want IM or peds")
    found, asked = await amina.hears_all(2)
    assert found.text.startswith(texts.FOUND)
    assert "ali@example.org" in found.text
    assert texts.QUESTIONS["full_name"].ask in asked.text
    asked = await amina.taps(texts.TAKE_ALL, found)
    assert texts.QUESTIONS["citizenship"].ask in asked.text


async def test_suggestions_that_are_not_wanted_are_dropped(amina: Person) -> None:
    await at_step(amina, "full_name")
    await amina.send("Ali Khan, ali@example.org, +92 301 2345678, want IM or peds")
    found, _ = await amina.hears_all(2)
    assert texts.QUESTIONS["full_name"].ask in (await amina.taps(texts.TAKE_NONE, found)).text
    assert texts.QUESTIONS["email"].ask in (await amina.says("Amina Yusuf")).text


async def test_a_wrong_answer_is_explained_and_asked_again_then_it_is_said_why(amina: Person) -> None:
    await at_step(amina, "email")
    await amina.send("amina at example")
    refused, asked = await amina.hears_all(2)
    assert "example" in refused.text
    assert texts.QUESTIONS["email"].ask in asked.text
    await amina.send("no idea")
    _, why, asked = await amina.hears_all(3)
    assert why.text == texts.QUESTIONS["email"].why
    assert texts.PERSON in why.buttons
    assert texts.QUESTIONS["phone"].ask in (await amina.says("amina@example.org")).text


async def test_a_misspelled_country_is_offered_and_tapped(amina: Person) -> None:
    await at_step(amina, "citizenship")
    await amina.send("Pakstan")
    refused, _ = await amina.hears_all(2)
    assert "Pakistan" in refused.buttons
    assert texts.QUESTIONS["medical_school"].ask in (await amina.taps("Pakistan", refused)).text


async def test_a_start_too_soon_is_explained_and_a_right_one_proposed(amina: Person) -> None:
    await at_step(amina, "period")
    await amina.send("4 weeks from tomorrow")
    refused, _ = await amina.hears_all(2)
    assert "2 months" in refused.text
    [proposed] = refused.buttons
    assert texts.QUESTIONS["career_goals"].ask in (await amina.taps(proposed, refused)).text


async def test_too_many_specialties_are_an_answer_not_a_question(amina: Person) -> None:
    await at_step(amina, "specialties")
    await amina.send("surgery, psych, IM, peds, obgyn")
    refused, _ = await amina.hears_all(2)
    assert "at most 3" in refused.text
    assert texts.QUESTIONS["period"].ask in (await amina.taps(refused.buttons[0], refused)).text


async def test_a_period_that_is_too_vague_is_an_answer_not_a_question(amina: Person) -> None:
    await at_step(amina, "period")
    await amina.send("8 weeks next year")
    refused, _ = await amina.hears_all(2)
    assert "In which month" in refused.text
    await amina.send("how many weeks is a rotation?")
    answer, _ = await amina.hears_all(2)
    assert answer.text.startswith("How long is a rotation")


async def test_not_yet_eligible_is_no_refusal_to_talk(amina: Person) -> None:
    await amina.says("/apply")
    await amina.says("student 2028")
    await amina.says("partly")
    await amina.send("none yet")
    core, english, asked = await amina.hears_all(3)
    assert "core clinical rotations" in core.text
    assert "English" in english.text
    assert texts.PERSON in english.buttons
    assert texts.QUESTIONS["full_name"].ask in asked.text


async def test_standing_core_and_english_take_taps(amina: Person) -> None:
    standing = await amina.says("/apply")
    await amina.tap("I have graduated", standing)
    years = await amina.sees(standing.number, lambda bubble: "2024" in bubble.buttons)
    core = await amina.taps("2024", years)
    english = await amina.taps("Yes, all", core)
    name = await amina.taps("I was taught in English", english)
    assert texts.QUESTIONS["full_name"].ask in name.text


async def test_specialties_are_marked_in_order_in_place(amina: Person) -> None:
    asked = await at_step(amina, "specialties")
    await amina.tap("Psychiatry", asked)
    marked = await amina.sees(asked.number, lambda bubble: "✓ 1. Psychiatry" in bubble.buttons)
    await amina.tap("Surgery", marked)
    marked = await amina.sees(asked.number, lambda bubble: "✓ 2. Surgery" in bubble.buttons)
    await amina.tap("✓ 1. Psychiatry", marked)
    marked = await amina.sees(asked.number, lambda bubble: "✓ 1. Surgery" in bubble.buttons)
    await amina.tap("Pediatrics", marked)
    marked = await amina.sees(asked.number, lambda bubble: "✓ 2. Pediatrics" in bubble.buttons)
    assert texts.QUESTIONS["period"].ask in (await amina.taps(texts.DONE, marked)).text


async def test_a_shared_contact_is_the_phone_number(amina: Person) -> None:
    await at_step(amina, "phone")
    asked = await amina.sends("contacts", phone_number="2348031234567")
    assert texts.QUESTIONS["citizenship"].ask in asked.text


async def test_what_may_be_skipped_is_skipped(amina: Person) -> None:
    goals = await at_step(amina, "career_goals")
    support = await amina.taps(texts.SKIP, goals)
    assert texts.QUESTIONS["consent"].ask in (await amina.taps(texts.SKIP, support)).text


async def test_an_answer_is_changed_from_the_review(amina: Person) -> None:
    review = await reviewed(amina)
    asked = await amina.taps(f"{texts.EDIT} 2. {texts.QUESTIONS['email'].name}", review)
    assert texts.QUESTIONS["email"].ask in asked.text
    changed = await amina.says("yusuf@example.org")
    assert "yusuf@example.org" in changed.text
    assert texts.SUBMIT in changed.buttons


async def test_an_answer_that_is_right_after_all_is_left_as_it_is(amina: Person) -> None:
    review = await reviewed(amina)
    asked = await amina.taps(f"{texts.EDIT} 2. {texts.QUESTIONS['email'].name}", review)
    assert asked.text.startswith(texts.CORRECTION.format(name=texts.QUESTIONS["email"].name))
    assert texts.ANSWER_SO_FAR.format(shown="amina@example.org") in asked.text
    left = await amina.taps(texts.LEAVE_ANSWER, asked)
    assert texts.SUBMIT in left.buttons
    assert "amina@example.org" in left.text


async def test_change_my_email_jumps_there_and_back(amina: Person) -> None:
    await at_step(amina, "medical_school")
    asked = await amina.says("i want to change my email, it is wrong")
    assert texts.QUESTIONS["email"].ask in asked.text
    assert texts.QUESTIONS["medical_school"].ask in (await amina.says("yusuf@example.org")).text


async def test_change_my_email_after_all_is_answered_shows_the_review_again(amina: Person) -> None:
    await reviewed(amina)
    asked = await amina.says("i want to change my email, it is wrong")
    assert texts.QUESTIONS["email"].ask in asked.text
    assert "yusuf@example.org" in (await amina.says("yusuf@example.org")).text


async def test_who_does_not_want_to_tell_their_name_is_not_called_by_that(amina: Person) -> None:
    await at_step(amina, "full_name")
    assert "did not save it as a name" in (await amina.says("no i dont want to tell my name")).text
    assert (await amina.hears()).text.startswith("Step 4 of 13")
    assert (await amina.says("Amina Yusuf")).text.startswith("Step 5 of 13")


async def test_a_message_that_comes_again_after_a_crash_answers_one_question(
    assistant: Assistant, amina: Person
) -> None:
    await at_step(amina, "core_rotations")
    message = {"sender": str(amina.id), "message": "yes", "metadata": {tracing.METADATA: "update-1"}}
    address = f"http://127.0.0.1:{assistant.environment['RASA_PORT']}"
    async with httpx.AsyncClient(base_url=address, trust_env=False) as rasa:
        for _ in range(2):
            told = (await rasa.post("/webhooks/turns/webhook", json=message)).json()
            assert [reply["custom"] for reply in told["replies"]] == [{"ask": "english"}]
    assert (await amina.says("IELTS 7.5")).text.startswith("Step 4 of 13")


async def test_a_button_that_is_tapped_twice_at_once_does_not_trip(assistant: Assistant, amina: Person) -> None:
    asked = await amina.says("/apply")
    failed = assistant.log("bot").count("a handler failed")
    for _ in range(2):
        await amina.tap("I am a student", asked)
    years = await amina.sees(asked.number, lambda bubble: bubble.text == texts.WHICH_YEAR["student"])
    await amina.taps(years.buttons[0], years)
    assert assistant.log("bot").count("a handler failed") == failed


async def test_submitting_twice_at_once_is_one_application(amina: Person) -> None:
    review = await reviewed(amina)
    await asyncio.gather(amina.tap(texts.SUBMIT, review), amina.tap(texts.SUBMIT, review))
    heard = [bubble.text for bubble in await amina.hears_all(3)]
    assert sum("Thank you!" in text for text in heard) == 1
    assert sum("is with HMC already" in text for text in heard) == 1


async def test_after_submitting_apply_shows_what_was_sent(amina: Person) -> None:
    review = await reviewed(amina)
    await amina.tap(texts.SUBMIT, review)
    await amina.hears_all(2)
    again = await amina.says("/apply")
    assert "Reference:" in again.text
    assert texts.SUBMIT not in again.buttons


async def test_withdrawing_asks_for_a_reason_and_a_new_one_can_begin(amina: Person) -> None:
    await at_step(amina, "phone")
    await amina.send("i want to withdraw my application")
    reasons, *_ = await amina.hears_all(2)
    assert texts.KEEP in reasons.buttons
    withdrawn = await amina.taps(texts.WITHDRAWAL_REASONS[0], reasons)
    assert withdrawn.text == texts.WITHDRAWN
    assert texts.QUESTIONS["standing"].ask in (await amina.says("/apply")).text


async def test_withdrawing_nothing_is_said_kindly(amina: Person) -> None:
    told = await amina.says("i want to withdraw my application")
    assert told.text != texts.APOLOGY
    assert texts.APPLY in told.buttons


async def test_a_person_can_be_called_in_between(amina: Person) -> None:
    await at_step(amina, "phone")
    await amina.send("please let me talk with real human agent")
    told, asked = await amina.hears_all(2)
    assert "coordinator will write to you" in told.text
    assert texts.QUESTIONS["phone"].ask in asked.text


async def test_the_status_comes_in_between(amina: Person) -> None:
    await at_step(amina, "phone")
    heard = [await amina.says("what is the status of my application?")]
    while texts.QUESTIONS["phone"].ask not in heard[-1].text:
        heard.append(await amina.hears())
    assert heard[0].text not in {texts.QUESTIONS["phone"].ask, texts.DIALOGUE_DOWN, texts.APOLOGY}
    assert len(heard) > 1
    assert texts.QUESTIONS["citizenship"].ask in (await amina.says("+234 803 123 4567")).text


async def test_a_booking_begun_in_between_leaves_the_step_open(amina: Person) -> None:
    await at_step(amina, "phone")
    assert texts.WHICH_PLACE in (await amina.says("book a consultation please")).text
    assert texts.QUESTIONS["citizenship"].ask in (await amina.says("+234 803 123 4567")).text
