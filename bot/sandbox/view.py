"""Messages as people see them, for the page and for tests."""

from typing import Any

from bot.sandbox.chats import Chat, Message, Person
from bot.sandbox.html import render_html
from bot.sandbox.markup import ReplyKeyboard

_EXTRAS = ("contact", "location", "sticker", "voice")


def message_view(message: Message) -> dict[str, Any]:
    """A message with its buttons, as the interface for people gives it."""
    if message.is_deleted:
        return {"message_id": message.id, "deleted": True}
    view = {
        "message_id": message.id,
        "from": message.sender.id,
        "is_bot": message.sender.is_bot,
        "date": message.date,
        "text": message.text.text,
        "html": render_html(message.text if message.text.text else message.caption),
        "buttons": message.inline_keyboard.titles() if message.inline_keyboard else [],
        "keyboard": message.markup.titles() if isinstance(message.markup, ReplyKeyboard) else None,
        "document": _document(message),
        "photo": _photo(message),
        "thread": message.thread,
        "reply_to": message.reply_to.id if message.reply_to else None,
        "edited_at": message.edited_at,
    }
    return view | _rest(message)


def person_view(person: Person) -> dict[str, Any]:
    """A person as the interface for people names them."""
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "is_staff": person.is_staff,
    }


def topics_view(chat: Chat) -> list[dict[str, Any]]:
    """The topics of a group."""
    return [{"thread": topic.id, "name": topic.name, "closed": topic.is_closed} for topic in chat.topics.values()]


def _document(message: Message) -> dict[str, Any] | None:
    file = message.file
    if file is None or file.kind != "document":
        return None
    return {
        "name": file.name,
        "url": f"/sandbox/files/{file.file_id}",
        "size": file.size,
        "mime_type": file.mime_type,
    }


def _photo(message: Message) -> dict[str, Any] | None:
    file = message.file
    if file is None or file.kind != "photo":
        return None
    full = message.content["photo"][-1]
    url = f"/sandbox/files/{file.file_id}"
    return {"url": url, "size": file.size, "width": full["width"], "height": full["height"]}


def _rest(message: Message) -> dict[str, Any]:
    rest: dict[str, Any] = {name: message.content[name] for name in _EXTRAS if name in message.content}
    if message.caption.text:
        rest["caption"] = message.caption.text
    if message.is_pinned:
        rest["pinned"] = True
    if message.reactions:
        rest["reactions"] = [*message.reactions.values()]
    if message.service:
        rest["service"] = message.service
    if message.media_group_id:
        rest["media_group_id"] = message.media_group_id
    if links := _links(message):
        rest["links"] = links
    return rest


def _links(message: Message) -> dict[str, str]:
    rows = message.inline_keyboard.rows if message.inline_keyboard else ()
    return {button["text"]: button["url"] for row in rows for button in row if "url" in button}
