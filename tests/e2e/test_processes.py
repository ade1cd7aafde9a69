"""Processes that are slow, die and come back: the applicant is told, nothing is lost (`tests/faults` has more)."""

import asyncio
import json
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import psutil
import pytest
from websockets.asyncio.client import connect

from bot import texts
from tests.assistant import Assistant, environment_for, running, start, stop, wait_for_line
from tests.people import a_coordinator, an_applicant
from tests.personas import Person
from tests.unit.documents.files import pdf

QUESTION, ANSWERED = "how much it cost", "How much does it cost?"


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Assistant]:
    """An assistant whose parts this test may kill."""
    async with running(tmp_path / "own", RASA_TIMEOUT="1.5") as assistant:
        yield assistant


async def test_while_it_takes_long_the_applicant_sees_typing(own: Assistant) -> None:
    amina = await an_applicant(own)
    own.part("rasa run").suspend()
    live = str(own.telegram.base_url).replace("http://", "ws://").rstrip("/") + "/sandbox/live"
    async with connect(live) as socket:
        await amina.send(QUESTION)
        async for event in socket:
            if json.loads(event)["kind"] == "typing":
                break
    own.part("rasa run").resume()


async def test_with_the_actions_down_a_person_is_called_all_the_same(own: Assistant) -> None:
    amina, grace = await an_applicant(own), await a_coordinator(own)
    own.part("-m actions ").suspend()
    sorry = await amina.says("please let me talk with real human agent")
    assert sorry.text == texts.DIALOGUE_DOWN
    assert (await amina.taps(texts.PERSON, sorry)).text.startswith(texts.PERSON_COMING)
    assert await grace.hears_of("wants to talk to a person.")
    own.part("-m actions ").resume()


async def test_a_bot_that_is_asked_to_end_finishes_its_turn(own: Assistant) -> None:
    amina = await an_applicant(own)
    own.part("rasa run").suspend()
    await amina.send(QUESTION)
    await until_stored(own)
    own.part("-m bot ").terminate()
    await own.hears("bot ended (0)")
    assert (await amina.hears()).text == texts.DIALOGUE_DOWN
    await own.hears("bot is back")
    own.part("rasa run").resume()
    while (told := await amina.says(QUESTION)).text == texts.DIALOGUE_DOWN:
        pass
    assert told.text.startswith(ANSWERED)


async def test_no_log_holds_what_an_applicant_wrote(own: Assistant) -> None:
    amina = await an_applicant(own, "Zebedee")
    own.part("rasa run").suspend()
    await amina.says("xylophone one please")
    own.part("rasa run").resume()
    own.part("-m actions ").kill()
    await amina.says("please let me talk with real human agent, xylophone two")
    await own.hears("actions is back")
    fault = {"method": "sendMessage", "kind": "500", "times": 5}
    (await own.telegram.post("/sandbox/faults", json=fault)).raise_for_status()
    await amina.send("xylophone three, how much it cost")
    assert (await amina.hears()).text == texts.APOLOGY
    logs = "".join(file.read_text("utf-8") for file in (own.folder / "log").iterdir())
    assert "failed" in logs
    assert [word for word in ("xylophone", "Zebedee") if word in logs] == []


async def test_actions_killed_and_back(own: Assistant) -> None:
    amina = await an_applicant(own)
    own.part("-m actions ").kill()
    await own.hears("actions is back")
    assert "coordinator will write to you" in (await amina.says("please let me talk with real human agent")).text


async def test_in_the_form_a_question_is_answered_while_the_actions_are_down(own: Assistant) -> None:
    amina = await an_applicant(own)
    await amina.says("/apply")
    own.part("-m actions ").kill()
    await amina.send(QUESTION)
    answer, asked = await amina.hears_all(2)
    assert answer.text.startswith(ANSWERED)
    assert asked.text.startswith("Step 1 of 13")
    await own.hears("actions is back")
    assert (await amina.says("graduated 2023")).text.startswith("Step 2 of 13")


async def test_an_outage_of_telegram_loses_nothing(own: Assistant) -> None:
    amina = await an_applicant(own)
    for kind in ("500", "drop", "429"):
        for method in ("getUpdates", "sendMessage"):
            fault = {"method": method, "kind": kind, "times": 1}
            (await own.telegram.post("/sandbox/faults", json=fault)).raise_for_status()
        assert (await amina.says(QUESTION)).text.startswith(ANSWERED), kind


async def test_ctrl_c_stops_all_of_it_cleanly(own: Assistant) -> None:
    parts = psutil.Process(own.process.pid).children()
    assert len(parts) == 4
    assert await stop(own.process) == 0
    assert [part for part in parts if part.is_running()] == []


async def test_an_application_goes_on_after_every_process_was_killed(tmp_path: Path) -> None:
    environment = environment_for(tmp_path / "own")
    for step, words in (("Step 1 of 13", "graduated 2023"), ("Step 2 of 13", "yes"), ("Step 3 of 13", "")):
        process = await start(environment)
        address = (await wait_for_line(process, "The local Telegram is at ")).split()[0]
        async with httpx.AsyncClient(base_url=address, trust_env=False) as telegram:
            amina = Person(telegram, 700_000_001, 700_000_001)
            await amina.send("/start")
            await amina.send("/apply")
            if step != "Step 1 of 13":
                await amina.hears_of("Welcome back!")  # the turn that was cut off may be answered once more before
            await amina.hears_of(step)
            if words:
                await amina.says(words)
        await kill_all(process)


async def kill_all(process: Process) -> None:
    """Kill the program and every part of it, as a power cut does."""
    parts = psutil.Process(process.pid).children()
    for each in (psutil.Process(process.pid), *parts):
        each.kill()
    await process.wait()
    await asyncio.to_thread(psutil.wait_procs, parts, timeout=20)


async def test_after_everything_was_killed_it_starts_again_and_knows_the_applicant(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    environment = environment_for(folder)
    for _ in range(2):
        process = await start(environment)
        await wait_for_line(process, "The local Telegram is at ")
        parts = psutil.Process(process.pid).children()
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await asyncio.to_thread(psutil.wait_procs, parts, timeout=20)
        assert [part for part in parts if part.is_running()] == []


@pytest.mark.parametrize(("method", "kind"), [("getFile", "timeout"), ("sendMessage", "500")])
async def test_a_bot_killed_while_a_file_comes_in_asks_after_all(own: Assistant, method: str, kind: str) -> None:
    amina = await an_applicant(own)
    fault = {"method": method, "kind": kind, "times": 99}
    (await own.telegram.post("/sandbox/faults", json=fault)).raise_for_status()
    await amina.attach("cv.pdf", pdf("Amina"))
    await until_stored(own)
    await asyncio.sleep(1)  # into the time in which the bot waits, or tries again
    own.part("-m bot ").kill()
    (await own.telegram.delete("/sandbox/faults")).raise_for_status()
    question = await amina.hears()
    assert texts.WHICH_DOCUMENT in question.text
    assert "• CV: received" in (await amina.taps("CV", question)).text
    assert len(list((own.folder / "documents").iterdir())) == 1


async def until_stored(assistant: Assistant) -> None:
    """Wait until the bot has confirmed all updates to Telegram, which it does only once they are stored."""
    while (await assistant.pending_updates()) > 0:
        pass
