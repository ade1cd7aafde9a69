"""What people do: write, tap, send files, edit, block the bot. Each reaches the bot as an update."""

import re
from typing import Any

from bot.sandbox.chats import Chat, Message, Person
from bot.sandbox.errors import ApiError, PersonError
from bot.sandbox.markup import CALLBACK_DATA_LIMIT
from bot.sandbox.methods.chats import member_json
from bot.sandbox.methods.media import check_picture
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.text import CAPTION_LIMIT, Formatted, clean, split, trimmed, utf16_length, with_found_entities

PERSON_UPLOAD_LIMIT = 200 * 1024 * 1024

_START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def find_chat(sandbox: Sandbox, chat_id: int) -> Chat:
    """A chat.

    Raises:
        PersonError: 404, there is none.
    """
    chat = sandbox.world.chats.get(chat_id)
    if chat is None:
        raise PersonError("no such chat", status=404)
    return chat


def find_person(sandbox: Sandbox, chat: Chat, person_id: int) -> Person:
    """Someone who may write in a chat.

    Raises:
        PersonError: 404, nobody has this id; 400, the chat is not theirs.
    """
    person = sandbox.world.people.get(person_id)
    if person is None:
        raise PersonError("no such person", status=404)
    if person is not chat.person and person.id not in chat.members:
        raise PersonError("this person is not in the chat")
    return person


def find_message(chat: Chat, message_id: int) -> Message:
    """A message of a chat.

    Raises:
        PersonError: 404, it is not there any more or never was.
    """
    message = chat.find(message_id)
    if message is None:
        raise PersonError("no such message", status=404)
    return message


def write(
    sandbox: Sandbox, chat: Chat, person: Person, text: str, *, reply_to: int | None, thread: int | None
) -> list[Message]:
    """Send a text; one that is too long becomes several messages, as in any Telegram client."""
    parts = split(_cleaned(text))
    if not parts:
        raise PersonError("the text is empty")
    place = _place(chat, reply_to, thread)
    return [send(sandbox, chat, person, text=_found(part), **place) for part in parts]


def start(sandbox: Sandbox, chat: Chat, person: Person, payload: str) -> list[Message]:
    """Open the chat from a link with a payload, t.me/<bot>?start=<payload>."""
    if not _START_PAYLOAD.fullmatch(payload):
        raise PersonError("a start payload has 1-64 letters, digits, _ or -")
    return write(sandbox, chat, person, f"/start {payload}", reply_to=None, thread=None)


def send(sandbox: Sandbox, chat: Chat, person: Person, **parts: Any) -> Message:  # noqa: ANN401
    """Send anything; the bot hears of it."""
    if chat.is_blocked:
        raise PersonError("unblock the bot first")
    chat.is_started = True
    message = sandbox.world.post(chat, person, **parts)
    sandbox.updates.add("message", message.as_json())
    return message


def send_content(
    sandbox: Sandbox, chat: Chat, person: Person, content: dict[str, Any], thread: int | None
) -> Message:
    """Send a contact, a location, a sticker or a voice message."""
    return send(sandbox, chat, person, content=content, **_place(chat, None, thread))


def send_file(
    sandbox: Sandbox,
    chat: Chat,
    person: Person,
    upload: tuple[str, bytes, str | None],
    *,
    kind: str,
    caption: str,
    reply_to: int | None,
    thread: int | None,
    album: str | None = None,
) -> Message:
    """Send a file or a picture.

    Args:
        sandbox: This Telegram.
        chat: Where.
        person: Who.
        upload: Name, bytes and MIME type.
        kind: document or photo.
        caption: May be empty.
        reply_to: A message to answer.
        thread: A topic.
        album: What the files that are sent together have in common; None for a file alone.
    """
    name, data, mime_type = upload
    _check_upload(kind, data)
    words = _cleaned(caption)
    if utf16_length(words) > CAPTION_LIMIT:
        raise PersonError("the caption is too long")
    place = _place(chat, reply_to, thread)
    file = sandbox.world.files.add(kind, name, data, mime_type)
    content = {"photo": file.as_photo()} if kind == "photo" else {"document": file.as_document()}
    return send(
        sandbox, chat, person, file=file, content=content, caption=_found(words), media_group_id=album, **place
    )


def edit(sandbox: Sandbox, chat: Chat, person: Person, message_id: int, text: str) -> Message:
    """Reword one's own message."""
    message = find_message(chat, message_id)
    if message.sender is not person:
        raise PersonError("only one's own messages can be edited")
    words = _cleaned(text)
    if not words or len(split(words)) > 1:
        raise PersonError("the text is empty or too long")
    if message.file is not None:
        message.caption = _found(words)
    else:
        message.text = _found(words)
    message.edited_at = sandbox.world.now()
    sandbox.world.touch(message)
    sandbox.updates.add("edited_message", message.as_json())
    return message


