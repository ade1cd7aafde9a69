"""Everyone and everything in this Telegram, in memory."""

import itertools
import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.chats import Chat, Message, Person, Topic
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.files import FileStore
from bot.sandbox.live import Live
from bot.sandbox.view import message_view, person_view

STAFF_CHAT_ID = -1001000000001
STAFF_TITLE = "HMC staff"
BOT_RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
}
APPLICANTS = (
    Person(700000001, "Amina", "Yusuf", "amina_yusuf", "en"),
    Person(700000002, "Bilal", "Ahmed", "bilal_ahmed", "en"),
    Person(700000003, "Camila", "Torres", None, "es"),
)
STAFF = (
    Person(600000001, "Dana", "Whitfield", "dana_whitfield", "en", is_staff=True),
    Person(600000002, "Marcus", "Reyes", "marcus_reyes", "en", is_staff=True),
    Person(600000003, "Priya", "Nair", "priya_nair", "en", is_staff=True),
)
OWNER = STAFF[0]

_CHAT_ID = re.compile(r"-?[0-9]{1,19}")


class World:
    """People, chats and files, and the one way to change messages: each change wakes who waits for it.

    Args:
        bot: The account the token belongs to.
        live: The pages to tell.
        now: Seconds since 1970.
    """

    def __init__(self, bot: Person, live: Live, now: Callable[[], float]) -> None:
        self.bot = bot
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self._live = live
        self._now = now
        self._private_ids = itertools.count(1)
        self._group_ids = itertools.count(2)  # the first says that the group was created

    def now(self) -> int:
        """The date of a message sent now."""
        return int(self._now())

    def put_person(self, person: Person) -> None:
        """Add a person with an empty private chat, or change one."""
        self.people[person.id] = person
        chat = self.chats.setdefault(person.id, Chat(person.id, person=person))
        chat.person = person
        self._live.tell("people", {"people": [person_view(each) for each in self.people.values()]})

    def find_chat(self, chat_id: str) -> Chat:
        """A chat the bot knows.

        Raises:
            ApiError: 400, there is none.
        """
        chat = self._chat(chat_id)
        if not chat.is_group and not chat.is_started:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, chat_id: str) -> Chat:
        """A chat the bot may write to.

        Raises:
            ApiError: 400, there is none; 403, its person never wrote to the bot or blocked it.
        """
        chat = self._chat(chat_id)
        if chat.is_blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.is_group and not chat.is_started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def post(self, chat: Chat, sender: Person, **parts: Any) -> Message:  # noqa: ANN401
        """Put a new message into a chat.

        Args:
            chat: Where.
            sender: By whom.
            parts: The fields of Message that make it up.
        """
        ids = self._group_ids if chat.is_group else self._private_ids
        message = Message(next(ids), chat, sender, self.now(), **parts)
        chat.add(message)
        self._tell("message", message)
        return message

    def touch(self, message: Message) -> None:
        """Note that a message has changed."""
        message.chat.touch(message)
        self._tell("changed", message)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.is_deleted = True
        message.chat.touch(message)
        self._live.tell("deleted", {"chat": message.chat.id, "message_id": message.id})

    def open_topic(self, chat: Chat, sender: Person, name: str, icon_color: int) -> Topic:
        """Open a topic; the message that says so gives it its id."""
        created = {"forum_topic_created": {"name": name, "icon_color": icon_color}}
        service = f"{sender.first_name} created the topic “{name}”"
        message = self.post(chat, sender, content=created, service=service)
        message.thread = message.id
        self._tell("changed", message)
        topic = chat.topics[message.id] = Topic(message.id, name, icon_color)
        return topic

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Take a topic and its messages away."""
        del chat.topics[topic.id]
        for message in chat.in_thread(topic.id):
            self.delete(message)

    def _chat(self, chat_id: str) -> Chat:
        if not chat_id:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(chat_id)) if _CHAT_ID.fullmatch(chat_id) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _tell(self, kind: str, message: Message) -> None:
        if self._live.is_watched:
            self._live.tell(kind, {"chat": message.chat.id} | message_view(message))


def build_world(bot: Person, live: Live, now: Callable[[], float]) -> World:
    """A world with some applicants, and the staff in their group with the bot."""
    world = World(bot, live, now)
    for person in (*APPLICANTS, *STAFF):
        world.put_person(person)
    members = {person.id: "member" for person in STAFF}
    members |= {OWNER.id: "creator", bot.id: "administrator"}
    world.chats[STAFF_CHAT_ID] = Chat(STAFF_CHAT_ID, title=STAFF_TITLE, members=members, rights=dict(BOT_RIGHTS))
    return world


def check_right(chat: Chat, right: str, words: str) -> None:
    """Make sure that the bot may do this in a group.

    Raises:
        ApiError: 400 "not enough rights ...".
    """
    if chat.is_group and not chat.rights.get(right):
        raise ApiError(400, "Bad Request: not enough rights " + words)
