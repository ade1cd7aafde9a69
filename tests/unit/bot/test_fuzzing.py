"""What comes from outside, whatever it is: read, or refused in the one way that is meant for it."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.ext import Application

from admissions.applications import ApplicationStatus
from admissions.consultations import Medium, Topic
from admissions.health import Health
from admissions.placements import PlacementStatus
from bot import picks
from bot.api import readable
from bot.dialogue import Dialogue, DialogueUnavailable
from bot.handlers.staging import Move
from bot.picks import Pick
from bot.web import WEBHOOK_PATH, build_web

SECRET = "the-secret-of-this-test"
LONGEST_DATA = 64
"""Bytes that Telegram lets a button have."""
PREFIXES = [picks.TIME, picks.TOPIC, picks.BOOK, picks.SHIFT]
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
IDS = st.integers(1, 2**31 - 1)
LIFE = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - UTC by timezones

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


def object_of(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some of the fields that its reader looks at, whatever they hold."""
    return st.dictionaries(st.sampled_from(names), anything, max_size=len(names))


chats = st.fixed_dictionaries({"id": scalars, "type": st.sampled_from(["private", "group", "?"]) | scalars})
messages = st.fixed_dictionaries(
    {"message_id": scalars, "date": scalars, "chat": chats | anything},
    optional={"text": scalars, "from": anything, "document": anything, "photo": anything, "entities": anything},
)
updates = st.fixed_dictionaries(
    {"update_id": st.integers(0, 2**31) | scalars},
    optional={
        "message": messages | anything,
        "edited_message": messages,
        "callback_query": object_of("id", "from", "data", "message", "chat_instance"),
        "chat_member": object_of("chat", "from", "date", "old_chat_member", "new_chat_member"),
    },
)
replies = st.fixed_dictionaries(
    {"replies": st.lists(object_of("text", "buttons", "custom") | anything, max_size=3) | anything},
    optional={"understood": object_of("intent", "guesses") | anything},
)


@settings(max_examples=150, deadline=None)
@given(update=updates | anything)
def test_any_update_is_readable_or_none_at_all(update: Any) -> None:
    try:
        data = readable(update)
    except ValueError:
        assert not isinstance(update, dict) or not isinstance(update.get("update_id"), int)
    else:
        assert data in (update, {"update_id": update["update_id"]})


def nested(depth: int) -> dict[str, Any]:
    message: dict[str, Any] = {}
    for _ in range(depth):
        message = MESSAGE | {"reply_to_message": message}
    return message


@pytest.mark.parametrize(
    "message",
    [MESSAGE | {"date": 10**20}, MESSAGE | {"date": -(10**20)}, MESSAGE | {"date": 1e300}, nested(3000)],
    ids=["after all time", "before it", "a fraction after it", "an answer to an answer to an answer"],
)
def test_an_update_that_no_telegram_sends_is_its_number_alone(message: dict[str, Any]) -> None:
    assert readable({"update_id": 7, "message": message}) == {"update_id": 7}


@dataclass
class Rasa:
    """A Rasa that answers what a test wants."""

    runner: asyncio.Runner
    dialogue: Dialogue
    says: bytes = b""

    def ask(self, _: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=self.says)


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def rasa(runner: asyncio.Runner) -> Rasa:
    rasa = Rasa(runner, Dialogue("http://rasa", timeout=1))
    rasa.dialogue._client = httpx.AsyncClient(base_url="http://rasa", transport=httpx.MockTransport(rasa.ask))
    return rasa


@settings(max_examples=200, deadline=None)
@given(says=st.binary(max_size=200) | (replies | anything).map(lambda each: json.dumps(each).encode()))
def test_any_answer_of_rasas_is_a_turn_or_none(rasa: Rasa, says: bytes) -> None:
    rasa.says = says
    with suppress(DialogueUnavailable):
        assert rasa.runner.run(rasa.dialogue.say(1, "hello")).replies


Post = Callable[[bytes, bytes | None], int]


@pytest.fixture(scope="module")
def post(runner: asyncio.Runner) -> Post:
    """What the webhook answers to a body and a secret."""
    app: Any = Application.builder().token("424242:the-token-of-this-test").updater(None).build()
    web = httpx.ASGITransport(build_web(app, SECRET, Health(needs={})))
    client = httpx.AsyncClient(transport=web, base_url="http://bot")

    def post(body: bytes, secret: bytes | None) -> int:
        headers = {} if secret is None else {b"X-Telegram-Bot-Api-Secret-Token": secret}
        return runner.run(client.post(WEBHOOK_PATH, content=body, headers=headers)).status_code

    return post


@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=200) | (updates | anything).map(lambda each: json.dumps(each).encode()))
def test_anything_with_the_secret_is_taken_or_no_update(post: Post, body: bytes) -> None:
    assert post(body, SECRET.encode()) in (200, 400)


@pytest.mark.parametrize("secret", [None, b"", b"wrong", SECRET.encode() + b"x", b"\xff"])
def test_an_update_without_the_secret_is_refused(post: Post, secret: bytes | None) -> None:
    assert post(b'{"update_id": 1}', secret) == 403


@given(
    begins_at=LIFE.map(lambda at: at.replace(microsecond=0)),
    advisor=st.none() | IDS,
    told=st.tuples(st.none(), st.none()) | st.tuples(st.sampled_from(Topic), st.none() | st.sampled_from(Medium)),
    prefix=st.sampled_from(PREFIXES),
)
def test_a_pick_is_read_as_it_was_written(
    begins_at: datetime, advisor: int | None, told: tuple[Topic | None, Medium | None], prefix: str
) -> None:
    pick = Pick(begins_at, advisor, *told)
    assert Pick.read(pick.data(prefix)) == pick
    assert len(pick.data(prefix).encode()) <= LONGEST_DATA


@given(day=st.dates(), page=st.integers(0, 10_000))
def test_a_day_is_read_as_it_was_written(day: date, page: int) -> None:
    assert picks.read_day(picks.day_data(day, page)) == (day, page)


@given(
    to=st.sampled_from([*ApplicationStatus, *PlacementStatus]),
    seen=st.sampled_from([*ApplicationStatus, *PlacementStatus]),
    number=IDS,
)
def test_a_move_is_read_as_it_was_written(
    to: ApplicationStatus | PlacementStatus, seen: ApplicationStatus | PlacementStatus, number: int
) -> None:
    move = Move(to, number, seen)
    assert Move.read(move.data) == move
    assert len(move.data.encode()) <= LONGEST_DATA
