"""Topics of the staff group."""

from typing import Any

from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.parameters import InChat, Integer, InTopic
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.text import utf16_length
from bot.sandbox.world import check_right

NAME_LIMIT = 128
DEFAULT_COLOR = 0x6FB9F0
COLORS = (DEFAULT_COLOR, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


class CreateTopic(InChat):
    """Parameters of createForumTopic."""

    name: str = ""
    icon_color: Integer = DEFAULT_COLOR


class EditTopic(InTopic):
    """Parameters of editForumTopic."""

    name: str | None = None


def create_forum_topic(sandbox: Sandbox, call: CreateTopic) -> dict[str, Any]:
    """Open a topic."""
    chat = _forum(sandbox, call, "to create a topic")
    if call.icon_color not in COLORS:
        raise bad_request("invalid icon color specified")
    name = _checked_name(call.name)
    sandbox.limits.take(chat.id)
    return sandbox.world.open_topic(chat, sandbox.world.bot, name, call.icon_color).as_json()


def edit_forum_topic(sandbox: Sandbox, call: EditTopic) -> bool:
    """Rename a topic."""
    chat, topic = _topic(sandbox, call, "to edit the topic")
    if call.name is None:
        return True
    name = _checked_name(call.name)
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    _say(sandbox, chat, topic, {"forum_topic_edited": {"name": name}}, f"renamed the topic “{name}”")
    return True


def close_forum_topic(sandbox: Sandbox, call: InTopic) -> bool:
    """Close a topic."""
    return _set_closed(sandbox, call, is_closed=True)


def reopen_forum_topic(sandbox: Sandbox, call: InTopic) -> bool:
    """Open a closed topic again."""
    return _set_closed(sandbox, call, is_closed=False)


def delete_forum_topic(sandbox: Sandbox, call: InTopic) -> bool:
    """Take a topic away with all its messages."""
    chat, topic = _topic(sandbox, call, "to delete the topic")
    check_right(chat, "can_delete_messages", "to delete the topic")
    sandbox.world.delete_topic(chat, topic)
    return True


def _set_closed(sandbox: Sandbox, call: InTopic, *, is_closed: bool) -> bool:
    chat, topic = _topic(sandbox, call, "to close or open the topic")
    if topic.is_closed is is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = is_closed
    kind = "forum_topic_closed" if is_closed else "forum_topic_reopened"
    _say(sandbox, chat, topic, {kind: {}}, "closed the topic" if is_closed else "reopened the topic")
    return True


def _forum(sandbox: Sandbox, call: InChat, doing: str) -> Chat:
    chat = sandbox.world.find_chat(call.chat_id)
    if not chat.is_group:
        raise bad_request("the chat is not a forum")
    check_right(chat, "can_manage_topics", doing)
    return chat


def _topic(sandbox: Sandbox, call: InTopic, doing: str) -> tuple[Chat, Topic]:
    chat = _forum(sandbox, call, doing)
    if call.message_thread_id <= 0:
        raise bad_request("invalid message thread identifier specified")
    topic = chat.topics.get(call.message_thread_id)
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise bad_request("title must be non-empty")
    return name if utf16_length(name) <= NAME_LIMIT else name[:NAME_LIMIT]


def _say(sandbox: Sandbox, chat: Chat, topic: Topic, content: dict[str, Any], done: str) -> None:
    bot = sandbox.world.bot
    service = f"{bot.first_name} {done}"
    sandbox.world.post(chat, bot, content=content, service=service, thread=topic.id)
