"""Telegram refuses, fails, hangs, hangs up, or says things twice and in another order."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import httpx
import pytest

from bot import texts
from bot.web import WEBHOOK_PATH
from tests.faults.bots import SECRET, TOKEN, Stage, until
from tests.faults.report import IS_WHOLE, Finding, Report
from tests.unit.documents.files import pdf

PART = "Telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWERS = {
    "429": ("Telegram says 429 to an answer, and to wait a second", "after as long as Telegram said"),
    "500": ("Telegram says 500 to an answer", "after half a second, then twice as long, four times"),
    "drop": ("the connection breaks before an answer is taken", "the same"),
    "hang": ("Telegram takes no answer, and says nothing", "the same, after 5 seconds"),
    "late_drop": ("the connection breaks after an answer was taken", "the same: twice is better than never"),
    "timeout": ("Telegram takes an answer, and never says so", "the same, after 5 seconds"),
}
TIMES = {1: "once", 2: "twice"}
IS_TAKEN = ("late_drop", "timeout")
KINDS = [*ANSWERS] if IS_WHOLE else ["429", "500", "drop", "late_drop"]

MODES = ("polling", "webhook")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database will do: what is tested lies before it."""
    return sqlite_url


@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_that_fails(stage: Stage, report: Report, kind: str) -> None:
    person = await stage.an_applicant()
    await until(stage.handled, "all is handled")
    await stage.telegram.fails("sendMessage", kind)
    before = len(await person.reads())
    await person.send("/privacy")
    await until(stage.handled, "all is handled")
    count = sum(bubble.is_bot for bubble in (await person.reads())[before:])
    assert count == 1 + (kind in IS_TAKEN)
    done, again = ANSWERS[kind]
    sees = "the answer, twice" if kind in IS_TAKEN else "the answer, a moment later"
    report.add(Finding(PART, done, sees, again, "the update, handled", f"1 message: answered {TIMES[count]}"))


async def test_a_file_that_cannot_be_fetched(stage: Stage, report: Report) -> None:
    person = await stage.an_applicant()
    await stage.telegram.fails("getFile", "500")
    assert (await person.uploads("cv.pdf", pdf(str(person.id)))).text == texts.FILE_NOT_KEPT
    assert texts.WHICH_DOCUMENT in (await person.uploads("cv.pdf", pdf(str(person.id)))).text
    await until(stage.handled, "all is handled")
    assert await stage.strays() == 0
    report.add(
        Finding(
            PART,
            "Telegram says 500 when a file is fetched",
            f"“{texts.FILE_NOT_KEPT}”",
            "the applicant sends it again",
            "one file, one row",
            "2 sent: 1 kept, 1 refused with what to do",
        )
    )


async def test_updates_that_come_late_or_twice(stage: Stage, report: Report) -> None:
    person = await stage.an_applicant()
    before = len(await person.reads())
    kinds = ("500", "drop", "429", "late_drop", "duplicate")
    for kind in kinds:
        await stage.telegram.fails("getUpdates", kind)
        await person.send("/privacy")
        await until(stage.handled, "all is handled")
    count = sum(bubble.is_bot for bubble in (await person.reads())[before:])
    assert count == len(kinds)
    report.add(
        Finding(
            PART,
            "asking for updates meets 500, 429, a broken connection before and after, and updates that come twice",
            "each answer once",
            "the bot asks again; an update whose number is stored is left out",
            "each update once, handled",
            f"{len(kinds)} messages: {count} answers",
        )
    )


@pytest.fixture
async def pushed(stage: Stage) -> Stage:
    """A bot that Telegram pushes updates to."""
    await stage.kill()
    await stage.start(is_pushed=True)
    return stage


async def push(stage: Stage, *updates: dict[str, object]) -> Sequence[int]:
    """Push updates to the bot as Telegram does, one after the other; return how it answers."""
    async with httpx.AsyncClient(trust_env=False, headers={HEADER: SECRET}) as client:
        return [(await client.post(f"{stage.url}{WEBHOOK_PATH}", json=update)).status_code for update in updates]


def written(number: int, person: int, text: str) -> dict[str, object]:
    """Return an update in which somebody writes."""
    sender = {"id": person, "is_bot": False, "first_name": "Amina"}
    chat = {"id": person, "type": "private", "first_name": "Amina"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    message = {"message_id": number, "date": 1764000000, "from": sender, "chat": chat}
    return {"update_id": number, "message": message | {"text": text, "entities": entities}}


async def test_updates_that_are_pushed_twice_and_in_another_order(pushed: Stage, report: Report) -> None:
    first, second = [await pushed.an_applicant() for _ in range(2)]
    await until(pushed.handled, "all is handled")
    updates = [
        written(9_000_000 + number, person.id, text)
        for number, (person, text) in enumerate(
            (each, text) for text in ("/privacy", "/help") for each in (first, second)
        )
    ]
    before = [len(await person.reads()) for person in (first, second)]
    assert {*await push(pushed, *reversed(updates), *updates)} == {200}
    await until(pushed.handled, "all is handled")
    counts = [
        sum(bubble.is_bot for bubble in (await person.reads())[start:])
        for person, start in zip((first, second), before, strict=True)
    ]
    assert counts == [2, 2]
    report.add(
        Finding(
            PART,
            "updates pushed in the opposite order, and then all of them again",
            "each answer once, in the order in which the messages came in",
            "nothing: an update whose number is stored is left out",
            "each update once, handled",
            f"{len(updates)} messages pushed {2 * len(updates)} times: {sum(counts)} answers",
        )
    )


async def test_a_push_is_confirmed_only_when_it_is_stored(pushed: Stage, report: Report) -> None:
    person = await pushed.an_applicant()
    await until(pushed.handled, "all is handled")
    with closing(sqlite3.connect(str(pushed.database.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        await person.send("/privacy")
        assert (await person.hears()).text == texts.MESSAGE_WAITS
        info = (await pushed.telegram.client.get(f"/bot{TOKEN}/getWebhookInfo")).json()["result"]
        assert (info["pending_update_count"], await pushed.waiting()) == (1, 0)
    await until(pushed.handled, "all is handled")
    assert sum(bubble.is_bot for bubble in await person.reads()) == 3
    report.add(
        Finding(
            PART,
            "an update pushed while it cannot be stored",
            f"“{texts.MESSAGE_WAITS}” Then the answer",
            "the bot says 503, so Telegram pushes it again",
            "the update, once it can be stored",
            "1 message: 1 answer",
        )
    )


@pytest.mark.parametrize("mode", [*MODES])
async def test_nothing_is_confirmed_before_its_commit(stage: Stage, report: Report, mode: str) -> None:
    await stage.kill()
    await stage.start(is_pushed=mode == "webhook")
    for side, kept in (("before", (1, 0)), ("after", (0, 1))):
        person = await stage.an_applicant()
        await until(stage.handled, "all is handled")
        stage.will_die(1, side)
        await person.send("/privacy")
        await stage.until_dead()
        pending, waiting = await stage.telegram.pending(), await stage.waiting()
        assert waiting == kept[1]
        assert pending >= kept[0], "Telegram may keep what we have; it never lets go of what we have not"
        await stage.start(is_pushed=stage.is_pushed)
        await until(stage.handled, "all is handled")
        assert sum(bubble.is_bot for bubble in await person.reads()) == 2
    report.add(
        Finding(
            PART,
            f"kill -9 right before and right after an update is stored ({mode})",
            "the answer once the bot is back",
            "before: Telegram sends the update again; after: the bot finds it in its inbox",
            "the update, handled",
            "2 kills: 2 answers",
        )
    )
