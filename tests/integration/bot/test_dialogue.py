"""The client of Rasa, against a server that notes what it is sent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.dialogue import AT_ONCE, Dialogue, DialogueUnavailable
from tests.assistant import free_ports, serving

AMINA = 700_000_001


@dataclass
class Listener:
    """What stands where Rasa would, and says what it is told to."""

    url: str
    says: str = '{"replies": [{"recipient_id": "1", "text": "hello"}], "understood": null}'
    heard: list[str] = field(default_factory=list)
    speaks: asyncio.Event = field(default_factory=asyncio.Event)


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    [port] = free_ports(1)
    listener = Listener(f"http://127.0.0.1:{port}")
    listener.speaks.set()

    async def webhook(request: Request) -> Response:
        listener.heard.append((await request.json())["message"])
        await listener.speaks.wait()
        return Response(listener.says, media_type="application/json")

    app = Starlette(routes=[Route("/webhooks/turns/webhook", webhook, methods=["POST"])])
    async with serving(app, int(port)):
        yield listener


@pytest.fixture
async def dialogue(listener: Listener) -> AsyncIterator[Dialogue]:
    dialogue = Dialogue(listener.url, timeout=5)
    yield dialogue
    await dialogue.close()


@pytest.mark.parametrize("before", ["/", "//", " /", "\u2028/", "/\u2028/", "\x0c/", "\xa0/ /", "/\n/"])
async def test_what_is_typed_never_begins_like_a_payload(
    listener: Listener, dialogue: Dialogue, before: str
) -> None:
    await dialogue.say(AMINA, f'{before}inform{{"x": 1}}')
    assert listener.heard == ['inform{"x": 1}']


async def test_a_button_is_sent_as_a_payload(listener: Listener, dialogue: Dialogue) -> None:
    await dialogue.choose(AMINA, "faq_visa")
    assert listener.heard == ["/faq_visa"]


@pytest.mark.parametrize(
    "nonsense", ["[]", "", "no json", '{"replies": []}', '{"replies": [{"buttons": [{"title": 1}]}]}']
)
async def test_silence_and_nonsense_are_as_good_as_no_rasa(
    listener: Listener, dialogue: Dialogue, nonsense: str
) -> None:
    listener.says = nonsense
    with pytest.raises(DialogueUnavailable):
        await dialogue.say(AMINA, "hello")


async def test_a_crowd_waits_here_and_not_in_rasa(listener: Listener, dialogue: Dialogue) -> None:
    """Rasa takes one turn after the other: whoever waited there would run out of time."""
    listener.speaks.clear()
    crowd = [asyncio.create_task(dialogue.say(AMINA + number, "hello")) for number in range(3 * AT_ONCE)]
    while len(listener.heard) < AT_ONCE:  # noqa: ASYNC110 - that is what is waited for
        await asyncio.sleep(0)
    await asyncio.wait(crowd, timeout=0.2)
    assert len(listener.heard) == AT_ONCE
    listener.speaks.set()
    assert all(await asyncio.gather(*crowd))
    assert len(listener.heard) == len(crowd)


async def test_nobody_listening_is_no_rasa() -> None:
    [port] = free_ports(1)
    dialogue = Dialogue(f"http://127.0.0.1:{port}", timeout=5)
    with pytest.raises(DialogueUnavailable):
        await dialogue.say(AMINA, "hello")
    await dialogue.close()
