"""Somebody leaves through the chat: asked twice, a receipt, and nothing of them stays with anybody."""

import io
import json
import logging
import re
import zipfile
from collections.abc import Sequence
from datetime import timedelta

import pytest
from telegram.error import TimedOut

from admissions import consultations, handoffs, privacy
from admissions.handoffs import HandoffReason, HandoffState
from admissions.staff import Deed, Permission
from bot import leaving, texts
from bot.desk import setup
from bot.desk import texts as desk_texts
from bot.sandbox.chats import Message
from tests.integration.consultations.conftest import MONDAY, advisors_file, wanted
from tests.integration.desk.conftest import silence, tapped
from tests.integration.privacy.conftest import Office
from tests.integration.privacy.planting import held
from tests.personas import Bubble, Person
from tests.unit.documents.files import pdf

HERS = re.compile(r"zq\w*", re.IGNORECASE)
"""Every word of hers begins like this."""
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database has a part in."""
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


@ON_SQLITE
async def test_one_tap_keeps_everything(office: Office) -> None:
    amina = await office.desk.an_applicant()
    question = await amina.says("/forget")
    assert "Nobody can bring it back" in question.text
    assert (await tapped(amina, texts.KEEP_DATA, question)).text == texts.DATA_STAY
    last = await tapped(amina, texts.REMOVE, await amina.says("/forget"))
    assert (await tapped(amina, texts.KEEP_DATA, last)).text == texts.DATA_STAY
    async with office.desk.database.reading() as session:
        assert await privacy.unfinished(session) == []


@ON_SQLITE
async def test_an_old_last_question_removes_nothing(office: Office) -> None:
    amina = await office.desk.an_applicant()
    last = await tapped(amina, texts.REMOVE, await amina.says("/forget"))
    office.desk.clock.now += timedelta(minutes=11)
    assert (await tapped(amina, texts.REMOVE_ALL, last)).text == texts.FORGET_AGAIN


async def test_what_she_writes_meanwhile_is_not_kept_and_after_that_she_is_new(office: Office) -> None:
    amina = await office.desk.an_applicant("Zqamina")
    receipt = await leaves(amina)
    told = await amina.says("zqlate")
    assert told.text.startswith("I am still removing your data")
    assert re.findall(r"F-\w{4}-\w{4}", told.text) == re.findall(r"F-\w{4}-\w{4}", receipt)
    await office.goes_on(minutes=2)
    assert HERS.findall(await held(office.desk.database)) == []
    assert texts.WELCOME in (await amina.says("/start")).text


async def test_what_cannot_be_removed_at_once_is_removed_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is after a crash between the database and all that lies outside of it."""
    amina, _ = await a_life(office)

    async def crash(*_: object) -> bool:
        raise TimedOut

    with monkeypatch.context() as broken:
        broken.setattr(leaving, "_remove", crash)
        await leaves(amina)
        await office.goes_on(minutes=2)
    assert "Zqamina" in others_see(office, amina)
    async with office.desk.database.reading() as session:
        [waiting] = await privacy.unfinished(session)
    assert waiting.applicant_id == amina.id

    await office.goes_on(minutes=1)
    await office.goes_on(hours=25)
    assert others_see(office, amina) == []
    assert [*(office.folder / "documents").iterdir()] == []
    async with office.desk.database.reading() as session:
        assert await privacy.unfinished(session) == []


@ON_SQLITE
async def test_the_advisor_learns_without_a_name_that_the_time_is_free(office: Office) -> None:
    amina, _ = await a_life(office)
    await leaves(amina)
    freed = await office.desk.dana.hears_of("Cancelled talk")
    while "removed" not in freed.text:
        freed = await office.desk.dana.hears_of("Cancelled talk")
    assert HERS.findall(freed.text) == []
    async with office.desk.database.reading() as session:
        slots = await consultations.free(session, at=office.desk.clock.now)
    assert MONDAY in {slot.begins_at for slot in slots}


