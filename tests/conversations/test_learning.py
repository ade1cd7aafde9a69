"""What is kept of what applicants write, and how they say that they were misunderstood."""

from collections.abc import AsyncIterator, Sequence

import pytest

from admissions import understanding
from admissions.database import Database
from admissions.understanding import UnderstoodMessage, Weakness
from bot import texts
from tests.assistant import Assistant
from tests.conversations.test_applying import ANSWERS, at_step
from tests.conversations.test_falling_back import UNCLEAR
from tests.personas import Person


class Kept:
    """Reads what is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, applicant: Person) -> Sequence[UnderstoodMessage]:
        async with self._database.reading() as session:
            return await understanding.of_applicant(session, applicant.id)

    async def last_of(self, applicant: Person) -> UnderstoodMessage:
        return (await self.of(applicant))[-1]


@pytest.fixture
async def kept(assistant: Assistant) -> AsyncIterator[Kept]:
    database = Database(assistant.environment["DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:"))
    yield Kept(database)
    await database.close()


async def test_a_typed_message_is_kept_with_three_guesses_and_what_was_done(amina: Person, kept: Kept) -> None:
    await amina.says("how much it cost? write to amina@example.org")
    message = await kept.last_of(amina)
    assert message.text == "how much it cost? write to [e-mail]"
    assert message.done == message.guesses[0][0] == "faq_cost"
    assert len(message.guesses) == 3
    assert message.weakness is None


async def test_what_was_not_understood_is_kept_with_the_guess_behind_it(amina: Person, kept: Kept) -> None:
    guesses = await amina.says(UNCLEAR)
    message = await kept.last_of(amina)
    assert (message.done, message.weakness) == ("nlu_fallback", Weakness.UNSURE)
    assert all(intent != "nlu_fallback" for intent, _ in message.guesses)
    await amina.taps(texts.SOMETHING_ELSE, guesses)
    assert (await kept.last_of(amina)).weakness is Weakness.SOMETHING_ELSE


async def test_several_questions_and_follow_ups_are_kept_as_what_was_answered(amina: Person, kept: Kept) -> None:
    await amina.says("how long does a rotation take")
    await amina.says("and for graduates?")
    await amina.says("what documents do i need and do you help with visa?")
    first, follow_up, several = await kept.of(amina)
    assert follow_up.done == first.done
    assert several.done == "several_questions"


async def test_buttons_and_commands_are_no_messages(amina: Person, kept: Kept) -> None:
    answer = await amina.says("how much it cost")
    await amina.taps(answer.buttons[0], answer)
    await amina.says("/status")
    assert len(await kept.of(amina)) == 1


async def test_nothing_that_answers_the_form_is_kept(amina: Person, kept: Kept) -> None:
    await at_step(amina, "consent")
    await amina.says("I agree")
    assert await kept.of(amina) == []


async def test_what_the_form_refuses_is_not_kept_either(amina: Person, kept: Kept) -> None:
    await at_step(amina, "full_name")
    for question, wrong in (("full_name", "amina 7"), ("email", "amina at gmail"), ("phone", "0803 123")):
        await amina.says(wrong)
        await amina.says(dict(ANSWERS)[question])
    assert await kept.of(amina) == []


async def test_a_question_amid_the_form_is_kept(amina: Person, kept: Kept) -> None:
    await at_step(amina, "phone")
    await amina.says("do you help me with visa papers?")
    [message] = await kept.of(amina)
    assert (message.text, message.done) == ("do you help me with visa papers?", "faq_visa")


async def test_one_tap_says_that_an_answer_did_not_help(amina: Person, kept: Kept) -> None:
    answer = await amina.says("how much it cost")
    await amina.says("do you help with visa")
    reply = await amina.taps(texts.UNHELPFUL, answer)
    assert reply.text == texts.UNHELPFUL_NOTED
    assert reply.buttons == [texts.PERSON, texts.SHOW_QUESTIONS]
    cost, visa = await kept.of(amina)
    assert (cost.weakness, visa.weakness) == (Weakness.THUMBS_DOWN, None)
    await amina.sees(answer.number, lambda bubble: texts.UNHELPFUL not in bubble.buttons)


async def test_an_answer_to_a_tapped_question_is_what_was_asked(amina: Person) -> None:
    answer = await amina.says("how long does a rotation take")
    tapped = await amina.taps(answer.buttons[0], answer)
    assert texts.UNHELPFUL in answer.buttons
    assert texts.UNHELPFUL not in tapped.buttons


async def test_who_wants_a_person_right_after_an_answer_was_not_helped_by_it(amina: Person, kept: Kept) -> None:
    await amina.says("how long until i hear back after applying")
    await amina.says("i want to talk to a human please")
    answered, wish = await kept.of(amina)
    assert wish.done == "handoff"
    assert answered.weakness is Weakness.HANDOFF_AFTER
