"""People, chats, topics and messages: what this Telegram knows."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.files import StoredFile
from bot.sandbox.markup import InlineKeyboard, Markup
from bot.sandbox.signals import Signal
from bot.sandbox.text import Formatted

EMPTY = Formatted("")


@dataclass(slots=True)
class Person:
    """Someone with a Telegram account; the bot has one too."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_staff: bool = False
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        """The Bot API's User."""
        fields = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return fields | _present(
            last_name=self.last_name, username=self.username, language_code=self.language_code
        )


@dataclass(slots=True)
class Topic:
    """A topic of the staff group; its id is that of the message that opened it."""

    id: int
    name: str
    icon_color: int
    is_closed: bool = False

    def as_json(self) -> dict[str, Any]:
        """The Bot API's ForumTopic."""
        return {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}


@dataclass(slots=True, eq=False)
class Message:
    """A message as both sides may see it."""

    id: int
    chat: "Chat"
    sender: Person
    date: int
    text: Formatted = EMPTY
    caption: Formatted = EMPTY
    content: dict[str, Any] = field(default_factory=dict)
    file: StoredFile | None = None
    markup: Markup | None = None
    reply_to: "Message | None" = None
    thread: int | None = None
    service: str | None = None
    media_group_id: str | None = None
    edited_at: int | None = None
    is_pinned: bool = False
    reactions: dict[int, str] = field(default_factory=dict)
    is_deleted: bool = False
    sent_version: int = 0

    @property
    def inline_keyboard(self) -> InlineKeyboard | None:
        """Its buttons, if it has any."""
        return self.markup if isinstance(self.markup, InlineKeyboard) else None

    def as_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        """The Bot API's Message.

        Args:
            with_reply: Whether to include the message it replies to; Telegram goes one step deep.
        """
        fields: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": self.date,
        }
        fields |= _words("text", "entities", self.text) | self.content
        fields |= _words("caption", "caption_entities", self.caption)
        fields |= _present(edit_date=self.edited_at, media_group_id=self.media_group_id)
        if self.thread is not None:
            fields |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.inline_keyboard:
            fields["reply_markup"] = self.inline_keyboard.as_json()
        if with_reply and (replied := self._replied()):
            fields["reply_to_message"] = replied.as_json(with_reply=False)
        return fields

    def _replied(self) -> "Message | None":
        """What it answers; Telegram lets every message of a topic answer the one that opened it."""
        if self.reply_to is None and self.thread is not None and self.thread != self.id:
            return self.chat.find(self.thread)
        return None if self.reply_to is None or self.reply_to.is_deleted else self.reply_to


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat with the bot, or the staff group.

    Each message sent, edited or deleted gives the chat a new version; who waits for news compares versions.
    """

    id: int
    person: Person | None = None
    title: str = ""
    members: dict[int, str] = field(default_factory=dict)
    rights: dict[str, bool] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    is_started: bool = False
    is_blocked: bool = False
    takes_reactions: bool = True
    version: int = 0
    news: Signal = field(default_factory=Signal)
    answers: list[dict[str, Any]] = field(default_factory=list)
    _messages: dict[int, Message] = field(default_factory=dict)
    _ids: list[int] = field(default_factory=list)
    _changes: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """Whether it is the staff group."""
        return self.person is None

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        if self.person is None:
            return {"id": self.id, "title": self.title, "type": "supergroup", "is_forum": True}
        names = _present(last_name=self.person.last_name, username=self.person.username)
        return {"id": self.id, "type": "private", "first_name": self.person.first_name} | names

    def find(self, message_id: int) -> Message | None:
        """A message that is still there."""
        message = self._messages.get(message_id)
        return None if message is None or message.is_deleted else message

    def add(self, message: Message) -> None:
        """Keep a new message."""
        self.version += 1
        message.sent_version = self.version
        self._messages[message.id] = message
        self._ids.append(message.id)
        self.news.give()

    def touch(self, message: Message) -> None:
        """Note that a message is no longer what it was."""
        self.version += 1
        self._changes.append((self.version, message.id))
        self.news.give()

    def newer_than(self, message_id: int) -> list[Message]:
        """The messages after this one, deleted ones left out."""
        ids = self._ids[bisect_right(self._ids, message_id) :]
        return [message for each in ids if not (message := self._messages[each]).is_deleted]

    def changed_since(self, message_id: int, version: int | None = None) -> list[Message]:
        """The messages up to this one that changed since it was sent.

        Args:
            message_id: The newest message the asker knows.
            version: What the asker has seen; None for the moment that message was sent.
        """
        if version is None:
            version = self._version_at(message_id)
        first = bisect_right(self._changes, (version, float("inf")))
        ids = dict.fromkeys(each for _, each in self._changes[first:] if each <= message_id)
        return [self._messages[each] for each in ids]

    def in_thread(self, thread: int) -> list[Message]:
        """The messages of a topic."""
        return [message for message in self._messages.values() if message.thread == thread]

    def pinned(self) -> Message | None:
        """The message pinned last."""
        ids = reversed(self._ids)
        return next((message for each in ids if (message := self.find(each)) and message.is_pinned), None)

    def _version_at(self, message_id: int) -> int:
        place = bisect_right(self._ids, message_id)
        return self._messages[self._ids[place - 1]].sent_version if place else 0


def _present(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _words(name: str, entities_name: str, formatted: Formatted) -> dict[str, Any]:
    if not formatted.text:
        return {}
    if not formatted.entities:
        return {name: formatted.text}
    return {name: formatted.text, entities_name: [entity.as_json() for entity in formatted.entities]}
