"""Real processes as an operator sees them: their logs, their figures, and what staff are told when one is down."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from functools import partial

import httpx
import psutil
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from admissions import notifications
from admissions.alarms import Trouble
from admissions.database import Database
from admissions.notifications import Kind, State
from admissions.settings import ROOT, Settings
from bot import texts
from bot.desk import alarm_texts
from bot.dialogue import AT_ONCE, Dialogue
from tests.assistant import Assistant, running
from tests.conversations.desk import desk_of
from tests.conversations.test_applying import ANSWERS
from tests.people import a_coordinator, an_applicant
from tests.unit.documents.files import pdf

QUESTION, ANSWERED = "how much it cost", "How much does it cost?"
PATIENCE = 60.0
CROWD = 20
PARTS = ("bot", "actions", "rasa")
PORTS = ("BOT_PORT", "ACTIONS_PORT", "RASA_PORT")
NAME = re.compile(r"\bclerkship_\w+")


@pytest.fixture(scope="module")
async def own(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Assistant]:
    """An assistant whose parts these tests may kill, and whose staff hear soon of what is down."""
    folder = tmp_path_factory.mktemp("operations")
    settings = {"LOG_FORMAT": "json", "ALARM_AFTER": "1", "RASA_TIMEOUT": "3"}
    async with running(folder / "own", **settings) as assistant:
        yield assistant


def lines(assistant: Assistant, part: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in assistant.log(part).splitlines() if line.startswith("{")]


async def logged(assistant: Assistant, part: str, is_meant: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """Wait until a part has logged something, and return the line."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for line in reversed(lines(assistant, part)):
                if is_meant(line):
                    return line
            await asyncio.sleep(0.1)


def carries(correlation_id: str, words: str, line: dict[str, str]) -> bool:
    return line.get("correlation_id") == correlation_id and words in line["message"]


async def alarm(assistant: Assistant, mark: str, trouble: Trouble) -> str:
    """Wait until staff are told of a trouble; return what they are told."""
    grace = await a_coordinator(assistant)
    async with asyncio.timeout(PATIENCE):
        while True:
            for bubble in reversed(await grace.reads()):
                if bubble.text.startswith(mark) and alarm_texts.WHAT[trouble] in bubble.text:
                    return bubble.text
            await asyncio.sleep(0.2)


async def test_one_id_leads_from_a_message_through_every_log_to_what_staff_are_told(own: Assistant) -> None:
    amina, grace = await an_applicant(own), await a_coordinator(own)
    await amina.says("please let me talk with real human agent")
    await grace.hears_of("wants to talk to a person.")

    told = await logged(own, "bot", lambda line: Kind.HANDOFF_REQUESTED in line["message"])
    followed = told["correlation_id"]
    passed = {"bot": "a message was answered", "rasa": "a message was handled", "actions": "action_hand_off"}
    for part, words in passed.items():
        await logged(own, part, partial(carries, followed, words))
    database = Database(Settings(database_url=own.environment["DATABASE_URL"]).database_url)
    async with database.reading() as session:
        rows = await notifications.listed(session, states=[*State], limit=9)
    await database.close()
    assert [row.correlation_id for row in rows if row.kind is Kind.HANDOFF_REQUESTED] == [followed]


async def test_every_line_of_our_logs_is_json_and_says_whose_it_is(own: Assistant) -> None:
    await (await an_applicant(own)).says(QUESTION)
    for part in PARTS:
        written = own.log(part)
        ours = written[written.index("{") :]  # Rasa's libraries are heard before it sets its logs up
        assert {json.loads(line)["part"] for line in ours.splitlines()} == {part}


async def test_every_part_lives_is_ready_and_shows_its_figures(own: Assistant) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for port in PORTS:
            for path in ("/healthz", "/readyz", "/metrics"):
                response = await client.get(f"http://127.0.0.1:{own.environment[port]}{path}")
                assert response.status_code == 200, (port, path)


