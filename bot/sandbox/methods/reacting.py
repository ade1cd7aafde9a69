"""Reactions the bot sets."""

import json
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.parameters import OnMessage
from bot.sandbox.sandbox import Sandbox

_EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨"
    " 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎"
    " 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
FREE = frozenset(_EMOJI.split())
"""What a bot may react with; it is no premium user, so it has one reaction on a message."""


class SetReaction(OnMessage):
    """Parameters of setMessageReaction."""

    reaction: str = ""


def set_message_reaction(sandbox: Sandbox, call: SetReaction) -> bool:
    """Put a reaction on a message, or take it back."""
    chat = sandbox.world.find_chat(call.chat_id)
    message = chat.find(call.message_id)
    if message is None:
        raise bad_request("message to react not found")
    if message.service or not chat.takes_reactions:
        raise bad_request("REACTION_INVALID")
    emoji = _read(call.reaction)
    bot = sandbox.world.bot.id
    if message.reactions.get(bot, "") != emoji:
        message.reactions = {each: set_ for each, set_ in message.reactions.items() if each != bot}
        if emoji:
            message.reactions[bot] = emoji
        sandbox.world.touch(message)
    return True


def _read(raw: str) -> str:
    try:
        reactions: list[dict[str, Any]] = json.loads(raw or "[]")
    except ValueError:
        raise bad_request("can't parse reaction types JSON object") from None
    if not isinstance(reactions, list):
        raise bad_request("expected an Array of ReactionType")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not reactions:
        return ""
    emoji = str(reactions[0].get("emoji", ""))
    if reactions[0].get("type") != "emoji" or emoji.removesuffix("\N{VARIATION SELECTOR-16}") not in FREE:
        raise bad_request("REACTION_INVALID")
    return emoji
