"""What the page watches live, and the page itself."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from .conftest import AMINA, STAFF, Phone


@pytest.fixture
async def live(address: str, amina: Phone) -> AsyncIterator[ClientConnection]:
    async with connect(address.replace("http", "ws", 1) + "/sandbox/live") as socket:
        await socket.ping()
        assert amina
        yield socket


async def told(live: ClientConnection) -> dict[str, Any]:
    news: dict[str, Any] = json.loads(await live.recv())
    return news


async def test_a_page_is_told_everything(live: ClientConnection, bot: telegram.Bot, amina: Phone) -> None:
    written = await amina.write("Hello")
    news = await told(live)
    assert (news["kind"], news["chat"], news["message_id"]) == ("message", AMINA, written)
    assert {key: news[key] for key in (await amina.newest())} == await amina.newest()

    await bot.send_chat_action(AMINA, "typing")
    assert await told(live) == {"kind": "typing", "chat": AMINA, "action": "typing", "thread": None}

    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
    sent = await bot.send_message(AMINA, "Shall we?", reply_markup=buttons)
    assert (await told(live))["buttons"] == [["Yes"]]

    tapped = await amina.tap(sent.message_id, "Yes")
    await bot.answer_callback_query(tapped["callback_query_id"], "Saved")
    news = await told(live)
    assert (news["kind"], news["chat"], news["text"]) == ("callback_answer", AMINA, "Saved")

    await bot.edit_message_text("Done", AMINA, sent.message_id)
    news = await told(live)
    assert (news["kind"], news["text"], news["buttons"]) == ("changed", "Done", [])

    await bot.delete_message(AMINA, sent.message_id)
    assert await told(live) == {"kind": "deleted", "chat": AMINA, "message_id": sent.message_id}


async def test_a_new_person_is_told(live: ClientConnection, client: httpx.AsyncClient) -> None:
    await client.put("/sandbox/people/700000042", json={"first_name": "Zoë"})

    news = await told(live)
    assert news["kind"] == "people"
    assert news["people"][-1]["first_name"] == "Zoë"


async def test_a_new_topic_is_told(live: ClientConnection, bot: telegram.Bot) -> None:
    topic = await bot.create_forum_topic(STAFF, "Amina")

    assert (await told(live))["service"] == "HMC Assistant created the topic “Amina”"
    assert (await told(live))["thread"] == topic.message_thread_id


async def test_the_page_is_served(client: httpx.AsyncClient) -> None:
    response = await client.get("/")

    assert response.status_code == 200
    assert "text/html" in response.headers["content-type"]
    assert (await client.get("/page/index.html")).status_code == 200


async def test_other_sites_pages_are_kept_out(client: httpx.AsyncClient, address: str) -> None:
    evil, own = {"Origin": "https://evil.example"}, {"Origin": address}

    assert (await client.get("/sandbox", headers=evil)).status_code == 403
    assert (await client.get("/sandbox", headers=own)).status_code == 200
    with pytest.raises(InvalidStatus):
        await connect(address.replace("http", "ws", 1) + "/sandbox/live", additional_headers=evil)
