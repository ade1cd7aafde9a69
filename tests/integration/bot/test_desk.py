"""The staff's desk by a clock that the test sets: announcements, the message about many, alerts, lost topics."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx
import pytest

from admissions import handoffs, notifications
from admissions.handoffs import Asked, HandoffReason, Member
from admissions.notifications import Kind, State
from bot import texts
from bot.bubbles import Bubble as Said
from bot.context import App, Services
from bot.desk import cards, office
from bot.desk import setup as desk
from bot.desk import talk_texts as staff_texts
from bot.outbox import Outbox
from tests.integration.bot.conftest import Clock, an_applicant, every, send_all
from tests.personas import Bubble, Person

OPENING = datetime.fromisoformat("2026-11-23T15:00:00+00:00")
"""Nine o'clock on a Monday in Houston."""
GRACE = Member(600_000_001, "Grace")


@pytest.fixture
async def grace(telegram: httpx.AsyncClient, services: Services) -> Person:
    assert services.staff_chat is not None
    coordinator = Person(telegram, GRACE.id, services.staff_chat)
    await telegram.put("/sandbox/limits", json={"enabled": False})
    await coordinator.reads()
    return coordinator


async def ask(services: Services, applicant: Person, asked: Asked | None = None) -> None:
    reason = HandoffReason.LISTED_WORDS if asked else HandoffReason.ASKED
    async with services.database.transaction() as session:
        await handoffs.request(session, applicant.id, reason, at=services.now(), asked=asked or Asked())


async def work(app: App, outbox: Outbox) -> None:
    """Do once all that is done again and again."""
    services = outbox._services
    await desk.announce(app, services)
    await desk.escalate(app, services)
    await send_all(outbox)
    await desk.make_topics(app, services)
    await desk.refresh_cards(app, services)


async def in_general(grace: Person, after: int = 0) -> Sequence[Bubble]:
    return [each for each in await grace.reads() if each.thread is None and each.number > after and each.text]


async def last_number(grace: Person) -> int:
    return max((each.number for each in await grace.reads()), default=0)


async def test_a_handoff_is_announced_with_the_way_to_its_topic_and_says_who_took_it(
    app: App, outbox: Outbox, services: Services, amina: Person, grace: Person
) -> None:
    before = await last_number(grace)
    await ask(services, amina)
    await work(app, outbox)
    [alert] = await in_general(grace, before)
    topic = await the_topic(services, amina)
    assert alert.text == "Amina Yusuf wants to talk to a person."
    assert f"tg://user?id={amina.id}" in alert.html
    assert alert.links[staff_texts.OPEN_TOPIC].endswith(f"/{topic.thread}")
    assert staff_texts.TAKE in alert.buttons
    async with services.database.transaction() as session:
        [handoff] = await handoffs.unresolved(session)
        await handoffs.take(session, handoff.id, GRACE, rests=timedelta(hours=1), at=services.now())
    await cards.refresh(outbox._bot, services, amina.id)
    [alert] = await in_general(grace, before)
    assert alert.text.endswith("Grace has taken it.")
    assert alert.buttons == [staff_texts.OPEN_TOPIC]


async def test_forty_at_once_are_one_message_that_follows_what_becomes_of_them(
    app: App,
    outbox: Outbox,
    services: Services,
    telegram: httpx.AsyncClient,
    grace: Person,
    now: datetime,
) -> None:
    before = await last_number(grace)
    applicants = [await an_applicant(telegram, services.database, now) for _ in range(40)]
    for applicant in applicants:
        await ask(services, applicant)
    await work(app, outbox)
    await desk.refresh_cards(app, services)
    [digest] = await in_general(grace, before)
    assert digest.text.startswith(staff_texts.DIGEST_TITLE.format(count=40))
    assert digest.text.endswith(staff_texts.DIGEST_MORE.format(count=10))
    assert len(digest.buttons) == cards.LINKED
    threads = [(await the_topic(services, applicant)).thread for applicant in applicants]
    assert len({*threads}) == 40
    async with services.database.transaction() as session:
        first, *_ = await handoffs.unresolved(session)
        await handoffs.take(session, first.id, GRACE, rests=timedelta(hours=1), at=services.now())
    await desk.refresh_cards(app, services)
    [digest] = await in_general(grace, before)
    assert digest.text.splitlines()[2].startswith(staff_texts.DIGEST_MARKS["taken"])