def tap(sandbox: Sandbox, chat: Chat, person: Person, message_id: int, title: str) -> dict[str, Any]:
    """Tap an inline button by its title; a link only tells where it leads."""
    message = find_message(chat, message_id)
    button = message.inline_keyboard.find(title) if message.inline_keyboard else None
    if button is None:
        raise PersonError("the message has no such button")
    if "callback_data" not in button:
        return {"url": button.get("url")}
    return tap_data(sandbox, chat, person, message_id, button["callback_data"])


def tap_data(sandbox: Sandbox, chat: Chat, person: Person, message_id: int, data: str) -> dict[str, Any]:
    """Send callback data, as a client that was tampered with may do."""
    message = find_message(chat, message_id)
    if not 0 < len(data.encode()) <= CALLBACK_DATA_LIMIT:
        raise PersonError("callback data has 1-64 bytes")
    if message.sender is not sandbox.world.bot:
        raise PersonError("only the bot's messages have buttons")
    query = sandbox.queries.ask(chat, person)
    content = {
        "id": query.id,
        "from": person.as_json(),
        "message": message.as_json(),
        "chat_instance": str(abs(chat.id) * 1_000_003),
        "data": data,
    }
    sandbox.updates.add("callback_query", content)
    return {"callback_query_id": query.id}


def set_blocked(sandbox: Sandbox, chat: Chat, person: Person, *, is_blocked: bool) -> None:
    """Block the bot, or let it write again."""
    if chat.is_group:
        raise PersonError("the bot can be blocked in a private chat only")
    if chat.is_blocked is is_blocked:
        return
    chat.is_blocked = is_blocked
    member = member_json(chat, sandbox.world.bot)
    kicked = {"user": sandbox.world.bot.as_json(), "status": "kicked", "until_date": 0}
    old, new = (member, kicked) if is_blocked else (kicked, member)
    content = {"chat": chat.as_json(), "from": person.as_json(), "date": sandbox.world.now()}
    sandbox.updates.add("my_chat_member", content | {"old_chat_member": old, "new_chat_member": new})


def set_member(sandbox: Sandbox, chat: Chat, person_id: int, *, is_member: bool) -> None:
    """Let somebody join the staff's group, or leave it; a bot that asked for it hears of both."""
    person = sandbox.world.people.get(person_id)
    if person is None:
        raise PersonError("no such person", status=404)
    if not chat.is_group or chat.members.get(person_id) == "creator":
        raise PersonError("only a group has members who come and go, and its owner stays")
    if (person_id in chat.members) is is_member:
        return
    old = member_json(chat, person)
    if is_member:
        chat.members[person_id] = "member"
    else:
        del chat.members[person_id]
    person.is_staff = is_member
    sandbox.world.put_person(person)
    content = {"chat": chat.as_json(), "from": person.as_json(), "date": sandbox.world.now()}
    change = {"old_chat_member": old, "new_chat_member": member_json(chat, person)}
    sandbox.updates.add("chat_member", content | change)


def delete_topic(sandbox: Sandbox, chat: Chat, thread: int) -> None:
    """Delete a topic; Telegram tells the bot nothing."""
    topic = chat.topics.get(thread)
    if topic is None:
        raise PersonError("no such topic", status=404)
    sandbox.world.delete_topic(chat, topic)


def _place(chat: Chat, reply_to: int | None, thread: int | None) -> dict[str, Any]:
    replied = None if reply_to is None else find_message(chat, reply_to)
    thread = replied.thread if replied and thread is None else thread
    if thread is not None and thread not in chat.topics:
        raise PersonError("no such topic", status=404)
    if thread is not None and chat.topics[thread].is_closed:
        raise PersonError("the topic is closed")
    return {"reply_to": replied, "thread": thread}


def _cleaned(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PersonError("the text is not Unicode") from None
    return clean(text).strip(" \n")


def _found(text: str) -> Formatted:
    return with_found_entities(trimmed(Formatted(text)))


def _check_upload(kind: str, data: bytes) -> None:
    if kind not in ("document", "photo"):
        raise PersonError('"as" is document or photo')
    if not data:
        raise PersonError("the file is empty")
    if len(data) > PERSON_UPLOAD_LIMIT:
        raise PersonError("the file is too large", status=413)
    try:
        if kind == "photo":
            check_picture(data)
    except ApiError:
        raise PersonError("this is not a picture Telegram takes; send it as a document") from None
