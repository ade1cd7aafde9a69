"""How calls are made: tokens, bodies, unknown methods."""

import json

import httpx
import pytest
import telegram

from bot.sandbox.bot_api import METHODS

from .conftest import AMINA, TOKEN, Api, Phone


async def test_the_bot_knows_itself(bot: telegram.Bot) -> None:
    me = await bot.get_me()

    assert (me.id, me.username, me.is_bot) == (7000000099, "hmc_local_bot", True)


@pytest.mark.parametrize(
    ("token", "status", "words"),
    [
        ("7000000099:other-words", 401, "Unauthorized"),
        ("1:a", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
        ("", 404, "Not Found"),
    ],
)
async def test_a_wrong_token_is_refused(client: httpx.AsyncClient, token: str, status: int, words: str) -> None:
    response = await client.get(f"/bot{token}/getMe")

    assert response.status_code == status
    assert response.json() == {"ok": False, "error_code": status, "description": words}


async def test_a_wrong_token_reads_as_invalid_in_the_library(address: str) -> None:
    bot = telegram.Bot("1:nobody", base_url=f"{address}/bot")

    with pytest.raises(telegram.error.InvalidToken):
        await bot.initialize()


@pytest.mark.parametrize("path", [f"bot{TOKEN}/sendPigeon", f"bot{TOKEN}", f"bot{TOKEN}/", "bot"])
async def test_an_unknown_method_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(f"/{path}")

    assert response.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.usefixtures("amina")
async def test_parameters_come_in_four_ways(client: httpx.AsyncClient) -> None:
    path = f"/bot{TOKEN}/SENDMESSAGE"
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    form = {"chat_id": str(AMINA), "text": "hi", "reply_markup": json.dumps(markup), "pigeon": "ignored"}

    answers = [
        await client.get(path, params=form),
        await client.post(path, data=form),
        await client.post(path, json={"chat_id": AMINA, "text": "hi", "reply_markup": markup}),
        await client.post(path, files={name: (None, value) for name, value in form.items()}),
    ]

    for answer in answers:
        assert answer.json()["result"]["reply_markup"] == markup


async def test_a_broken_body_is_refused(client: httpx.AsyncClient) -> None:
    path, headers = f"/bot{TOKEN}/sendMessage", {"Content-Type": "application/json"}

    for body in (b"{", b"[]", b'{"text": "\\ud83d"}'):
        response = await client.post(path, content=body, headers=headers)
        assert response.status_code == 400


@pytest.mark.usefixtures("amina")
async def test_null_counts_as_left_out_but_not_for_the_markup(api: Api) -> None:
    await api.result("sendMessage", chat_id=AMINA, text="hi", parse_mode=None, message_thread_id=None)

    refusal = await api.refusal("sendMessage", chat_id=AMINA, text="hi", reply_markup=None)
    assert refusal == (400, "Bad Request: object expected as reply markup")


async def test_every_method_of_the_contract_is_there() -> None:
    promised = """getMe getUpdates setWebhook deleteWebhook getWebhookInfo sendMessage sendPhoto sendDocument
        sendMediaGroup sendChatAction copyMessage copyMessages
        forwardMessage setMessageReaction editMessageText editMessageReplyMarkup
        editMessageCaption deleteMessage deleteMessages
        pinChatMessage unpinChatMessage answerCallbackQuery getFile getChat
        getChatMember getChatAdministrators createForumTopic editForumTopic closeForumTopic reopenForumTopic
        deleteForumTopic setMyCommands getMyCommands deleteMyCommands setMyDescription getMyDescription
        setMyShortDescription getMyShortDescription"""

    assert {method.lower() for method in promised.split()} == set(METHODS)


async def test_half_a_character_in_a_button_breaks_nothing(client: httpx.AsyncClient, amina: Phone) -> None:
    markup = '{"inline_keyboard": [[{"text": "A\\ud83d", "callback_data": "a"}]]}'

    await client.post(f"/bot{TOKEN}/sendMessage", data={"chat_id": AMINA, "text": "x", "reply_markup": markup})

    assert (await amina.newest())["buttons"] == [["A\ud83d"]]