async def test_a_crisis_is_announced_by_itself_and_asks_to_be_looked_at(
    app: App, outbox: Outbox, services: Services, amina: Person, grace: Person
) -> None:
    before = await last_number(grace)
    await ask(services, amina, Asked("I want to die", listed="crisis", is_crisis=True))
    await work(app, outbox)
    [alert] = await in_general(grace, before)
    assert "harm to themselves" in alert.text
    assert "Please look at it now" in alert.text


async def test_what_nobody_takes_is_brought_to_whom_duty_names_and_then_to_the_lead(
    app: App, outbox: Outbox, services: Services, amina: Person, grace: Person, clock: Clock
) -> None:
    clock.now = OPENING
    await ask(services, amina)
    await work(app, outbox)
    before = await last_number(grace)
    clock.goes_on(seconds=9 * 60)
    await work(app, outbox)
    assert await in_general(grace, before) == []
    clock.goes_on(seconds=60)
    await work(app, outbox)
    [duty] = await in_general(grace, before)
    assert duty.text.startswith("Marcus: nobody has taken this for 10 minutes: Amina Yusuf")
    assert "tg://user?id=600000002" in duty.html
    assert "Amina Yusuf" in duty.links
    clock.goes_on(seconds=20 * 60)
    await work(app, outbox)
    [_, lead] = await in_general(grace, before)
    assert lead.text.startswith("Dana: nobody has taken this for 30 minutes")
    clock.goes_on(hours=5)
    await work(app, outbox)
    assert len(await in_general(grace, before)) == 2


@pytest.mark.parametrize("is_card_edited", [True, False])
async def test_a_topic_that_was_deleted_is_made_anew_with_its_card(
    app: App,
    outbox: Outbox,
    services: Services,
    telegram: httpx.AsyncClient,
    amina: Person,
    grace: Person,
    clock: Clock,
    is_card_edited: bool,
) -> None:
    await ask(services, amina)
    await work(app, outbox)
    lost = await the_topic(services, amina)
    await telegram.post(f"/sandbox/chats/{grace.chat}/topics/{lost.thread}/deletions")
    if is_card_edited:
        async with services.database.transaction() as session:
            [handoff] = await handoffs.unresolved(session)
            await handoffs.take(session, handoff.id, GRACE, rests=timedelta(hours=1), at=services.now())
        await cards.refresh(outbox._bot, services, amina.id)
    else:
        await amina.send("hello")
        async with services.database.transaction() as session:
            await handoffs.relay(session, amina.id, (await amina.reads())[-1].number, to_staff=True, at=clock.now)
        await send_all(outbox)
    clock.goes_on(seconds=3)
    await work(app, outbox)
    made = await the_topic(services, amina)
    assert made.thread not in (None, lost.thread)
    assert made.card is not None
    assert (await grace.sees(made.card, lambda _: True)).thread == made.thread


async def test_where_no_topic_may_be_made_messages_wait_and_nothing_else_does(
    outbox: Outbox, services: Services, telegram: httpx.AsyncClient, amina: Person, grace: Person, clock: Clock
) -> None:
    rights = f"/sandbox/chats/{grace.chat}/rights"
    await telegram.put(rights, json={"can_manage_topics": False})
    await ask(services, amina)
    async with services.database.transaction() as session:
        await handoffs.announce(session, at=clock.now)
        about = f"applicant:{amina.id}"
        await notifications.enqueue(session, 0, Kind.HANDOFF_OVERDUE, about, due_at=clock.now, payload=OVERDUE)
    await send_all(outbox)
    requested, overdue = await every(services.database)
    assert (requested.state, requested.problem) == (State.WAITING, "TopicUnavailable")
    assert overdue.state is not State.WAITING
    await telegram.put(rights, json={"can_manage_topics": True})
    clock.goes_on(seconds=61)
    await send_all(outbox)
    requested, *_ = await every(services.database)
    assert requested.state is State.SENT


