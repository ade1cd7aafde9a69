"""Every question of the list, in words that are not in the training data, on all processes and Postgres."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from admissions import answers
from admissions.settings import ROOT, Settings
from bot import texts
from tests.assistant import Assistant
from tests.intents import FAQ
from tests.people import an_applicant
from tests.personas import Bubble, Person
from tests.test_agreement import examples

ANSWERS = answers.read_answers(Settings.model_fields["answers_file"].default).answers
SPECIALTY_ANSWERS = ("specialty_offered", "specialty_to_confirm", "specialty_unlisted")


def asked() -> Iterator[tuple[str, str]]:
    for line in (Path(ROOT) / "tests" / "nlu" / "faq_questions.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        yield entry["text"], entry["intents"][0]


ASKED = list(asked())


def test_every_question_is_asked_and_none_was_trained_on() -> None:
    assert {intent for _, intent in ASKED} == set(FAQ)
    trained = {example.lower() for lines in examples().values() for example in lines}
    assert [text for text, _ in ASKED if text.lower() in trained] == []


@pytest.mark.parametrize(("text", "intent"), ASKED)
async def test_it_is_answered_right(amina: Person, text: str, intent: str) -> None:
    right = [intent, *(SPECIALTY_ANSWERS if intent == "faq_specialties" else ())]
    titles = {ANSWERS[name].question for name in right}
    told = await answer_to(amina, text)
    assert told.text.splitlines()[0] in titles


async def answer_to(applicant: Person, text: str) -> Bubble:
    """Ask, and read the answer; words such as "refund" call a person beside it."""
    told = await applicant.says(text)
    return await applicant.hears() if told.text.startswith(texts.PERSON_COMING) else told


async def test_fifty_applicants_at_once_each_get_their_own_answer(assistant: Assistant) -> None:
    applicants = [await an_applicant(assistant, f"Applicant{number}") for number in range(50)]

    async def ask(applicant: Person, text: str, intent: str) -> None:
        told = await answer_to(applicant, text)
        assert told.text.startswith(ANSWERS[intent].question)

    clear = [(text, intent) for text, intent in ASKED if intent != "faq_specialties"]
    await asyncio.gather(*(ask(applicant, *clear[n % len(clear)]) for n, applicant in enumerate(applicants)))


async def test_thirty_messages_in_a_second_from_one_person_are_all_answered(amina: Person) -> None:
    texts = ["how much it cost", "do you help me with visa papers", "which specialties are available with you"]
    titles = [ANSWERS[name].question for name in ("faq_cost", "faq_visa", "faq_specialties")]
    await asyncio.gather(*(amina.send(text) for text in texts * 10))
    heard = [bubble.text.splitlines()[0] for bubble in await amina.hears_all(30)]
    assert sorted(heard) == sorted(titles * 10)
