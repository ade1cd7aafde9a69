"""What the bot says about itself, and files it asks for."""

import json
import re
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.sandbox.errors import bad_request, refuse
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.profile import DEFAULT_SCOPE, Command, Scope
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.text import utf16_length

MOST_COMMANDS = 100
COMMAND_DESCRIPTION_LIMIT = 256
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


class Commands(Parameters):
    """Parameters of the methods about commands."""

    commands: str = ""
    scope: str = ""
    language_code: str = ""


class Description(Parameters):
    """Parameters of setMyDescription and setMyShortDescription, and of their questions."""

    description: str = ""
    short_description: str = ""
    language_code: str = ""


class GetFile(Parameters):
    """Parameters of getFile."""

    file_id: str = ""


class _Command(BaseModel):
    command: str
    description: str


def get_me(sandbox: Sandbox, _call: Parameters) -> dict[str, Any]:
    """The bot itself."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return sandbox.world.bot.as_json() | abilities


def set_my_commands(sandbox: Sandbox, call: Commands) -> bool:
    """Set the bot's commands."""
    sandbox.profile.commands[_scope(call.scope), call.language_code] = _commands(call.commands)
    return True


def get_my_commands(sandbox: Sandbox, call: Commands) -> list[Command]:
    """The bot's commands, of just this scope and language."""
    return sandbox.profile.commands.get((_scope(call.scope), call.language_code), [])


def delete_my_commands(sandbox: Sandbox, call: Commands) -> bool:
    """Forget the commands of a scope and language."""
    sandbox.profile.commands.pop((_scope(call.scope), call.language_code), None)
    return True


def set_my_description(sandbox: Sandbox, call: Description) -> bool:
    """Set what an empty chat with the bot shows."""
    if utf16_length(call.description) > DESCRIPTION_LIMIT:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    sandbox.profile.descriptions[call.language_code] = call.description
    return True


def get_my_description(sandbox: Sandbox, call: Description) -> dict[str, str]:
    """What an empty chat with the bot shows."""
    descriptions = sandbox.profile.descriptions
    return {"description": descriptions.get(call.language_code) or descriptions.get("", "")}


def set_my_short_description(sandbox: Sandbox, call: Description) -> bool:
    """Set what the bot's profile shows."""
    if utf16_length(call.short_description) > SHORT_DESCRIPTION_LIMIT:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")
    sandbox.profile.short_descriptions[call.language_code] = call.short_description
    return True


def get_my_short_description(sandbox: Sandbox, call: Description) -> dict[str, str]:
    """What the bot's profile shows."""
    descriptions = sandbox.profile.short_descriptions
    return {"short_description": descriptions.get(call.language_code) or descriptions.get("", "")}


def get_file(sandbox: Sandbox, call: GetFile) -> dict[str, Any]:
    """Where to download a file from."""
    if not call.file_id:
        raise bad_request("file_id not specified")
    file = sandbox.world.files.find(call.file_id.strip())
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.reference() | {"file_path": file.path}


def _scope(raw: str) -> Scope:
    if not raw:
        return DEFAULT_SCOPE
    try:
        scope = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse BotCommandScope JSON object") from None
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    first, second, *_ = [*(str(scope.get(name, "")) for name in _SCOPES[scope["type"]]), "", ""]
    return scope["type"], first, second


def _commands(raw: str) -> list[Command]:
    try:
        commands = json.loads(raw) if raw else []
    except ValueError:
        raise bad_request("can't parse commands JSON object") from None
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(each) for each in commands]


def _command(raw: object) -> Command:
    try:
        command = _Command.model_validate(raw)
    except ValidationError:
        refuse("can't parse BotCommand: expected an Object")
    name = command.command.removeprefix("/").lower()
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < utf16_length(command.description) <= COMMAND_DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": command.description}
