"""Messages the bot changes, takes away or pins."""

from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import InlineKeyboard, parse_inline
from bot.sandbox.methods.parameters import InChat, OnMessage, numbers
from bot.sandbox.methods.wording import read_caption, read_text
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.text import Formatted
from bot.sandbox.world import check_right

DELETABLE_SECONDS = 48 * 3600

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Edit(OnMessage):
    """Parameters of every edit."""

    inline_message_id: str = ""
    reply_markup: str | None = None


class OnMessages(InChat):
    """Parameters of deleteMessages."""

    message_ids: str = ""


class EditText(Edit):
    """Parameters of editMessageText."""

    text: str = ""
    parse_mode: str = ""
    entities: str = ""


class EditCaption(Edit):
    """Parameters of editMessageCaption."""

    caption: str = ""
    parse_mode: str = ""
    caption_entities: str = ""


def edit_message_text(sandbox: Sandbox, call: EditText) -> dict[str, Any]:
    """Give a message another text."""
    text = read_text(call.text, call.parse_mode, call.entities, too_long="MESSAGE_TOO_LONG")
    markup = parse_inline(call.reply_markup)
    message = _own(sandbox, call)
    if not message.text.text:
        raise bad_request("there is no text in the message to edit")
    return _change(sandbox, message, text, message.caption, markup)


def edit_message_caption(sandbox: Sandbox, call: EditCaption) -> dict[str, Any]:
    """Give a file another caption."""
    caption = read_caption(call.caption, call.parse_mode, call.caption_entities)
    markup = parse_inline(call.reply_markup)
    message = _own(sandbox, call)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(sandbox, message, message.text, caption, markup)


def edit_message_reply_markup(sandbox: Sandbox, call: Edit) -> dict[str, Any]:
    """Give a message other buttons, or none."""
    markup = parse_inline(call.reply_markup)
    message = _own(sandbox, call)
    return _change(sandbox, message, message.text, message.caption, markup)


def delete_message(sandbox: Sandbox, call: OnMessage) -> bool:
    """Take a message away."""
    message = _message(sandbox, call, "delete")
    if not _is_deletable(sandbox, message):
        raise bad_request("message can't be deleted")
    if sandbox.world.now() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    sandbox.world.delete(message)
    return True


def delete_messages(sandbox: Sandbox, call: OnMessages) -> bool:
    """Take messages away; those that are not there, or may not be taken away, are left out."""
    chat = sandbox.world.find_chat(call.chat_id)
    found = [chat.find(number) for number in numbers(call.message_ids)]
    for message in found:
        if message and _is_deletable(sandbox, message):
            sandbox.world.delete(message)
    return True


def pin_chat_message(sandbox: Sandbox, call: OnMessage) -> bool:
    """Pin a message; the chat says so."""
    message = _message(sandbox, call, "pin")
    check_right(message.chat, "can_pin_messages", "to manage pinned messages in the chat")
    if not message.is_pinned:
        _pin(sandbox, message)
    return True


def unpin_chat_message(sandbox: Sandbox, call: OnMessage) -> bool:
    """Unpin a message, or the one pinned last."""
    chat = sandbox.world.find_chat(call.chat_id)
    check_right(chat, "can_pin_messages", "to manage pinned messages in the chat")
    message = chat.find(call.message_id) if call.message_id else chat.pinned()
    if message is None or not message.is_pinned:
        raise bad_request("message to unpin not found")
    message.is_pinned = False
    sandbox.world.touch(message)
    return True


def _pin(sandbox: Sandbox, message: Message) -> None:
    message.is_pinned = True
    sandbox.world.touch(message)
    bot = sandbox.world.bot
    sandbox.world.post(
        message.chat,
        bot,
        content={"pinned_message": message.as_json(with_reply=False)},
        service=f"{bot.first_name} pinned a message",
        thread=message.thread,
        reply_to=message,
    )


def _message(sandbox: Sandbox, call: OnMessage, verb: str) -> Message:
    chat = sandbox.world.find_chat(call.chat_id)
    if not call.message_id:
        raise bad_request("message identifier is not specified")
    message = chat.find(call.message_id)
    if message is None:
        words = f"message to {verb} not found"
        raise bad_request(words)
    return message


def _own(sandbox: Sandbox, call: Edit) -> Message:
    """The message to edit: the bot's, with inline buttons or none, as Telegram allows it."""
    if call.inline_message_id and not call.chat_id:
        raise bad_request("MESSAGE_ID_INVALID")
    message = _message(sandbox, call, "edit")
    has_other_markup = message.markup is not None and message.inline_keyboard is None
    if message.sender is not sandbox.world.bot or has_other_markup or message.service:
        raise bad_request("message can't be edited")
    return message


def _change(
    sandbox: Sandbox, message: Message, text: Formatted, caption: Formatted, markup: InlineKeyboard | None
) -> dict[str, Any]:
    if (text, caption, markup) == (message.text, message.caption, message.markup):
        raise bad_request(_NOT_MODIFIED)
    message.text, message.caption, message.markup = text, caption, markup
    message.edited_at = sandbox.world.now()
    sandbox.world.touch(message)
    return message.as_json()


def _is_deletable(sandbox: Sandbox, message: Message) -> bool:
    chat: Chat = message.chat
    if message.id in chat.topics:
        return False
    is_own = message.sender is sandbox.world.bot
    return is_own or not chat.is_group or chat.rights.get("can_delete_messages", False)
