"""No internal word, and nothing of another applicant, is in anything that an applicant is told or shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from admissions import applicants, notifications, placements
from admissions.applications import ApplicationStatus
from admissions.database import Database
from admissions.documents import Store, read_documents
from admissions.errors import Refusal
from admissions.notifications import Notification, State
from admissions.placements import Mover, Party, PlacementStatus, Role
from bot import refusals, status_bubbles, texts
from bot.bubbles import Bubble
from bot.context import Services
from bot.dialogue import Dialogue
from bot.notice import Notice
from bot.notices import NOTICES
from tests.integration.applications.steps import WORDS, Applicant
from tests.integration.placements.steps import Desk, an_offer

NUMBERS = count(770_000_001)
SECRETS = count(1)
STAFF_ROLES = (Role.COORDINATOR, Role.LEAD, Role.PROGRAM, Role.SYSTEM)
MOVES = some.tuples(some.sampled_from([*ApplicationStatus, *PlacementStatus]), some.sampled_from(STAFF_ROLES))
STEPS = some.lists(
    some.one_of(
        MOVES,
        some.sampled_from(["note", "item", "offer", "look", "accept", "decline", "forge", "a day passes"]),
    ),
    max_size=14,
)


def secret() -> str:
    """Return a word that nobody but staff may read."""
    return f"zq{next(SECRETS):06}x"


@dataclass
class Story:
    """What happens to an applicant, beside another one, and all that the first is told and shown."""

    desk: Desk
    services: Services
    amina: Applicant
    other: Applicant
    planted: list[str]
    told: list[str]
    read: set[int]

    def plants(self) -> str:
        self.planted.append(secret())
        return self.planted[-1]

    async def goes_on(self, step: Any) -> None:
        try:
            await self._does(step)
        except Refusal as refusal:
            if step in ("accept", "decline", "forge", "look"):
                self.told.append(refusals.explain(refusal))
        await self.desk.passes_on()
        await self._reads_notices()

    async def _does(self, step: Any) -> None:
        mine = await self.desk.application_of(self.amina)
        theirs = await self.desk.application_of(self.other)
        mover = Mover(Role.COORDINATOR, self.plants())
        if step == "note":
            for application_id in (mine, theirs):
                await self.desk.does(placements.note, application_id, self.plants(), by=self.plants())
        elif step == "item":
            await self.desk.does(placements.open_item, theirs, Party.APPLICANT, self.plants(), by=self.plants())
            await self.desk.does(placements.open_item, mine, Party.APPLICANT, "TB test", by=self.plants())
        elif step == "offer":
            for application_id, site in ((theirs, self.plants()), (mine, "Bayou City Clinic")):
                what = an_offer(self.desk.now, site=site)
                await self.desk.does(placements.offer, application_id, what, mover)
        elif step == "look":
            await self._looks()
        elif step in ("accept", "decline"):
            await self._answers(mine, placements.accept if step == "accept" else placements.decline)
        elif step == "forge":
            await self._answers(theirs, placements.get_offer)
        elif step == "a day passes":
            self.desk.now += timedelta(days=1)
        else:
            await self._moves(mine, *step)

    async def _moves(self, application_id: int, to: Any, role: Role) -> None:
        mover = Mover(role, self.plants())
        if isinstance(to, ApplicationStatus):
            await self.desk.does(placements.move_application, application_id, to, mover)
            return
        async with self.desk.database.reading() as session:
            placement = await placements.open_placement(session, application_id)
        if placement:
            await self.desk.does(placements.move_placement, placement.id, to, mover)

    async def _answers(self, application_id: int, answer: Any) -> None:
        async with self.desk.database.reading() as session:
            placement = await placements.open_placement(session, application_id)
        if placement:
            await self.amina.does(answer, placement.id, at=self.desk.now)

    async def _looks(self) -> None:
        looked = await self.amina.does(placements.look, at=self.desk.now)
        bubble = status_bubbles.of_standing(looked, applicants.UNKNOWN, self.desk.now)
        self._shows(status_bubbles.timeline(looked.standing), bubble)
        self.told.append(repr(status_bubbles.rows(looked.standing.steps)))

    async def _reads_notices(self) -> None:
        async with self.desk.database.reading() as session:
            for each in await self._unread(session):
                self.read.add(each.id)
                notice = await NOTICES[each.kind](session, each, self.services)
                if isinstance(notice, Notice):
                    self._shows(notice.bubble)

    async def _unread(self, session: Any) -> Sequence[Notification]:
        found = await notifications.listed(session, states=[*State], limit=500)
        return [each for each in found if each.recipient == self.amina.id and each.id not in self.read]

    def _shows(self, *bubbles: Bubble) -> None:
        for bubble in bubbles:
            self.told += [*bubble.pages(), str(bubble.keyboard)]


@pytest.fixture
def services(database: Database, now: datetime) -> Services:
    dialogue = Dialogue("http://127.0.0.1:1", timeout=1)
    return Services(database, dialogue, lambda: now, None, Store("memory://leaks"), read_documents())


async def begin(database: Database, services: Services, now: datetime) -> Story:
    desk, planted = Desk(database, now), [secret() for _ in range(3)]
    amina = await an_applicant(database, "Amina Yusuf", now)
    other = await an_applicant(database, planted[0], now)
    await amina.fills_in()
    await amina.submits()
    await other.begins()
    for question in WORDS:
        given = {"full_name": "Zara Quill", "email": f"{planted[1]}@example.org"}.get(question)
        await other.answers(question, given)
    await other.submits()
    planted += [str((await other.reviews()).reference), "Zara"]
    return Story(desk, services, amina, other, planted, [], set())


async def an_applicant(database: Database, name: str, now: datetime) -> Applicant:
    number = next(NUMBERS)
    async with database.transaction() as session:
        await applicants.meet(session, number, name=name, language="en", at=now)
    return Applicant(database, number, now)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_no_planted_word_reaches_her(
    database: Database, services: Services, now: datetime, steps: list[Any]
) -> None:
    story = await begin(database, services, now)
    for step in [*steps, "look"]:
        await story.goes_on(step)
    said = "\n".join(story.told)
    assert [word for word in story.planted if word in said] == []
    internal = {"matched", "Lena", "coordinator", "program"}
    assert [word for word in internal if word in said.lower()] == []


async def test_a_planted_word_would_be_found(database: Database, services: Services, now: datetime) -> None:
    story = await begin(database, services, now)
    await story.desk.does(
        placements.open_item, await story.desk.application_of(story.amina), Party.APPLICANT, "zq", by=None
    )
    await story.goes_on("look")
    assert "zq" in "\n".join(story.told)


def test_every_status_of_staff_has_a_word_that_applicants_are_not_told() -> None:
    told = {*texts.NEWS, *texts.STATUSES, *texts.COMES_NEXT, *texts.SHORT_STATUSES}
    assert "matched" in texts.STAFF_STATUSES
    assert "matched" not in told