async def figures(assistant: Assistant) -> dict[str, float]:
    """Return every sample that the parts show, summed over its labels."""
    found: dict[str, float] = {}
    async with httpx.AsyncClient(trust_env=False) as client:
        for port in PORTS:
            text = (await client.get(f"http://127.0.0.1:{assistant.environment[port]}/metrics")).text
            for family in text_string_to_metric_families(text):
                for sample in family.samples:
                    found[sample.name] = found.get(sample.name, 0) + sample.value
    return found


async def test_a_turn_is_counted_by_everything_that_it_passes(own: Assistant) -> None:
    amina = await an_applicant(own)
    before = await figures(own)
    await amina.says(QUESTION)
    await amina.says("please let me talk with real human agent")
    await amina.uploads("cv.pdf", pdf("Amina"))
    await logged(own, "bot", lambda line: "a file was answered" in line["message"])
    counted = (
        "clerkship_turn_seconds_count",
        "clerkship_rasa_seconds_count",
        "clerkship_rasa_message_seconds_count",
        "clerkship_action_seconds_count",
        "clerkship_messages_total",
        "clerkship_telegram_calls_total",
        "clerkship_uploads_total",
        "clerkship_scheduler_lag_seconds_count",  # its jobs come every few seconds
    )
    async with asyncio.timeout(30):
        while [name for name in counted if (await figures(own))[name] <= before.get(name, 0)]:
            pass


def named() -> Iterator[str]:
    """Return every figure that the dashboard and the alert rules name."""
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "dashboard.json").read_text("utf-8"))
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield from NAME.findall(target["expr"])
    rules = yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text("utf-8"))
    for group in rules["groups"]:
        for rule in group["rules"]:
            yield from NAME.findall(rule["expr"])


