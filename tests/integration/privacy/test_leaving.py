"""Somebody leaves through the chat: asked twice, a receipt, and nothing of them stays with anybody."""

import logging
import re
from collections.abc import Sequence

import pytest

from admissions import consultations, handoffs, privacy
from admissions.handoffs import HandoffReason
from bot import texts
from bot.desk import setup
from bot.sandbox.chats import Message
from tests.integration.consultations.conftest import advisors_file, wanted
from tests.integration.desk.conftest import tapped
from tests.integration.privacy.conftest import Office
from tests.integration.privacy.planting import held
from tests.personas import Bubble, Person
from tests.unit.documents.files import pdf

HERS = re.compile(r"zq\w*", re.IGNORECASE)
"""Every word of hers begins like this."""
SAID = {
    "full_name": "Zqamina Zqyusuf",
    "email": "zqamina@example.org",
    "career_goals": "I want to learn zqgoals.",
}


async def a_life(office: Office) -> tuple[Person, str]:
    """Let an applicant and staff do what leaves words behind, everywhere; return her reference."""
    desk = office.desk
    amina = await desk.an_applicant("Zqamina", "Zqyusuf")
    reference = await desk.an_application(amina, **SAID)
    async with desk.database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana"))
        await consultations.book(session, amina.id, wanted(), at=desk.clock.now)
        asked = handoffs.Asked(said="zqsaid", understood_as="zqmeant")
        await handoffs.request(session, amina.id, HandoffReason.ASKED, at=desk.clock.now, asked=asked)
    await desk.a_document(amina)
    await amina.uploads("zqfile.pdf", pdf("zqcontent"))
    await office.says_in_rasa(amina.id, "zqquestion")
    await setup.announce(desk.app, office.services)
    await setup.make_topics(desk.app, office.services)
    await desk.marcus.hears_of("Zqamina")
    for command in (f"/applicant {reference}", "/find zqamina", "/docs", "/queue", "/slots dana"):
        await desk.marcus.send(command)
        await desk.marcus.hears_of("Zqamina")
    return amina, reference


async def confirms(amina: Person) -> Bubble:
    """Say twice that everything is to be removed; return the message with the last question."""
    question = await amina.says("/forget")
    last = await tapped(amina, texts.REMOVE, question)
    assert last.text == texts.FORGET_SURE
    await amina.tap(texts.REMOVE_ALL, last)
    return last


async def leaves(amina: Person) -> str:
    """Leave, and return what the receipt says."""
    last = await confirms(amina)
    return (await amina.sees(last.number, lambda bubble: "Receipt" in bubble.text)).text


def others_see(office: Office, amina: Person) -> Sequence[str]:
    """Return every word of hers that stands in other chats than her own."""
    shown: list[Message] = []
    for chat in office.desk.sandbox.world.chats.values():
        if chat.id != amina.id:
            shown += chat.newer_than(0)
    return HERS.findall("\n".join(repr(each.as_json()) for each in shown))


async def test_nothing_of_hers_stays_anywhere(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    amina, reference = await a_life(office)
    database = office.desk.database
    kept = await held(database) + await held(office.conversations)
    assert [word for word in ("zqgoals", "zqsaid", "zqmeant", "zqfile", "zqquestion") if word not in kept] == []
    assert "Zqamina" in others_see(office, amina)

    receipt = await leaves(amina)
    await office.desk.marcus.hears_of("data were removed")
    await office.goes_on(minutes=2)
    await office.goes_on(hours=25)

    kept = await held(database) + await held(office.conversations)
    assert HERS.findall(kept) == []
    assert reference not in kept
    assert [*(office.folder / "documents").iterdir()] == []
    assert others_see(office, amina) == []
    assert HERS.findall(caplog.text) == []
    async with database.reading() as session:
        assert await privacy.unfinished(session) == []
        assert (await privacy.rows_of(session, amina.id)) == {}
    [number] = re.findall(r"F-\w{4}-\w{4}", receipt)
    assert number in kept
