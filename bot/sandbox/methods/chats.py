"""What the bot may know of chats and their members."""

from typing import Any

from bot.sandbox.chats import Chat, Person
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.parameters import InChat, Integer
from bot.sandbox.sandbox import Sandbox

ACCEPTED_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


class GetChatMember(InChat):
    """Parameters of getChatMember."""

    user_id: Integer = 0


def get_chat(sandbox: Sandbox, call: InChat) -> dict[str, Any]:
    """All about a chat."""
    chat = sandbox.world.find_chat(call.chat_id)
    full = chat.as_json() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": ACCEPTED_GIFTS,
    }
    if chat.is_group:
        full["permissions"] = {"can_send_messages": True, "can_pin_messages": False}
    if pinned := chat.pinned():
        full["pinned_message"] = pinned.as_json(with_reply=False)
    return full


def get_chat_member(sandbox: Sandbox, call: GetChatMember) -> dict[str, Any]:
    """One member of a chat."""
    chat = sandbox.world.find_chat(call.chat_id)
    if call.user_id <= 0:
        raise bad_request("invalid user_id specified")
    bot = sandbox.world.bot
    person = bot if call.user_id == bot.id else sandbox.world.people.get(call.user_id)
    if person is None:
        raise bad_request("user not found")
    return member_json(chat, person)


def get_chat_administrators(sandbox: Sandbox, call: InChat) -> list[dict[str, Any]]:
    """The owner and the administrators of a group."""
    chat = sandbox.world.find_chat(call.chat_id)
    if not chat.is_group:
        raise bad_request("there are no administrators in the private chat")
    people = sandbox.world.people | {sandbox.world.bot.id: sandbox.world.bot}
    return [member_json(chat, people[each]) for each, status in chat.members.items() if status != "member"]


def member_json(chat: Chat, person: Person) -> dict[str, Any]:
    """The Bot API's ChatMember."""
    member: dict[str, Any] = {"user": person.as_json(), "status": _status(chat, person)}
    if member["status"] == "administrator":
        return member | {"can_be_edited": False, "is_anonymous": False} | chat.rights
    return member | {"is_anonymous": False} if member["status"] == "creator" else member


def _status(chat: Chat, person: Person) -> str:
    if chat.is_group:
        return chat.members.get(person.id, "left")
    return "member" if person is chat.person or person.is_bot else "left"