async def test_every_figure_of_the_dashboard_and_the_alert_rules_is_shown(own: Assistant) -> None:
    text = ""
    async with httpx.AsyncClient(trust_env=False) as client:
        for port in PORTS:
            text += (await client.get(f"http://127.0.0.1:{own.environment[port]}/metrics")).text
    families = {family.name: family.type for family in text_string_to_metric_families(text)}
    shown = {
        name + suffix: name
        for name, kind in families.items()
        for suffix in {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(kind, ("",))
    }
    assert set(named()) - set(shown) == set()
    looked_at = {shown[name] for name in named()}
    assert {name for name in families if name.startswith("clerkship_")} - looked_at == set()


async def test_staff_are_told_when_rasa_is_killed_and_when_it_is_back(own: Assistant) -> None:
    starter = psutil.Process(own.process.pid)
    starter.suspend()  # so that it starts nothing again meanwhile
    own.part("rasa run").kill()
    begun = await alarm(own, "⚠️", Trouble.RASA)
    starter.resume()
    over = await alarm(own, "✅", Trouble.RASA)
    await own.hears("Rasa is back")
    assert begun.startswith("⚠️ Since ")
    assert over.startswith("✅ Over after ")
    grace = await a_coordinator(own)
    told = [bubble for bubble in await grace.reads() if alarm_texts.WHAT[Trouble.RASA] in bubble.text]
    assert len(told) == 2
    assert {bubble.thread for bubble in told} != {None}


async def test_staff_are_told_when_the_action_server_hangs(own: Assistant) -> None:
    own.part("-m actions ").suspend()
    await alarm(own, "⚠️", Trouble.ACTIONS)
    own.part("-m actions ").resume()
    await alarm(own, "✅", Trouble.ACTIONS)


async def test_asked_to_end_amid_a_burst_every_message_is_answered_once(own: Assistant) -> None:
    crowd = await asyncio.gather(*(an_applicant(own) for _ in range(CROWD)))
    await asyncio.gather(*(each.send(QUESTION) for each in crowd))
    await logged(own, "bot", lambda line: "a message was answered" in line["message"])
    own.part("-m bot ").terminate()
    await own.hears("bot ended (0)")
    await own.hears("bot is back")
    for each in crowd:
        assert (await each.hears()).text.startswith(ANSWERED)
    for each in crowd:  # what was answered twice would stand before this
        assert (await each.says("do you help me with visa papers")).text.startswith("Do you help with the visa?")


async def test_rasa_answers_what_it_was_asked_before_it_ends(own: Assistant) -> None:
    dialogue = Dialogue(f"http://127.0.0.1:{own.environment['RASA_PORT']}", timeout=PATIENCE)
    asked = [asyncio.create_task(dialogue.say(number, QUESTION)) for number in range(1, AT_ONCE + 1)]
    await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
    own.part("rasa run").terminate()
    await asyncio.gather(*asked)
    await dialogue.close()
    await own.hears("Rasa is back")


def calls(assistant: Assistant, process: psutil.Process) -> bool:
    """Tell whether a process is connected to the action server."""
    port = int(assistant.environment["ACTIONS_PORT"])
    return any(each.raddr and each.raddr.port == port for each in process.net_connections())


async def test_the_action_server_does_what_it_was_asked_before_it_ends(own: Assistant) -> None:
    amina, server = await an_applicant(own), own.part("-m actions ")
    await amina.says(QUESTION)  # the conversation has begun, so that the next call is the one meant
    dialogue = Dialogue(f"http://127.0.0.1:{own.environment['RASA_PORT']}", timeout=PATIENCE)
    with closing(sqlite3.connect(own.folder / "clerkship.db", isolation_level=None)) as held:
        held.execute("BEGIN IMMEDIATE")  # so that the action waits
        asked = asyncio.create_task(dialogue.say(amina.id, "please let me talk with real human agent"))
        async with asyncio.timeout(PATIENCE):
            while not calls(own, own.part("rasa run")):  # noqa: ASYNC110 - a connection tells of no change
                await asyncio.sleep(0.02)
        server.terminate()
        await logged(own, "actions", lambda line: "Shutting down" in line["message"])
        held.execute("ROLLBACK")
    await asked
    await dialogue.close()
    await own.hears("actions is back")
    grace = await a_coordinator(own)
    await desk_of(amina, grace)


async def test_no_log_holds_anything_of_a_person(own: Assistant) -> None:
    planted = [f"Zq{word}" for word in ("first", "mail", "city", "goal", "file", "page", "words", "reply", "note")]
    first, mail, school, goal, file, page, words, reply, note = planted
    amina, grace = await an_applicant(own, first), await a_coordinator(own)
    answers = dict(ANSWERS) | {
        "full_name": f"{first} Yusuf",
        "email": f"{mail}@example.org",
        "medical_school": f"University of {school}, Nigeria",
        "career_goals": f"to become a {goal}",
    }
    await amina.says("/apply")
    for answer in answers.values():
        review = await amina.says(answer)
    await amina.taps(texts.SUBMIT, review)
    await amina.hears()
    await amina.uploads(f"{file}.pdf", pdf(page))
    await amina.uploads(f"{file}.pdf", b"no file at all", caption=words)
    await amina.says(f"{words} {words}")
    own.part("rasa run").suspend()
    await amina.says(f"{words} again")
    own.part("rasa run").resume()
    fault = {"method": "sendMessage", "kind": "500", "times": 5}
    (await own.telegram.post("/sandbox/faults", json=fault)).raise_for_status()
    assert (await amina.says(f"{words} once more")).text == texts.APOLOGY
    await amina.says("/person")
    desk = await desk_of(amina, grace)
    await desk.write(reply)
    await amina.hears_of(reply)
    await amina.send(note)
    await desk.hears(note)
    own.part("-m actions ").kill()
    await own.hears("actions is back")
    logs = "".join(file.read_text("utf-8") for file in (own.folder / "log").iterdir())
    phone = answers["phone"]
    person = [str(amina.id), f"person{amina.id}", phone, phone.replace(" ", ""), *planted]
    assert [word for word in person if word.lower() in logs.lower()] == []
