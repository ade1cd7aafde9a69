"""The watch: what is wrong is told to staff once, and once more when it is over; in a real group."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from admissions import handoffs, inbox
from admissions.alarms import Trouble
from admissions.database import Database
from admissions.handoffs import HandoffReason
from admissions.notifications import STAFF, Kind
from bot.context import App, Services
from bot.desk import alarm_texts as texts
from bot.leading import Leading
from bot.watching import Watch, Watched
from tests.assistant import free_ports
from tests.integration.bot.conftest import Clock, fails, tell
from tests.personas import Bubble, Person

AFTER = timedelta(seconds=30)
NOWHERE = "http://127.0.0.1:1/"
RASA_DOWN = texts.WHAT[Trouble.RASA]


class Sender:
    """A sender that works."""

    is_stuck = False


@dataclass
class Group:
    """The staff's group, as its members read it.

    Attributes:
        read: How many messages it had when the test began.
    """

    telegram: httpx.AsyncClient
    chat: int
    read: int = 0

    async def topics(self) -> dict[int, str]:
        found = (await self.telegram.get(f"/sandbox/chats/{self.chat}/topics")).json()["topics"]
        return {each["thread"]: each["name"] for each in found}

    async def messages(self) -> list[dict[str, Any]]:
        url = f"/sandbox/chats/{self.chat}/messages"
        return list((await self.telegram.get(url, params={"after": self.read})).json()["messages"])

    async def told(self) -> Sequence[Bubble]:
        """Return what the bot has said since the test began."""
        said = [Bubble.read(each) for each in await self.messages() if not each.get("service")]
        return [bubble for bubble in said if bubble.is_bot]


@pytest.fixture(autouse=True)
async def without_limits(telegram: httpx.AsyncClient) -> AsyncIterator[None]:
    """All tests share one group, which takes twenty messages a minute."""
    await telegram.put("/sandbox/limits", json={"enabled": False})
    yield
    await telegram.put("/sandbox/limits", json={"enabled": True})


@pytest.fixture
async def group(telegram: httpx.AsyncClient, services: Services) -> Group:
    assert services.staff_chat is not None
    group = Group(telegram, services.staff_chat)
    messages = (await telegram.get(f"/sandbox/chats/{group.chat}/messages", params={"after": 0})).json()[
        "messages"
    ]
    group.read = max((each["message_id"] for each in messages), default=0)
    return group


@dataclass
class Guard:
    """A process' watch, and the clock by which it looks."""

    watch: Watch
    services: Services
    clock: Clock

    async def looks(self, *, seconds: float = 0) -> None:
        self.clock.goes_on(seconds=seconds)
        await self.watch.look()
        await self.watch.tell()

    async def looks_for_long(self) -> None:
        await self.looks()
        await self.looks(seconds=AFTER.total_seconds())

    def sees(self, **watched: object) -> None:
        self.watch._watched = replace(self.watch._watched, **watched)  # type: ignore[arg-type]


Posts = Callable[..., Guard]


@pytest.fixture
async def posts(app: App, services: Services, clock: Clock, telegram: httpx.AsyncClient, tmp_path: Path) -> Posts:
    """Post the guard of one more process; all is well, unless said."""
    well = str(telegram.base_url.join("/sandbox"))

    def post(*, leads: bool = True, database: Database | None = None) -> Guard:
        own = replace(services, leading=Leading(), database=database or services.database)
        if leads:
            own.leading.begin(Sender())
        return Guard(
            Watch(app.bot, own, Watched(well, well, tmp_path, AFTER, least_free=1, database_slow=60)), own, clock
        )

    return post


@pytest.fixture
def guard(posts: Posts) -> Guard:
    return posts()


@pytest.fixture
async def unreachable() -> AsyncIterator[Database]:
    [port] = free_ports(1)
    database = Database(f"postgresql+psycopg://nobody@127.0.0.1:{port}/nothing?connect_timeout=1")
    yield database
    await database.close()


async def test_what_is_down_is_told_once_and_once_more_when_it_is_over(guard: Guard, group: Group) -> None:
    well = guard.watch._watched.rasa
    guard.sees(rasa=NOWHERE)
    await guard.looks_for_long()
    await guard.looks_for_long()
    [begun] = await group.told()
    assert begun.text.endswith(RASA_DOWN)
    assert begun.text.startswith("⚠️ Since ")
    assert begun.thread is not None
    assert (await group.topics())[begun.thread] == texts.TOPIC

    guard.sees(rasa=well)
    await guard.looks(seconds=120)
    await guard.looks_for_long()
    await guard.looks_for_long()
    _, over = await group.told()
    assert over.text.startswith(f"✅ Over after 3 min: {RASA_DOWN}\nFrom ")
    assert over.thread == begun.thread


async def test_what_comes_and_goes_is_not_told(guard: Guard, group: Group) -> None:
    well = guard.watch._watched.actions
    for url in (NOWHERE, NOWHERE, well) * 4:
        guard.sees(actions=url)
        await guard.looks(seconds=14)
    assert not await group.told()


@pytest.mark.parametrize("after", [61, 301])
async def test_messages_and_notifications_that_wait_too_long_are_told_of(
    guard: Guard, group: Group, database: Database, clock: Clock, amina: Person, after: int
) -> None:
    async with database.transaction() as session:
        await inbox.receive(session, 1, {"update_id": 1}, chat=1, at=clock.now)
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now)
    clock.goes_on(seconds=after)
    await guard.looks_for_long()
    expected = {61: [Trouble.INBOX], 301: [Trouble.INBOX, Trouble.OUTBOX]}[after]
    assert [each.text.partition(": ")[2] for each in await group.told()] == [texts.WHAT[each] for each in expected]


