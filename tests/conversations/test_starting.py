"""The first minute: a welcome, what is kept, what one can do."""

from bot import texts
from tests.personas import Person

MENU = [texts.ASK, texts.APPLY, texts.BOOK, texts.STATUS, texts.PERSON]


async def test_start_welcomes_with_the_privacy_line_and_the_menu(amina: Person) -> None:
    welcome = await amina.says("/start")
    assert texts.WELCOME in welcome.text
    assert texts.PRIVACY_LINE in welcome.text
    assert welcome.buttons == MENU


async def test_help_says_what_one_can_do(amina: Person) -> None:
    assert (await amina.says("/help")).text == texts.HELP


async def test_privacy_says_what_is_kept(amina: Person) -> None:
    assert (await amina.says("/privacy")).text.startswith("What I keep")


async def test_a_greeting_is_answered_with_the_menu(amina: Person) -> None:
    hello = await amina.says("good evening sir")
    assert "assistant of Houston Medical Clerkship" in hello.text
    assert hello.buttons == MENU


async def test_the_menu_leads_to_the_status_and_to_an_advisor(amina: Person) -> None:
    welcome = await amina.says("/start")
    assert "no application of yours" in (await amina.taps(texts.STATUS, welcome)).text
    assert texts.WHICH_PLACE in (await amina.taps(texts.BOOK, welcome)).text


async def test_apply_begins_with_the_first_question(amina: Person) -> None:
    assert (await amina.says("/apply")).text.startswith("Step 1 of 13")
