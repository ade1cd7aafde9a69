"""Any news? Asked in many words, by the menu, by the command, and in the midst of the application."""

import pytest

from bot import texts
from tests.personas import Person


@pytest.mark.parametrize(
    "asked",
    ["where is my application", "did you find me a hospital yet", "any news?", "/status", "what stage am i at"],
)
async def test_who_has_not_applied_is_shown_how_to(amina: Person, asked: str) -> None:
    assert (await amina.says(asked)).text == texts.NO_STATUS


async def test_the_menu_leads_there(amina: Person) -> None:
    menu = await amina.says("/start")
    assert (await amina.taps(texts.STATUS, menu)).text == texts.NO_STATUS


async def test_in_the_midst_of_the_application_it_is_shown_and_the_question_asked_again(amina: Person) -> None:
    question = await amina.says("/apply")
    await amina.send("where is my application?")
    picture, words, again = await amina.hears_all(3)
    assert picture.text.startswith(texts.STATUS_TITLE_OF_DRAFT)
    assert "● Application: Now" in picture.text
    assert words.text.startswith(texts.STATUSES["draft"])
    assert words.buttons == [texts.CONTINUE, texts.PERSON]
    assert again.text == question.text


async def test_withdrawing_says_nothing_of_costs_while_none_are_due(amina: Person) -> None:
    await amina.says("/apply")
    asked = await amina.says("i want to withdraw my application")
    assert texts.CANCELLING_COSTS not in asked.text
