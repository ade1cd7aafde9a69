"""What people do, and how it reaches the bot."""

import asyncio
from typing import Any

import httpx
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.sandbox import Sandbox

from .conftest import AMINA, BILAL, DANA, STAFF, Api, Phone

CHOICES = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="yes"), InlineKeyboardButton("Site", url="https://example.org/")]]
)


async def test_everyone_is_there_from_the_start(client: httpx.AsyncClient) -> None:
    overview = (await client.get("/sandbox")).json()

    assert overview["bot"]["is_bot"] is True
    assert overview["staff_chat"] == STAFF
    names = {person["first_name"]: person["is_staff"] for person in overview["people"]}
    assert names["Amina"] is False
    assert names["Dana"] is True


async def test_a_new_person_comes_and_changes_their_name(client: httpx.AsyncClient, bot: telegram.Bot) -> None:
    person = {"first_name": "Zoë", "last_name": "", "username": "zoe_k", "language_code": "fr"}
    created = await client.put("/sandbox/people/700000042", json=person)
    assert created.json() == {"id": 700000042, **person, "last_name": None, "is_staff": False}
    zoe = Phone(client, 700000042)
    await zoe.write("Bonjour")
    await client.put("/sandbox/people/700000042", json={"first_name": "Zoe"})
    await zoe.write("Encore")

    first, second = await bot.get_updates()
    assert first.effective_user is not None
    assert (first.effective_user.first_name, first.effective_user.language_code) == ("Zoë", "fr")
    assert second.effective_user is not None
    assert second.effective_user.first_name == "Zoe"


async def test_a_command_is_a_command(bot: telegram.Bot, amina: Phone) -> None:
    await amina.do("messages", start="ref_42")

    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start ref_42"
    assert list(update.message.parse_entities(["bot_command"]).values()) == ["/start"]
    assert (await amina.do("messages", start="x" * 65)).status_code == 400


async def test_a_text_arrives_cleaned(bot: telegram.Bot, amina: Phone) -> None:
    await amina.write(" \n<b>he\x00llo</b>\u200f مرحبا ")

    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "<b>hello</b>\u200f مرحبا"
    assert (await amina.newest())["html"] == "&lt;b&gt;hello&lt;/b&gt;\u200f مرحبا"


async def test_a_long_text_becomes_several_messages(bot: telegram.Bot, amina: Phone) -> None:
    await amina.write("word " * 1000)

    updates = await bot.get_updates()
    texts = [update.message.text or "" for update in updates if update.message]
    assert len(texts) == 2
    assert " ".join(texts) == ("word " * 1000).strip()


