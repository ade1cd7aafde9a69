"""People who talk to the assistant through the local Telegram, as a test reads them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

PATIENCE = 20.0
"""Seconds a person waits for something to happen before the test says it never did."""


@dataclass(frozen=True)
class Bubble:
    """A message as its reader sees it."""

    number: int
    text: str
    html: str
    buttons: Sequence[str]
    is_bot: bool
    reply_to: int | None = None
    edited: bool = False
    thread: int | None = None
    pinned: bool = False
    reactions: Sequence[str] = ()
    photo: bool = False
    document: str | None = None
    album: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, message: dict[str, Any]) -> Self:
        buttons = [title for row in message.get("buttons") or [] for title in row]
        return cls(
            number=message["message_id"],
            text=message.get("text") or message.get("caption") or "",
            html=message.get("html") or "",
            buttons=buttons,
            is_bot=message["is_bot"],
            reply_to=message.get("reply_to"),
            edited=bool(message.get("edited_at")),
            thread=message.get("thread"),
            pinned=bool(message.get("pinned")),
            reactions=message.get("reactions") or (),
            photo=bool(message.get("photo")),
            document=(message.get("document") or {}).get("name"),
            album=message.get("media_group_id"),
            links=message.get("links") or {},
        )


@dataclass
class Person:
    """Someone with Telegram on their phone. What they were told is read in order, each bubble once."""

    telegram: httpx.AsyncClient
    id: int
    chat: int
    _read: int = 0
    _seen: int = 0
    _waiting: list[Bubble] = field(default_factory=list)

    async def send(self, text: str, **more: object) -> int:
        """Write without waiting for what comes back; return the message's number."""
        return int((await self._post("messages", {"text": text, **more}))["message_id"])

    async def says(self, text: str) -> Bubble:
        """Write, and read the next thing the bot says."""
        await self.send(text)
        return await self.hears()

    async def opens(self, payload: str) -> Bubble:
        """Open the chat from a link with a payload, and read the next thing the bot says."""
        await self._post("messages", {"start": payload})
        return await self.hears()

    async def taps(self, title: str, below: Bubble) -> Bubble:
        """Tap a button, and read the next thing the bot says."""
        await self.tap(title, below)
        return await self.hears()

    async def tap(self, title: str, below: Bubble) -> None:
        await self._post("taps", {"message_id": below.number, "button": title})

    async def forges(self, data: str, below: Bubble) -> Bubble:
        """Send button data that no button has, as a modified client can."""
        await self._post("taps", {"message_id": below.number, "data": data})
        return await self.hears()

    async def edits(self, number: int, text: str) -> Bubble:
        await self.rewords(number, text)
        return await self.hears()

    async def rewords(self, number: int, text: str) -> None:
        """Edit a message of one's own without waiting for what comes back."""
        await self._post("edits", {"message_id": number, "text": text})

    async def blocks(self, *, blocked: bool = True) -> None:
        """Block the bot, or let it write again."""
        await self._post("blocks", {"blocked": blocked})

    async def reads(self) -> Sequence[Bubble]:
        """Read everything that stands in the chat now, one's own words too."""
        return [Bubble.read(message) for message in (await self._get(after=0, wait=0))["messages"]]

    async def learns(self, words: str) -> str:
        """Wait until a tap is answered with some words; return them.

        Raises:
            AssertionError: It never was.
        """
        after, url = 0, f"/sandbox/chats/{self.chat}/answers"
        while True:
            response = await self.telegram.get(
                url, params={"after": after, "wait": PATIENCE}, timeout=PATIENCE + 10
            )
            answers = response.json()["answers"]
            assert answers, f"no tap was answered with {words}"
            for answer in answers:
                if answer["from"] == self.id and words in answer["text"]:
                    return str(answer["text"])
            after += len(answers)

    async def sends(self, what: str, **more: object) -> Bubble:
        """Send a sticker, a voice message, a contact or a location."""
        await self._post(what, more)
        return await self.hears()

    async def uploads(self, name: str, content: bytes, kind: str = "document", caption: str = "") -> Bubble:
        await self.attach(name, content, kind, caption)
        return await self.hears()

    async def attach(
        self,
        name: str,
        content: bytes,
        kind: str = "document",
        caption: str = "",
        album: str = "",
        thread: int | None = None,
    ) -> int:
        """Send a file without waiting for what comes back; return the message's number."""
        form = {"from": str(self.id), "as": kind, "caption": caption, "album": album}
        form |= {"thread": str(thread)} if thread else {}
        url = f"/sandbox/chats/{self.chat}/files"
        response = await self.telegram.post(url, data=form, files={"file": (name, content)}, timeout=PATIENCE)
        response.raise_for_status()
        return int(response.json()["message_id"])

    async def hears(self) -> Bubble:
        """Read the bot's next bubble.

        Raises:
            AssertionError: It stayed silent.
        """
        return (await self.hears_all(1))[0]

    async def hears_of(self, words: str) -> Bubble:
        """Read on until the bot says some words.

        Raises:
            AssertionError: It never did.
        """
        while words not in (bubble := await self.hears()).text:
            pass
        return bubble

    async def hears_all(self, count: int) -> Sequence[Bubble]:
        """Read the bot's next bubbles.

        Raises:
            AssertionError: There were fewer.
        """
        while len(self._waiting) < count:
            heard = [bubble.text for bubble in self._waiting]
            assert await self._wait_for_news(), f"waited for {count} bubbles, heard {heard}"
        bubbles, self._waiting = self._waiting[:count], self._waiting[count:]
        return bubbles

    async def sees(self, number: int, what: Callable[[Bubble], bool]) -> Bubble:
        """Wait until a bubble has become what one expects.

        Raises:
            AssertionError: It never did.
        """
        while not what(bubble := await self._look_at(number)):
            assert await self._wait_for_news(), f"message {number} still reads {bubble}"
        return bubble

    async def _look_at(self, number: int) -> Bubble:
        messages = (await self._get(after=number - 1, wait=0))["messages"]
        return next(Bubble.read(message) for message in messages if message["message_id"] == number)

    async def _wait_for_news(self) -> bool:
        """Wait for something sent or changed; what the bot sent is kept until it is heard."""
        news = await self._get(after=self._read, seen=self._seen, wait=PATIENCE)
        self._seen = news["version"]
        messages = [Bubble.read(message) for message in news["messages"]]
        self._read = max([self._read, *(bubble.number for bubble in messages)])
        self._waiting += [bubble for bubble in messages if bubble.is_bot]
        return bool(messages or news["changed"])

    async def _get(self, **parameters: float) -> Any:
        url = f"/sandbox/chats/{self.chat}/messages"
        response = await self.telegram.get(url, params=parameters, timeout=PATIENCE + 10)
        response.raise_for_status()
        return response.json()

    async def _post(self, what: str, body: dict[str, object]) -> Any:
        response = await self.telegram.post(f"/sandbox/chats/{self.chat}/{what}", json={"from": self.id, **body})
        response.raise_for_status()
        return response.json()
