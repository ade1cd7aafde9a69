"""People who do anything at all, and what each of them may expect of whatever comes back."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENCE = 20.0
"""Seconds after which somebody counts as left without a reply."""
LOOK_AGAIN = 0.5
"""Seconds that one request waits for news, as they may come in this chat or in another."""

Json = dict[str, Any]


class LeftAlone(AssertionError):
    """Nothing came back for something that somebody did."""


@dataclass
class Walker:
    """Somebody in a chat: an applicant in their own, or a coordinator in the staff's.

    Attributes:
        telegram: The local Telegram's human side.
        number: Who they are.
        chat: Where they write.
        secret: A word of theirs that nobody writes by chance; staff may read it, other applicants may not.
        group: Where staff hear them: while a person talks with an applicant the assistant itself is silent.
        since: The message from which on they look at the chat.
        did: What they did last, as it is told when something is wrong.
    """

    telegram: httpx.Client
    number: int
    chat: int
    secret: str = ""
    group: int | None = None
    since: int = 0
    did: str = ""
    _own: set[int] = field(default_factory=set)

    def writes(self, text: str, **more: object) -> None:
        """Write something, and expect a reply."""
        self._does(f"write {text!r}", "messages", {"text": text, **more})

    def taps(self, message: Json, button: str) -> None:
        """Tap a button; the tap is answered, or something is shown."""
        self._does(f"tap {button!r}", "taps", {"message_id": message["message_id"], "button": button})

    def forges(self, message: Json, data: str) -> None:
        """Send what no button of this message holds."""
        self._does(f"forge {data!r}", "taps", {"message_id": message["message_id"], "data": data})

    def edits(self, text: str) -> None:
        """Change the words of the last message of one's own."""
        if self._own:
            self._does(f"edit to {text!r}", "edits", {"message_id": max(self._own), "text": text})

    def shares(self, what: str, **more: object) -> None:
        """Send a sticker, a voice message, a contact or a place."""
        self._does(f"share {what}", what, more)

    def sends(self, name: str, content: bytes, kind: str) -> None:
        """Send a file."""
        before = self._state()
        form = {"from": str(self.number), "as": kind}
        url = f"/sandbox/chats/{self.chat}/files"
        self.telegram.post(url, data=form, files={"file": (name, content)}).raise_for_status()
        self._wait_for_more_than(before, f"send {name!r}")

    def waits(self) -> None:
        """Wait for something new in the chat, for a moment."""
        now = self._read(after=self.since)
        newest = max([self.since, *(message["message_id"] for message in now["messages"])])
        self._read(after=newest, seen=now["version"], wait=LOOK_AGAIN)

    def shown(self) -> Sequence[Json]:
        """Return the bot's messages in this chat, oldest first."""
        return [message for message in self._messages() if message.get("is_bot")]

    def with_buttons(self) -> Sequence[Json]:
        """Return the bot's messages that can be tapped; the latest dozen."""
        return [message for message in self.shown() if message["buttons"]][-12:]

    def _does(self, did: str, what: str, body: Json) -> None:
        before = self._state()
        response = self.telegram.post(f"/sandbox/chats/{self.chat}/{what}", json={"from": self.number, **body})
        if response.status_code == httpx.codes.BAD_REQUEST:  # Telegram itself does not let them
            return
        response.raise_for_status()
        if what == "messages":
            self._own.add(response.json()["message_id"])
        self._wait_for_more_than(before, did)

    def _wait_for_more_than(self, before: str, did: str) -> None:
        self.did, until = did, time.monotonic() + PATIENCE
        while self._state() == before:
            if time.monotonic() > until:
                raise LeftAlone(f"{did}: no reply; the last that stood there: {self.shown()[-1:]}")
            self.waits()

    def _state(self) -> str:
        """Return all that the bot has shown here: its messages, its reactions, what it answered to taps."""
        seen = [message for message in self._messages() if message.get("is_bot") or message.get("reactions")]
        answers = self.telegram.get(f"/sandbox/chats/{self.chat}/answers", params={"after": 0}).json()
        return json.dumps(
            [seen, [each for each in answers["answers"] if each["from"] == self.number], self._relayed()]
        )

    def _relayed(self) -> int:
        if self.group is None:
            return 0
        parameters = {"after": 2**31}
        response = self.telegram.get(f"/sandbox/chats/{self.group}/messages", params=parameters)
        return int(response.json()["version"])

    def _messages(self) -> Sequence[Json]:
        return [message for message in self._read(after=self.since)["messages"] if not message.get("deleted")]

    def _read(self, **parameters: float) -> Json:
        url = f"/sandbox/chats/{self.chat}/messages"
        response = self.telegram.get(url, params=parameters, timeout=PATIENCE + 10)
        response.raise_for_status()
        found: Json = response.json()
        return found
