"""Messages the bot sends."""

import json
import secrets
from typing import Any

from pydantic import ValidationError

from bot.sandbox.chats import EMPTY, Chat, Message
from bot.sandbox.errors import bad_request, refuse
from bot.sandbox.markup import parse_markup
from bot.sandbox.methods.media import Media, file_content, find_file, read_album
from bot.sandbox.methods.parameters import (
    Captioned,
    Flag,
    InTopic,
    OnMessage,
    ReplyParameters,
    Sending,
    numbers,
)
from bot.sandbox.methods.wording import read_caption, read_text
from bot.sandbox.sandbox import Sandbox

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
    }
)


class SendMessage(Sending):
    """Parameters of sendMessage."""

    text: str = ""
    parse_mode: str = ""
    entities: str = ""


class SendPhoto(Captioned):
    """Parameters of sendPhoto."""

    photo: str = ""


class SendDocument(Captioned):
    """Parameters of sendDocument."""

    document: str = ""


class SendMediaGroup(Sending):
    """Parameters of sendMediaGroup."""

    media: str = ""


class SendChatAction(InTopic):
    """Parameters of sendChatAction."""

    action: str = ""


class CopyMessage(Captioned, OnMessage):
    """Parameters of copyMessage; without a caption the copy keeps that of the original."""

    from_chat_id: str = ""
    caption: str | None = None  # type: ignore[assignment]


class CopyMessages(InTopic):
    """Parameters of copyMessages."""

    from_chat_id: str = ""
    message_ids: str = ""
    remove_caption: Flag = False


class ForwardMessage(Sending, OnMessage):
    """Parameters of forwardMessage."""

    from_chat_id: str = ""


def send_message(sandbox: Sandbox, call: SendMessage) -> dict[str, Any]:
    """Send a text."""
    text = read_text(call.text, call.parse_mode, call.entities)
    return _send(sandbox, call, text=text).as_json()


def send_photo(sandbox: Sandbox, call: SendPhoto) -> dict[str, Any]:
    """Send a picture."""
    caption = read_caption(call.caption, call.parse_mode, call.caption_entities)
    file = find_file(sandbox, call, "photo", call.photo)
    return _send(sandbox, call, caption=caption, file=file, content=file_content(file)).as_json()


def send_document(sandbox: Sandbox, call: SendDocument) -> dict[str, Any]:
    """Send a file."""
    caption = read_caption(call.caption, call.parse_mode, call.caption_entities)
    file = find_file(sandbox, call, "document", call.document)
    return _send(sandbox, call, caption=caption, file=file, content=file_content(file)).as_json()


def send_media_group(sandbox: Sandbox, call: SendMediaGroup) -> list[dict[str, Any]]:
    """Send two to ten pictures, or as many files, as one album."""
    album = [_album_part(sandbox, call, media) for media in read_album(call.media)]
    chat, reply_to, thread = _place(sandbox, call)
    sandbox.limits.take(chat.id, len(album))
    group = str(secrets.randbelow(10**17) + 10**17)
    messages = [
        sandbox.world.post(chat, sandbox.world.bot, reply_to=reply_to, thread=thread, media_group_id=group, **part)
        for part in album
    ]
    return [message.as_json() for message in messages]


def send_chat_action(sandbox: Sandbox, call: SendChatAction) -> bool:
    """Show that the bot is typing, or the like; Telegram does not look whether the topic exists."""
    if call.action.lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = sandbox.world.writable_chat(call.chat_id)
    doing = {"chat": chat.id, "action": call.action.lower(), "thread": call.message_thread_id or None}
    sandbox.live.tell("typing", doing)
    return True


def copy_message(sandbox: Sandbox, call: CopyMessage) -> dict[str, Any]:
    """Send a message again, as the bot's own."""
    original = _original(sandbox, call, "copy")
    caption = original.caption
    if call.caption is not None:
        caption = read_caption(call.caption, call.parse_mode, call.caption_entities)
    parts = {"text": original.text, "file": original.file, "content": dict(original.content)}
    return {"message_id": _send(sandbox, call, caption=caption, **parts).id}


