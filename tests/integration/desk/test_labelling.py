"""Staff say what messages meant: asked once a day, one tap each."""

from datetime import timedelta

import pytest

from admissions import answers, understanding
from admissions.staff import Deed
from admissions.understanding import NOT_FOR_US, UnderstoodMessage
from bot import jobs, texts
from bot.desk import setup
from bot.desk import texts as words
from tests.integration.desk.conftest import Desk, tapped
from tests.personas import Bubble, Person

GUESSES = [("faq_visa", 0.31), ("apply", 0.3), ("greet", 0.2)]


@pytest.fixture
async def visa(desk: Desk) -> str:
    """The question about visas as people read it."""
    async with desk.database.reading() as session:
        return (await answers.words(session, ["faq_visa"]))["faq_visa"]


async def keep(desk: Desk, writer: Person, text: str = "letter 4 embasy? mail a@b.org") -> int:
    """Have a message kept that was not understood."""
    async with desk.database.transaction() as session:
        return await understanding.keep(
            session, writer.id, text, GUESSES, "nlu_fallback", at=desk.clock.now - timedelta(days=1)
        )


async def asked(desk: Desk, writer: Person) -> tuple[int, Bubble]:
    """Have staff asked about a message."""
    number = await keep(desk, writer)
    await setup.ask_meanings(desk.app, desk.services)
    return number, await desk.marcus.hears_of(words.MEANT_ASKED)


async def label_of(desk: Desk, number: int) -> tuple[str | None, str | None]:
    async with desk.database.reading() as session:
        message = await understanding.get(session, number)
    return message.label, message.labelled_by


async def test_a_card_shows_the_words_without_the_address_and_three_meanings(
    desk: Desk, amina: Person, visa: str
) -> None:
    _, card = await asked(desk, amina)
    assert "“letter 4 embasy? mail [e-mail]”" in card.text
    assert words.MEANT_NOT_DONE in card.text
    hello = words.SMALL_TALK["greet"]
    assert card.buttons == [visa, "I want to apply", hello, words.MEANT_OTHER, words.MEANT_NOT_FOR_US]


async def test_a_tap_tells_the_meaning_and_the_card_who_said_so(desk: Desk, amina: Person, visa: str) -> None:
    number, card = await asked(desk, amina)
    told = await tapped(desk.marcus, visa, card)
    assert f"Meant: {visa}" in told.text
    assert told.buttons == []
    label, by = await label_of(desk, number)
    assert (label, f"Said by {by}." in told.text) == ("faq_visa", True)
    [entry] = [entry for entry in await desk.audit() if entry.deed is Deed.MESSAGE_LABELLED]
    assert (entry.before, entry.after) == ("nlu_fallback", "faq_visa")


async def test_every_other_meaning_is_found_by_its_topic(desk: Desk, amina: Person) -> None:
    number, card = await asked(desk, amina)
    topics = await tapped(desk.marcus, words.MEANT_OTHER, card)
    back = await tapped(desk.marcus, words.MEANT_BACK, topics)
    assert back.buttons == card.buttons
    topics = await tapped(desk.marcus, words.MEANT_OTHER, back)
    tasks = await tapped(desk.marcus, words.MEANT_TASKS, topics)
    again = await tapped(desk.marcus, texts.BACK, tasks)
    tasks = await tapped(desk.marcus, words.MEANT_TASKS, again)
    await tapped(desk.marcus, texts.INTENTS["upload_document"], tasks)
    assert (await label_of(desk, number))[0] == "upload_document"


async def test_what_is_not_for_us_is_learnt_as_that(desk: Desk, amina: Person) -> None:
    number, card = await asked(desk, amina)
    await tapped(desk.marcus, words.MEANT_NOT_FOR_US, card)
    assert (await label_of(desk, number))[0] == NOT_FOR_US


async def test_who_taps_second_is_told_who_was_first(desk: Desk, amina: Person) -> None:
    number, card = await asked(desk, amina)
    async with desk.database.transaction() as session:
        await understanding.label(session, number, "faq_cost", by="Dana", at=desk.clock.now)
    await desk.marcus.tap(words.MEANT_NOT_FOR_US, card)
    await desk.marcus.hears_of(words.MEANT_ALREADY.format(by="Dana"))
    assert await label_of(desk, number) == ("faq_cost", "Dana")


async def test_who_may_only_look_labels_nothing(desk: Desk, amina: Person) -> None:
    number, card = await asked(desk, amina)
    await desk.priya.tap(words.MEANT_NOT_FOR_US, card)
    await desk.priya.hears_of("As viewer you may not say what messages meant.")
    assert await label_of(desk, number) == (None, None)


async def test_a_forgotten_message_is_named_so(desk: Desk, amina: Person) -> None:
    _, card = await asked(desk, amina)
    desk.clock.now += desk.services.messages_kept
    await jobs.forget(desk.services)
    await desk.marcus.tap(words.MEANT_NOT_FOR_US, card)
    await desk.marcus.hears_of(words.MEANT_FORGOTTEN)


async def test_messages_are_kept_for_as_long_as_the_operator_says(desk: Desk, amina: Person) -> None:
    number = await keep(desk, amina)
    desk.clock.now += desk.services.messages_kept - timedelta(days=1, seconds=1)
    await jobs.forget(desk.services)
    async with desk.database.reading() as session:
        assert isinstance(await understanding.get(session, number), UnderstoodMessage)
    desk.clock.now += timedelta(seconds=2)
    await jobs.forget(desk.services)
    with pytest.raises(understanding.MessageNotFound):
        async with desk.database.reading() as session:
            await understanding.get(session, number)


async def test_without_a_weak_message_staff_hear_nothing(desk: Desk) -> None:
    await setup.ask_meanings(desk.app, desk.services)
    assert words.QUEUE_TITLE in (await desk.dana.says("/queue")).text


async def test_who_has_the_time_is_asked_at_once(desk: Desk, amina: Person) -> None:
    assert (await desk.marcus.says("/unclear")).text == words.MEANT_NOTHING
    number = await keep(desk, amina)
    assert (await desk.marcus.says("/unclear")).text == words.MEANT_FOLLOWS.format(count=1)
    card = await desk.marcus.hears_of(words.MEANT_ASKED)
    await tapped(desk.marcus, words.MEANT_NOT_FOR_US, card)
    assert (await label_of(desk, number))[0] == NOT_FOR_US
    assert (await desk.marcus.says("/unclear")).text == words.MEANT_NOTHING
