"""Two stages: guesses as buttons, then a person is called."""

from bot import texts
from tests.personas import Person

UNCLEAR = "is it possible with my old degree and papers"
STILL_UNCLEAR = "my brother was there, what about that"


async def test_first_come_guesses_and_something_else(amina: Person) -> None:
    guesses = await amina.says(UNCLEAR)
    assert guesses.text == texts.NOT_SURE
    assert 2 <= len(guesses.buttons) <= 4
    assert guesses.buttons[-1] == texts.SOMETHING_ELSE


async def test_a_tapped_guess_is_answered_and_the_talk_goes_on(amina: Person) -> None:
    guesses = await amina.says(UNCLEAR)
    answer = await amina.taps(guesses.buttons[0], guesses)
    assert answer.text.startswith(guesses.buttons[0])
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")


async def test_after_something_else_and_another_miss_a_person_is_called(amina: Person) -> None:
    guesses = await amina.says(UNCLEAR)
    rephrase = await amina.taps(texts.SOMETHING_ELSE, guesses)
    assert "other words" in rephrase.text
    guesses = await amina.says(STILL_UNCLEAR)
    assert guesses.text == texts.NOT_SURE
    assert guesses.buttons[-2:] == [texts.SOMETHING_ELSE, texts.PERSON]
    called = await amina.taps(texts.SOMETHING_ELSE, guesses)
    assert "I have told the team" in called.text


async def test_two_misses_in_a_row_call_a_person_and_two_more_do_not_call_again(amina: Person) -> None:
    await amina.says(UNCLEAR)
    assert "coordinator will write to you" in (await amina.says(STILL_UNCLEAR)).text
    await amina.says(UNCLEAR)
    offer = await amina.says(STILL_UNCLEAR)
    assert texts.PERSON in offer.buttons


async def test_start_begins_anew(amina: Person) -> None:
    await amina.says(UNCLEAR)
    await amina.says("/start")
    assert (await amina.says(UNCLEAR)).text == texts.NOT_SURE


async def test_after_the_call_a_plain_question_is_answered(amina: Person) -> None:
    await amina.says(UNCLEAR)
    await amina.says(STILL_UNCLEAR)
    assert (await amina.says("how much it cost")).text.startswith("How much does it cost?")