async def test_a_disk_that_is_almost_full_is_told_of(guard: Guard, group: Group) -> None:
    guard.sees(least_free=1 << 60)
    await guard.looks_for_long()
    assert [each.text.partition(": ")[2] for each in await group.told()] == [texts.WHAT[Trouble.DISK]]


async def test_while_telegram_is_down_the_telling_waits_and_then_says_what_is_true(
    guard: Guard, group: Group, telegram: httpx.AsyncClient
) -> None:
    well = guard.watch._watched.rasa
    guard.sees(rasa=NOWHERE)
    await fails(telegram, "500", 3)
    await guard.looks_for_long()
    guard.sees(rasa=well)
    await guard.looks_for_long()
    assert not await group.told()
    await telegram.delete("/sandbox/faults")
    await guard.looks()
    [over] = await group.told()
    assert over.text.startswith("✅ Over after 30 s: ")


async def test_a_topic_that_was_deleted_is_made_anew(guard: Guard, group: Group) -> None:
    guard.sees(rasa=NOWHERE)
    await guard.looks_for_long()
    [begun] = await group.told()
    await group.telegram.post(f"/sandbox/chats/{group.chat}/topics/{begun.thread}/deletions", json={"from": 0})
    guard.sees(actions=NOWHERE)
    await guard.looks_for_long()
    await guard.looks()
    last = (await group.told())[-1]
    assert last.text.endswith(texts.WHAT[Trouble.ACTIONS])
    assert last.thread not in (None, begun.thread)


async def test_without_the_right_to_make_topics_all_of_the_group_are_told(guard: Guard, group: Group) -> None:
    rights = f"/sandbox/chats/{group.chat}/rights"
    (await group.telegram.put(rights, json={"can_manage_topics": False})).raise_for_status()
    guard.sees(rasa=NOWHERE)
    await guard.looks_for_long()
    (await group.telegram.put(rights, json={"can_manage_topics": True})).raise_for_status()
    assert [(each.thread, RASA_DOWN in each.text) for each in await group.told()] == [(None, True)]


async def test_the_next_leader_goes_on_where_the_last_one_ended(posts: Posts, group: Group) -> None:
    first, second = posts(), posts(leads=False)
    first.sees(rasa=NOWHERE)
    await first.looks_for_long()
    first.services.leading.end()
    second.services.leading.begin(Sender())
    await second.looks_for_long()
    assert [each.text[0] for each in await group.told()] == ["⚠", "✅"]


async def test_when_nobody_leads_one_of_the_others_says_so_and_the_next_leader_that_it_is_over(
    posts: Posts, group: Group
) -> None:
    first, second, third = posts(), posts(leads=False), posts(leads=False)
    await first.looks()
    for guard in (second, third, second):
        await guard.looks(seconds=31)
    [begun] = await group.told()
    assert begun.text.endswith(texts.WHAT[Trouble.LEADER])
    third.services.leading.begin(Sender())
    await third.looks()
    _, over = await group.told()
    assert over.text.startswith("✅ Over after 1 min: ")
    await second.looks()
    assert len(await group.told()) == 2


async def test_a_gap_that_nobody_saw_is_told_when_it_is_over(posts: Posts, group: Group) -> None:
    await posts().looks()
    await posts().looks(seconds=600)
    assert [each.text.partition(":")[0] for each in await group.told()] == ["✅ Over after 10 min"]


async def test_a_leader_that_ended_in_order_leaves_no_gap(posts: Posts, group: Group) -> None:
    first = posts()
    await first.looks()
    first.services.leading.end()
    await first.watch._lay_down()
    await posts(leads=False).looks(seconds=600)
    await posts().looks(seconds=600)
    assert not await group.told()


async def test_a_database_that_is_gone_is_told_of_by_who_led_last(
    posts: Posts, group: Group, unreachable: Database
) -> None:
    led, never_led = posts(), posts(leads=False)
    await led.looks()
    led.services.leading.end()
    for guard in (led, never_led):
        guard.watch._services = replace(guard.services, database=unreachable)
        await guard.looks_for_long()
    [begun] = await group.told()
    assert begun.text.endswith(texts.WHAT[Trouble.DATABASE])
    led.watch._services = led.services
    led.services.leading.begin(Sender())
    await led.looks_for_long()
    assert (await group.told())[-1].text.startswith("✅ Over after 1 min: The database")


async def test_the_leaders_figures_are_in_the_metrics_and_nobody_elses(
    guard: Guard, database: Database, clock: Clock, amina: Person
) -> None:
    async with database.transaction() as session:
        await inbox.receive(session, 1, {"update_id": 1}, chat=1, at=clock.now)
        await handoffs.request(session, amina.id, HandoffReason.ASKED, at=clock.now)
    await tell(database, STAFF, Kind.WEEKLY_REPORT, clock.now)
    await guard.looks(seconds=7)

    def figures() -> dict[str, float]:
        return {
            each.name: each.samples[0].value
            for each in REGISTRY.collect()
            if each.type == "gauge" and each.samples
        }

    shown = figures()
    assert (shown["clerkship_inbox_depth"], shown["clerkship_inbox_oldest_seconds"]) == (1, 7)
    assert (shown["clerkship_outbox_depth"], shown["clerkship_outbox_lag_seconds"]) == (1, 7)
    assert (shown["clerkship_handoffs_waiting"], shown["clerkship_handoff_oldest_seconds"]) == (1, 7)
    assert shown["clerkship_leads"] == 1
    guard.services.leading.end()
    assert figures()["clerkship_inbox_depth"] != figures()["clerkship_inbox_depth"], "not a number"
    assert figures()["clerkship_leads"] == 0