async def test_a_tap_carries_the_message_as_it_is_now(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Shall we?", reply_markup=CHOICES)

    tapped = await amina.tap(sent.message_id, "Yes")

    [update] = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (tapped["callback_query_id"], "yes", AMINA)
    assert isinstance(query.message, telegram.Message)
    assert query.message.reply_markup == CHOICES
    assert query.chat_instance
    assert await bot.answer_callback_query(query.id, "Saved", show_alert=True) is True
    [answer] = (await amina._client.get(f"/sandbox/chats/{AMINA}/answers")).json()["answers"]
    assert answer["text"] == "Saved"
    assert answer["show_alert"] is True
    assert (answer["number"], answer["callback_query_id"]) == (1, query.id)


async def test_an_answer_can_be_waited_for(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Shall we?", reply_markup=CHOICES)
    tapped = await amina.tap(sent.message_id, "Yes")
    reading = asyncio.ensure_future(
        amina._client.get(f"/sandbox/chats/{AMINA}/answers", params={"after": 0, "wait": 20})
    )

    await bot.answer_callback_query(tapped["callback_query_id"])

    [answer] = (await reading).json()["answers"]
    assert answer["text"] == ""


@pytest.mark.usefixtures("amina")
async def test_a_tap_is_answered_once_and_in_time(bot: telegram.Bot, api: Api, sandbox: Sandbox) -> None:
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    chat, person = sandbox.world.chats[AMINA], sandbox.world.people[AMINA]

    query = sandbox.queries.ask(chat, person)
    assert await bot.answer_callback_query(query.id) is True
    assert await api.refusal("answerCallbackQuery", callback_query_id=query.id) == too_old
    assert await api.refusal("answerCallbackQuery", callback_query_id="1") == too_old
    refusal = await api.refusal("answerCallbackQuery", callback_query_id="1", text="x" * 201)
    assert refusal == (400, "Bad Request: MESSAGE_TOO_LONG")


async def test_a_link_only_tells_where_it_leads(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Shall we?", reply_markup=CHOICES)

    assert await amina.tap(sent.message_id, "Site") == {"url": "https://example.org/"}
    assert (await amina.newest())["links"] == {"Site": "https://example.org/"}
    assert await bot.get_updates() == ()


async def test_data_can_be_forged_and_stale_buttons_are_gone(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Shall we?", reply_markup=CHOICES)
    await bot.edit_message_reply_markup(AMINA, sent.message_id)

    assert (await amina.do("taps", message_id=sent.message_id, button="Yes")).status_code == 400
    assert (await amina.do("taps", message_id=sent.message_id, data="forged")).status_code == 200
    assert (await amina.do("taps", message_id=999, data="forged")).status_code == 404
    assert (await amina.do("taps", message_id=sent.message_id, data="x" * 65)).status_code == 400

    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "forged"


async def test_an_edit_is_an_update(bot: telegram.Bot, amina: Phone) -> None:
    written = await amina.write("Wen do rotations start?")

    await amina.do("edits", message_id=written, text="When do rotations start?")

    _, edited = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "When do rotations start?"
    assert edited.edited_message.edit_date is not None
    assert (await amina.newest())["edited_at"] is not None


async def test_contacts_locations_stickers_and_voices(bot: telegram.Bot, amina: Phone) -> None:
    await amina.do("contacts")
    await amina.do("contacts", phone_number="+15550100", first_name="Uncle")
    await amina.do("locations", latitude=29.76, longitude=-95.37)
    await amina.do("stickers")
    await amina.do("voices")

    messages: list[Any] = [update.message for update in await bot.get_updates()]
    own, other, place, sticker, voice = messages
    assert own.contact.user_id == AMINA
    assert other.contact.phone_number == "+15550100"
    assert place.location.latitude == 29.76
    assert sticker.sticker.emoji == "👍"
    assert voice.voice.mime_type == "audio/ogg"
    kinds = ("contact", "location", "sticker", "voice")
    seen = (await amina.look(after=own.message_id - 1))["messages"]
    assert [name for each in seen for name in kinds if name in each] == [kinds[0], *kinds]


async def test_blocking_and_coming_back(bot: telegram.Bot, amina: Phone) -> None:
    await amina.do("blocks", blocked=True)
    await amina.do("blocks", blocked=True)
    assert (await amina.do("messages", text="Hello?")).status_code == 400
    await amina.do("blocks", blocked=False)
    await amina.write("Hello again")

    blocked, unblocked, message = await bot.get_updates()
    assert blocked.my_chat_member is not None
    assert isinstance(blocked.my_chat_member.new_chat_member, telegram.ChatMemberBanned)
    assert unblocked.my_chat_member is not None
    assert isinstance(unblocked.my_chat_member.new_chat_member, telegram.ChatMemberMember)
    assert message.message is not None
    await bot.send_message(AMINA, "Welcome back")


async def test_reading_waits_for_the_bot(bot: telegram.Bot, amina: Phone) -> None:
    written = await amina.write("Hello")
    reading = asyncio.ensure_future(amina.look(after=written, wait=20))

    await bot.send_message(AMINA, "Hi")

    assert [message["text"] for message in (await reading)["messages"]] == ["Hi"]


async def test_reading_without_news_comes_back_empty(amina: Phone) -> None:
    written = await amina.write("Hello")

    news = await amina.look(after=written, wait=0.01)

    assert (news["messages"], news["changed"]) == ([], [])


async def test_seen_changes_are_left_out(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "One")
    await bot.edit_message_text("Two", AMINA, sent.message_id)
    news = await amina.look(after=sent.message_id)
    reading = asyncio.ensure_future(amina.look(after=sent.message_id, seen=news["version"], wait=20))

    await bot.edit_message_text("Three", AMINA, sent.message_id)

    assert [message["text"] for message in (await reading)["changed"]] == ["Three"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"chats/{AMINA}/messages", {"from": AMINA, "text": ""}, 400),
        (f"chats/{AMINA}/messages", {"from": AMINA, "text": " \x00\n"}, 400),
        (f"chats/{AMINA}/messages", {"text": "x"}, 400),
        (f"chats/{AMINA}/messages", {"from": "Amina", "text": "x"}, 400),
        (f"chats/{AMINA}/messages", {"from": AMINA, "text": "x", "reply_to": 999}, 404),
        (f"chats/{AMINA}/messages", {"from": AMINA, "text": "x", "thread": 999}, 404),
        (f"chats/{AMINA}/messages", {"from": BILAL, "text": "x"}, 400),
        (f"chats/{AMINA}/messages", {"from": 4, "text": "x"}, 404),
        (f"chats/{STAFF}/messages", {"from": AMINA, "text": "x"}, 400),
        ("chats/4/messages", {"from": AMINA, "text": "x"}, 404),
        ("chats/x/messages", {"from": AMINA, "text": "x"}, 404),
        (f"chats/{AMINA}/locations", {"from": AMINA, "latitude": 91, "longitude": 0}, 400),
        (f"chats/{AMINA}/edits", {"from": AMINA, "message_id": 999, "text": "x"}, 404),
        (f"chats/{STAFF}/blocks", {"from": DANA, "blocked": True}, 400),
        (f"chats/{STAFF}/topics/9/deletions", {"from": DANA}, 404),
        ("faults", {"kind": "earthquake"}, 400),
        ("faults", [], 400),
    ],
)
async def test_what_nobody_can_do(client: httpx.AsyncClient, path: str, body: Any, status: int) -> None:
    response = await client.post(f"/sandbox/{path}", json=body)

    assert response.status_code == status
    assert response.json()["error"]


async def test_what_is_not_json_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post(f"/sandbox/chats/{AMINA}/messages", content=b"{")

    assert (response.status_code, response.json()) == (400, {"error": "the body is not JSON"})
