"""What the tests of the staff's desk share: a handoff in its topic, taken."""

from dataclasses import dataclass

from bot.desk import talk_texts as staff_texts
from tests.personas import Bubble, Person

DESK = "Application: "
"""What stands on every card."""


@dataclass
class Desk:
    """An applicant's topic, as one of the staff sees it."""

    coordinator: Person
    thread: int
    card: int

    async def write(self, text: str, **more: object) -> int:
        """Write in the topic."""
        return await self.coordinator.send(text, thread=self.thread, **more)

    async def tap(self, title: str, by: Person | None = None) -> None:
        """Tap a button of the card."""
        await (by or self.coordinator).tap(title, await self.look())

    async def look(self) -> Bubble:
        """Look at the card."""
        return await self.coordinator.sees(self.card, lambda _: True)

    async def shows(self, words: str) -> Bubble:
        """Wait until the card shows some words."""
        return await self.coordinator.sees(self.card, lambda bubble: words in bubble.text)

    async def hears(self, words: str) -> Bubble:
        """Read on in the topic until the bot writes some words."""
        while True:
            bubble = await self.coordinator.hears_of(words)
            if bubble.thread == self.thread:
                return bubble


async def desk_of(applicant: Person, coordinator: Person) -> Desk:
    """Wait for the topic of somebody who asks for a person, and find its card."""
    while True:
        bubble = await coordinator.hears()
        if DESK in bubble.text and f"tg://user?id={applicant.id}" in bubble.html:
            assert bubble.thread is not None
            return Desk(coordinator, bubble.thread, bubble.number)


async def talking(applicant: Person, coordinator: Person) -> Desk:
    """Ask for a person, who takes it; the applicant has been told."""
    await applicant.says("/person")
    desk = await desk_of(applicant, coordinator)
    await desk.tap(staff_texts.TAKE)
    await applicant.hears_of("talks with you now")
    return desk
