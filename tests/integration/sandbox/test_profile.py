"""What the bot says about itself."""

import httpx
import pytest
import telegram
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from .conftest import AMINA, Api


async def test_commands_by_scope_and_language(bot: telegram.Bot, client: httpx.AsyncClient) -> None:
    assert (await client.get("/sandbox/commands")).json() == {"commands": []}
    await bot.set_my_commands([BotCommand("help", "What I can do")])
    await bot.set_my_commands([BotCommand("ayuda", "Lo que hago")], language_code="es")
    await bot.set_my_commands([BotCommand("ask", "Ask")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("own", "Own")], scope=BotCommandScopeChat(AMINA))

    assert await bot.get_my_commands() == (BotCommand("help", "What I can do"),)
    assert await bot.get_my_commands(scope=BotCommandScopeChat(AMINA)) == (BotCommand("own", "Own"),)
    shown = (await client.get("/sandbox/commands")).json()
    assert shown == {"commands": [{"command": "ask", "description": "Ask"}]}
    assert await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats()) is True
    shown = (await client.get("/sandbox/commands", params={"language_code": "es"})).json()
    assert shown["commands"][0]["command"] == "ayuda"


async def test_descriptions(bot: telegram.Bot) -> None:
    assert await bot.set_my_description("I answer questions") is True
    assert await bot.set_my_short_description("Answers") is True

    assert (await bot.get_my_description()).description == "I answer questions"
    assert (await bot.get_my_short_description("es")).short_description == "Answers"


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ("[", "can't parse commands JSON object"),
        ({}, "expected an Array of BotCommand"),
        ([1], "can't parse BotCommand: expected an Object"),
        ([{"command": "no spaces", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_telegram_refuses(api: Api, commands: object, words: str) -> None:
    assert await api.refusal("setMyCommands", commands=commands) == (400, f"Bad Request: {words}")


async def test_an_unknown_scope_is_refused(api: Api) -> None:
    refusal = await api.refusal("getMyCommands", scope={"type": "galaxy"})
    assert refusal == (400, "Bad Request: can't parse BotCommandScope: unsupported type specified")
