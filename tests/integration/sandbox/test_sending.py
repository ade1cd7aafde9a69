"""What the bot sends, and what Telegram refuses."""

import pytest
import telegram
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode

from .conftest import AMINA, BILAL, STAFF, Api, Phone


async def test_a_person_reads_what_the_bot_writes(bot: telegram.Bot, amina: Phone) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Ask", callback_data="ask")]])
    sent = await bot.send_message(
        AMINA,
        "  <b>Hello</b>, Amina 😀 &lt;3\n",
        parse_mode=ParseMode.HTML,
        reply_markup=buttons,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
        disable_notification=True,
    )

    assert sent.text == "Hello, Amina 😀 <3"
    assert sent.text_html == "<b>Hello</b>, Amina 😀 &lt;3"
    assert sent.reply_markup == buttons
    assert sent.from_user == bot.bot
    assert sent.chat.id == AMINA
    seen = await amina.newest()
    assert seen["message_id"] == sent.message_id
    assert seen["text"] == "Hello, Amina 😀 <3"
    assert seen["html"] == "<b>Hello</b>, Amina 😀 &lt;3"
    assert seen["buttons"] == [["Ask"]]
    assert seen["is_bot"] is True


async def test_a_reply_keyboard_comes_and_goes(bot: telegram.Bot, amina: Phone) -> None:
    await bot.send_message(AMINA, "Choose", reply_markup=ReplyKeyboardMarkup([["Ask", "Apply"], ["Status"]]))
    assert (await amina.newest())["keyboard"] == [["Ask", "Apply"], ["Status"]]

    await bot.send_message(AMINA, "Done", reply_markup=ReplyKeyboardRemove())
    assert (await amina.newest())["keyboard"] == []

    await bot.send_message(AMINA, "Plain")
    assert (await amina.newest())["keyboard"] is None


async def test_a_reply_names_its_message(bot: telegram.Bot, amina: Phone) -> None:
    question = await amina.write("When?")

    sent = await bot.send_message(AMINA, "Soon", reply_parameters=ReplyParameters(question))

    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "When?"
    assert (await amina.newest())["reply_to"] == question


@pytest.mark.usefixtures("amina")
async def test_a_reply_to_nothing_needs_permission(bot: telegram.Bot, api: Api) -> None:
    lost = {"chat_id": AMINA, "text": "Soon", "reply_parameters": {"message_id": 999}}

    assert await api.refusal("sendMessage", **lost) == (400, "Bad Request: message to be replied not found")
    sent = await bot.send_message(
        AMINA, "Soon", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert sent.reply_to_message is None


@pytest.mark.usefixtures("amina")
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n\x00 "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 4}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        (
            {"text": "<p>x", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
        (
            {"text": "x", "parse_mode": "MarkdownV2"},
            "can't parse entities: the local Telegram knows only parse_mode HTML",
        ),
        ({"text": "x", "message_thread_id": 77}, "message thread not found"),
        ({"text": "x", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "x" * 65}]]}},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "entities": [1]},
            "can't parse MessageEntity: expected an Object with type, offset and length",
        ),
    ],
)
async def test_telegram_refuses(api: Api, parameters: dict[str, object], words: str) -> None:
    assert await api.refusal("sendMessage", **{"chat_id": AMINA, **parameters}) == (400, f"Bad Request: {words}")


@pytest.mark.usefixtures("amina")
async def test_a_text_may_have_4096_units_after_its_tags(bot: telegram.Bot) -> None:
    sent = await bot.send_message(AMINA, f"<b>{'x' * 4094}</b>😀", parse_mode=ParseMode.HTML)

    assert sent.text is not None
    assert len(sent.text) == 4095


@pytest.mark.usefixtures("amina")
async def test_entities_may_be_given_instead_of_tags(bot: telegram.Bot) -> None:
    sent = await bot.send_message(AMINA, "bold", entities=[telegram.MessageEntity("bold", 0, 4)])

    assert sent.text_html == "<b>bold</b>"


async def test_the_bot_cannot_write_first(api: Api, bilal: Phone) -> None:
    refusal = await api.refusal("sendMessage", chat_id=BILAL, text="Hello")
    assert refusal == (403, "Forbidden: bot can't initiate conversation with a user")

    await bilal.write("/start")
    await api.result("sendMessage", chat_id=BILAL, text="Hello")


async def test_the_bot_cannot_write_to_who_blocked_it(bot: telegram.Bot, api: Api, amina: Phone) -> None:
    await amina.do("blocks", blocked=True)

    assert await api.refusal("sendMessage", chat_id=AMINA, text="Hello") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    with pytest.raises(telegram.error.Forbidden):
        await bot.send_chat_action(AMINA, "typing")


@pytest.mark.usefixtures("amina")
async def test_typing(bot: telegram.Bot, api: Api) -> None:
    assert await bot.send_chat_action(AMINA, "typing") is True
    assert await bot.send_chat_action(STAFF, "typing", message_thread_id=77) is True
    refusal = await api.refusal("sendChatAction", chat_id=AMINA, action="juggling")
    assert refusal == (400, "Bad Request: wrong parameter action in request")


async def test_a_copy_is_the_bots_own(bot: telegram.Bot, api: Api, amina: Phone) -> None:
    question = await amina.write("May I bring my own stethoscope?")

    copied = await bot.copy_message(STAFF, AMINA, question)

    [seen] = (await Phone(amina._client, AMINA, STAFF).look())["messages"]
    assert seen["message_id"] == copied.message_id
    assert (seen["text"], seen["from"]) == ("May I bring my own stethoscope?", bot.id)
    refusal = await api.refusal("copyMessage", chat_id=STAFF, from_chat_id=AMINA, message_id=999)
    assert refusal == (400, "Bad Request: message to copy not found")


async def test_a_forwarded_message_says_whose_it_is(bot: telegram.Bot, api: Api, amina: Phone) -> None:
    question = await amina.write("Is there parking?")

    sent = await bot.forward_message(STAFF, AMINA, question)

    assert isinstance(sent.forward_origin, telegram.MessageOriginUser)
    assert sent.forward_origin.sender_user.id == AMINA
    refusal = await api.refusal("forwardMessage", chat_id=STAFF, from_chat_id=AMINA, message_id=999)
    assert refusal == (400, "Bad Request: message to forward not found")


@pytest.mark.usefixtures("amina")
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_too_many_messages_have_to_wait(bot: telegram.Bot, api: Api) -> None:
    for number in range(20):
        await api.result("sendMessage", chat_id=AMINA, text=str(number))

    answer = await api("sendMessage", chat_id=AMINA, text="one more")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    with pytest.raises(telegram.error.RetryAfter):
        await bot.send_message(AMINA, "one more")