@ON_SQLITE
async def test_who_is_held_is_told_kindly_and_staff_are_told(office: Office) -> None:
    desk = office.desk
    amina = await desk.an_applicant()
    reference = await desk.an_application(amina)
    assert "hold data" in (await desk.marcus.says(f"/hold {reference} a complaint")).text
    await desk.dana.send(f"/hold {reference} a complaint is open")
    await desk.dana.hears_of("until /release")
    await confirms(amina)
    assert "A coordinator will write to you here" in (await amina.hears_of("cannot remove")).text
    async with desk.database.reading() as session:
        handoff = await handoffs.find_latest(session, amina.id)
        assert handoff is not None
        assert handoff.state is HandoffState.OPEN
        [request] = await handoffs.requests(session, handoff.id)
    assert request.reason is HandoffReason.DELETE_DATA
    entries = [(entry.deed, entry.after) for entry in await desk.audit(applicant_id=amina.id)]
    assert entries == [(Deed.DATA_HELD, "a complaint is open")]
    assert [entry.permission for entry in await desk.audit(refused=True)] == [Permission.HOLD]

    await desk.dana.send(f"/release {reference}")
    await desk.dana.hears_of("can be removed again")
    await desk.dana.send(f"/release {reference}")
    await desk.dana.hears_of(desk_texts.DATA_NOT_HELD)
    assert "Receipt" in await leaves(amina)


@ON_SQLITE
async def test_a_hold_needs_a_reason(office: Office) -> None:
    assert "/hold 7K4M-WQ3X a complaint" in (await office.desk.dana.says("/hold 7K4M-WQ3X")).text


async def the_archive(office: Office, amina: Person) -> zipfile.ZipFile:
    sent = await amina.says("/mydata")
    assert sent.document == "my data 1.zip"
    message = office.desk.sandbox.world.chats[amina.id].find(sent.number)
    assert message is not None
    assert message.file is not None
    return zipfile.ZipFile(io.BytesIO(message.file.data))


async def test_she_gets_all_that_is_hers_and_nothing_of_the_staffs(office: Office) -> None:
    amina, reference = await a_life(office)
    await office.desk.dana.send(f"/hold {reference} zqsecret")
    await office.desk.dana.hears_of("until /release")
    archive = await the_archive(office, amina)
    names = set(archive.namelist())
    assert {"read me.txt", "data.json", "conversation.txt", "conversation.json"} <= names
    assert {name.partition(" - ")[2] for name in names if name.startswith("documents/")} == {
        "cv.pdf",
        "zqfile.pdf",
    }
    data = json.loads(archive.read("data.json"))
    assert data["applicants"][0]["name"] == "Zqamina Zqyusuf"
    answers = {row["question"]: row["value"] for row in data["application answers"]}
    assert answers["email"] == "zqamina@example.org"
    assert b"You: zqquestion" in archive.read("conversation.txt")
    everything = b"".join(archive.read(name) for name in names if not name.startswith("documents/"))
    assert b"zqsecret" not in everything
    assert {"notes", "audit entries", "errands", "holds"} & set(data) == set()


@ON_SQLITE
async def test_who_asks_again_at_once_is_told_when(office: Office) -> None:
    amina = await office.desk.an_applicant()
    await the_archive(office, amina)
    assert (await amina.says("/mydata")).text == texts.ASKED_TOO_OFTEN.format(minutes=10)
    office.desk.clock.now += timedelta(minutes=10)
    await the_archive(office, amina)


@ON_SQLITE
async def test_privacy_says_what_is_set(office: Office) -> None:
    amina = await office.desk.an_applicant()
    told = (await amina.says("/privacy")).text
    for words_of_it in (
        "180 days",
        "730 days",
        "14 days",
        "lead, coordinator, advisor, viewer",
        "/mydata",
        "/forget",
    ):
        assert words_of_it in told
    await silence(amina)