def copy_messages(sandbox: Sandbox, call: CopyMessages) -> list[dict[str, Any]]:
    """Send messages again, as the bot's own; albums stay together, and what cannot be copied is left out."""
    source = sandbox.world.find_chat(call.from_chat_id.strip())
    found = [source.find(number) for number in numbers(call.message_ids)]
    originals = [message for message in found if message is not None and not message.service]
    if not originals:
        raise bad_request("there are no messages to copy")
    chat = sandbox.world.writable_chat(call.chat_id)
    thread = find_topic(chat, call.message_thread_id)
    sandbox.limits.take(chat.id, len(originals))
    albums = {
        each.media_group_id: str(secrets.randbelow(10**17) + 10**17) for each in originals if each.media_group_id
    }
    copies = [
        sandbox.world.post(
            chat,
            sandbox.world.bot,
            thread=thread,
            text=each.text,
            caption=EMPTY if call.remove_caption else each.caption,
            file=each.file,
            content=dict(each.content),
            media_group_id=albums.get(each.media_group_id or ""),
        )
        for each in originals
    ]
    return [{"message_id": copy.id} for copy in copies]


def forward_message(sandbox: Sandbox, call: ForwardMessage) -> dict[str, Any]:
    """Send a message again, saying whose it is."""
    original = _original(sandbox, call, "forward")
    origin = {"type": "user", "sender_user": original.sender.as_json(), "date": original.date}
    content = original.content | {"forward_origin": origin}
    parts = {"text": original.text, "caption": original.caption, "file": original.file, "content": content}
    return _send(sandbox, call, **parts).as_json()


def find_topic(chat: Chat, thread: int) -> int | None:
    """The topic to send to.

    Raises:
        ApiError: 400, it was deleted or never was; or it is closed and the bot may not manage topics.
    """
    if not thread:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not chat.rights.get("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread


def _send(sandbox: Sandbox, call: Sending, **parts: object) -> Message:
    markup = parse_markup(call.reply_markup)
    chat, reply_to, thread = _place(sandbox, call)
    sandbox.limits.take(chat.id)
    return sandbox.world.post(chat, sandbox.world.bot, markup=markup, reply_to=reply_to, thread=thread, **parts)


def _place(sandbox: Sandbox, call: Sending) -> tuple[Chat, Message | None, int | None]:
    chat = sandbox.world.writable_chat(call.chat_id)
    reply_to = _replied(chat, call)
    thread = find_topic(chat, call.message_thread_id)
    if thread is None and reply_to is not None:
        thread = reply_to.thread
    return chat, reply_to, thread


def _replied(chat: Chat, call: Sending) -> Message | None:
    reply = ReplyParameters(
        message_id=call.reply_to_message_id, allow_sending_without_reply=call.allow_sending_without_reply
    )
    if call.reply_parameters:
        reply = _reply_parameters(call.reply_parameters)
    message = chat.find(reply.message_id)
    if message is None and reply.message_id and not reply.allow_sending_without_reply:
        raise bad_request("message to be replied not found")
    return message


def _reply_parameters(raw: str) -> ReplyParameters:
    try:
        return ReplyParameters.model_validate_json(raw)
    except ValidationError:
        raise bad_request("can't parse reply parameters JSON object") from None


def _original(sandbox: Sandbox, call: CopyMessage | ForwardMessage, verb: str) -> Message:
    chat = sandbox.world.find_chat(call.from_chat_id.strip())
    message = chat.find(call.message_id)
    if message is None:
        refuse(f"message to {verb} not found")
    if message.service:
        refuse("message can't be copied" if verb == "copy" else "message can't be forwarded")
    return message


def _album_part(sandbox: Sandbox, call: SendMediaGroup, media: Media) -> dict[str, Any]:
    if not media.media:
        raise bad_request("can't parse InputMedia: media not found")
    file = find_file(sandbox, call, media.type, media.media)
    caption = read_caption(media.caption, media.parse_mode, json.dumps(media.caption_entities))
    return {"file": file, "caption": caption, "content": file_content(file)}