OVERDUE = {"level": 1, "handoffs": []}


async def test_a_failing_telegram_does_not_change_the_order_of_a_talk(
    outbox: Outbox, services: Services, telegram: httpx.AsyncClient, amina: Person, grace: Person, clock: Clock
) -> None:
    await ask(services, amina)
    await cards.keep_up(outbox._bot, services, amina.id)
    topic = await the_topic(services, amina)
    fault = {"method": "copyMessage", "kind": "500", "times": 1}
    await telegram.post("/sandbox/faults", json=fault)
    for number in range(5):
        written = await grace.send(f"line {number}", thread=topic.thread)
        async with services.database.transaction() as session:
            await handoffs.relay(session, amina.id, written, to_staff=False, at=clock.now)
    for _ in range(3):
        await send_all(outbox)
        clock.goes_on(seconds=2)
    lines = [each.text for each in await amina.reads() if each.text.startswith("line")]
    assert lines == [f"line {number}" for number in range(5)]


async def test_where_reactions_are_refused_a_small_note_is_the_mark(
    outbox: Outbox, services: Services, telegram: httpx.AsyncClient, amina: Person, grace: Person, clock: Clock
) -> None:
    await ask(services, amina)
    await cards.keep_up(outbox._bot, services, amina.id)
    written = await grace.send("Hello", thread=(await the_topic(services, amina)).thread)
    await telegram.put(f"/sandbox/chats/{grace.chat}/reactions", json={"enabled": False})
    async with services.database.transaction() as session:
        await handoffs.relay(session, amina.id, written, to_staff=False, at=clock.now)
    await send_all(outbox)
    await telegram.put(f"/sandbox/chats/{grace.chat}/reactions", json={"enabled": True})
    [mark] = [each for each in await grace.reads() if each.reply_to == written]
    assert mark.text == staff_texts.DELIVERED


async def test_out_of_hours_the_applicant_is_told_when_the_office_opens_by_both_clocks(
    services: Services, amina: Person, clock: Clock
) -> None:
    clock.now = OPENING
    told = Said(texts.PERSON_COMING)
    assert await office.with_hours(services, amina.id, told) == told
    clock.goes_on(hours=9)
    added = (await office.with_hours(services, amina.id, told)).text
    assert "It opens again: Tue 24 Nov 15:00 UTC" in added
    assert "09:00 Houston" in added
    assert texts.MEANWHILE in added


async def test_a_snooze_that_is_over_is_told_in_the_topic(
    app: App, outbox: Outbox, services: Services, amina: Person, grace: Person, clock: Clock
) -> None:
    await ask(services, amina)
    await work(app, outbox)
    async with services.database.transaction() as session:
        [handoff] = await handoffs.unresolved(session)
        until = clock.now + timedelta(hours=1)
        await handoffs.snooze(session, handoff.id, GRACE, until=until, at=clock.now)
    clock.goes_on(hours=1)
    await work(app, outbox)
    topic = await the_topic(services, amina)
    told = [each for each in await grace.reads() if each.thread == topic.thread]
    assert told[-1].text == staff_texts.NEWS["snooze_over"]


async def test_some_time_after_the_last_words_the_assistant_is_back_and_asks(
    outbox: Outbox, services: Services, amina: Person, clock: Clock
) -> None:
    await ask(services, amina)
    async with services.database.transaction() as session:
        [handoff] = await handoffs.unresolved(session)
        await handoffs.take(session, handoff.id, GRACE, rests=timedelta(hours=1), at=clock.now)
    await send_all(outbox)
    assert (await amina.hears()).text == texts.TALK_TAKEN.format(name="Grace")
    clock.goes_on(hours=1)
    await send_all(outbox)
    asked = await amina.hears()
    assert (asked.text, asked.buttons) == (texts.SOLVED_ASKED, [texts.SOLVED_YES, texts.SOLVED_NO])


async def the_topic(services: Services, applicant: Person) -> handoffs.Topic:
    async with services.database.reading() as session:
        topic = await handoffs.find_topic(session, applicant.id)
    assert topic is not None
    return topic
