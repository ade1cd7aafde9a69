"""What the bot changes, takes away and pins."""

from datetime import timedelta

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.sandbox.sandbox import Sandbox

from .conftest import AMINA, STAFF, Api, Phone

ONE = InlineKeyboardMarkup([[InlineKeyboardButton("One", callback_data="1")]])
TWO = InlineKeyboardMarkup([[InlineKeyboardButton("Two", callback_data="2")]])
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_a_person_sees_an_edit_in_its_place(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Wait", reply_markup=ONE)
    later = await bot.send_message(AMINA, "Later")

    edited = await bot.edit_message_text("Done", AMINA, sent.message_id, reply_markup=TWO)

    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    news = await amina.look(after=later.message_id)
    assert news["messages"] == []
    [changed] = news["changed"]
    assert (changed["message_id"], changed["text"]) == (sent.message_id, "Done")
    assert changed["buttons"] == [["Two"]]
    assert changed["edited_at"] is not None


async def test_an_edit_without_buttons_takes_them_away(bot: telegram.Bot, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Wait", reply_markup=ONE)

    await bot.edit_message_text("Wait", AMINA, sent.message_id)

    assert (await amina.newest())["buttons"] == []


@pytest.mark.usefixtures("amina")
async def test_buttons_can_be_changed_alone(bot: telegram.Bot) -> None:
    sent = await bot.send_message(AMINA, "Wait", reply_markup=ONE)

    edited = await bot.edit_message_reply_markup(AMINA, sent.message_id, reply_markup=TWO)

    assert isinstance(edited, telegram.Message)
    assert edited.reply_markup == TWO


@pytest.mark.usefixtures("amina")
async def test_an_edit_has_to_change_something(api: Api) -> None:
    sent = await api.result("sendMessage", chat_id=AMINA, text="Wait", reply_markup=ONE.to_dict())
    same = {"chat_id": AMINA, "message_id": sent["message_id"], "reply_markup": ONE.to_dict()}

    assert await api.refusal("editMessageText", **same, text=" Wait ") == (400, NOT_MODIFIED)
    assert await api.refusal("editMessageReplyMarkup", **same) == (400, NOT_MODIFIED)


@pytest.mark.usefixtures("amina")
async def test_a_caption_can_be_edited_and_a_text_cannot_become_one(bot: telegram.Bot, api: Api) -> None:
    upload = await bot.send_document(AMINA, b"data", filename="a.txt", caption="Old")
    text = await bot.send_message(AMINA, "Text")

    edited = await bot.edit_message_caption(AMINA, upload.message_id, caption="<i>New</i>", parse_mode="HTML")

    assert isinstance(edited, telegram.Message)
    assert edited.caption_html == "<i>New</i>"
    assert await api.refusal("editMessageCaption", chat_id=AMINA, message_id=text.message_id, caption="x") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )
    assert await api.refusal("editMessageText", chat_id=AMINA, message_id=upload.message_id, text="x") == (
        400,
        "Bad Request: there is no text in the message to edit",
    )


@pytest.mark.usefixtures("amina")
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": "x", "message_id": 999}, "message to edit not found"),
        ({"text": "x"}, "message identifier is not specified"),
        ({"text": "x", "message_id": 1}, "message can't be edited"),
        ({"text": "", "message_id": 1}, "message text is empty"),
        ({"text": "x" * 4097, "message_id": 1}, "MESSAGE_TOO_LONG"),
        ({"text": "x", "message_id": 1, "reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
        ({"text": "x", "chat_id": 5, "message_id": 1}, "chat not found"),
        ({"text": "x", "chat_id": "", "inline_message_id": "abc"}, "MESSAGE_ID_INVALID"),
    ],
)
async def test_telegram_refuses(api: Api, parameters: dict[str, object], words: str) -> None:
    call = {"chat_id": AMINA, **parameters}
    assert await api.refusal("editMessageText", **call) == (400, f"Bad Request: {words}")


@pytest.mark.usefixtures("amina")
async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot: telegram.Bot, api: Api) -> None:
    sent = await bot.send_message(AMINA, "Choose", reply_markup=ReplyKeyboardMarkup([["Ask"]]))

    refusal = await api.refusal("editMessageText", chat_id=AMINA, message_id=sent.message_id, text="x")
    assert refusal == (400, "Bad Request: message can't be edited")


async def test_a_deleted_message_is_gone(bot: telegram.Bot, api: Api, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Oops")

    assert await bot.delete_message(AMINA, sent.message_id) is True

    news = await amina.look(after=sent.message_id)
    assert news["changed"] == [{"message_id": sent.message_id, "deleted": True}]
    refusal = await api.refusal("deleteMessage", chat_id=AMINA, message_id=sent.message_id)
    assert refusal == (400, "Bad Request: message to delete not found")


@pytest.mark.usefixtures("amina")
async def test_after_two_days_a_message_stays(bot: telegram.Bot, api: Api, sandbox: Sandbox) -> None:
    sent = await bot.send_message(AMINA, "Old")
    message = sandbox.world.chats[AMINA].find(sent.message_id)
    assert message is not None
    message.date -= int(timedelta(days=2, seconds=1).total_seconds())

    refusal = await api.refusal("deleteMessage", chat_id=AMINA, message_id=sent.message_id)
    assert refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_pinning(bot: telegram.Bot, api: Api, amina: Phone) -> None:
    sent = await bot.send_message(AMINA, "Remember")

    assert await bot.pin_chat_message(AMINA, sent.message_id) is True

    pinned, service = (await amina.look(after=sent.message_id - 1))["messages"]
    assert pinned["pinned"] is True
    assert service["service"] == "HMC Assistant pinned a message"
    chat = await bot.get_chat(AMINA)
    assert chat.pinned_message is not None
    assert chat.pinned_message.text == "Remember"

    assert await bot.unpin_chat_message(AMINA) is True
    assert (await bot.get_chat(AMINA)).pinned_message is None
    assert await api.refusal("unpinChatMessage", chat_id=AMINA) == (400, "Bad Request: message to unpin not found")
    assert await api.refusal("pinChatMessage", chat_id=AMINA, message_id=999) == (
        400,
        "Bad Request: message to pin not found",
    )


async def test_in_the_group_rights_decide(bot: telegram.Bot, api: Api, dana: Phone, sandbox: Sandbox) -> None:
    written = await dana.write("Hello team")
    sandbox.world.chats[STAFF].rights |= {"can_pin_messages": False, "can_delete_messages": False}

    assert await api.refusal("pinChatMessage", chat_id=STAFF, message_id=written) == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )
    assert await api.refusal("deleteMessage", chat_id=STAFF, message_id=written) == (
        400,
        "Bad Request: message can't be deleted",
    )
    own = await bot.send_message(STAFF, "Mine")
    assert await bot.delete_message(STAFF, own.message_id) is True
