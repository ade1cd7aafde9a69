"""The sender: what is due goes out once, at the right time, to whom it may; what fails is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import httpx
import pytest

from admissions import applicants, applications, handoffs, notifications
from admissions.database import Database
from admissions.notifications import LEASE, STAFF, Kind, Reason, State
from bot import delivery, texts
from bot.context import Services
from bot.outbox import Outbox
from tests.integration.bot.conftest import (
    Clock,
    an_applicant,
    every,
    fails,
    heard,
    send_all,
    tell,
    tell_urgently,
    the_only,
)
from tests.personas import Person

HOUR = timedelta(hours=1)
NIGHT = timedelta(hours=10)
"""From noon to ten in the evening."""


async def test_what_is_due_is_sent_once(outbox: Outbox, database: Database, amina: Person, now: datetime) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    for _ in range(3):
        await send_all(outbox)
    row = await the_only(database)
    assert await heard(amina) == [texts.LETTER_CAME]
    assert (row.state, row.attempts, row.sent_at) == (State.SENT, 1, now)
    assert row.message_id == (await amina.hears()).number


async def test_what_is_not_due_yet_waits(outbox: Outbox, database: Database, amina: Person, clock: Clock) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now + HOUR)
    await send_all(outbox)
    assert await heard(amina) == []
    clock.goes_on(hours=1)
    await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]


async def test_two_senders_at_once_send_each_once(
    outbox: Outbox, services: Services, telegram: httpx.AsyncClient, database: Database, now: datetime
) -> None:
    people = [await an_applicant(telegram, database, now) for _ in range(8)]
    for person in people:
        await tell(database, person.id, Kind.LETTER_RECEIVED, now)
    other = Outbox(outbox._bot, services)
    await outbox.sweep()
    await other.sweep()
    await outbox.finish()
    await other.finish()
    assert [await heard(person) for person in people] == [[texts.LETTER_CAME]] * 8


async def test_at_night_it_waits_for_the_morning(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    clock.now += NIGHT
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now)
    await send_all(outbox)
    assert await heard(amina) == []
    async with database.reading() as session:
        assert await notifications.next_due_at(session) == clock.now + 11 * HOUR
    clock.goes_on(hours=11)
    await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]


async def test_what_is_urgent_goes_out_at_night(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    clock.now += NIGHT
    await tell_urgently(database, amina.id, clock.now)
    await send_all(outbox)
    assert len(await heard(amina)) == 1


async def test_what_is_urgent_goes_first(
    outbox: Outbox, telegram: httpx.AsyncClient, database: Database, now: datetime
) -> None:
    for _ in range(9):
        person = await an_applicant(telegram, database, now)
        await tell(database, person.id, Kind.LETTER_RECEIVED, now - HOUR)
    hurried = await an_applicant(telegram, database, now)
    await tell_urgently(database, hurried.id, now)
    async with database.reading() as session:
        first, *_ = await notifications.due(session, at=now, daytime=notifications.DAYTIME, limit=8)
    assert first.notification.recipient == hurried.id
    await send_all(outbox)


async def test_what_is_muted_is_dropped(outbox: Outbox, database: Database, amina: Person, now: datetime) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    async with database.transaction() as session:
        await notifications.mute(session, amina.id, Kind.LETTER_RECEIVED)
        await notifications.mute(session, amina.id, Kind.DRAFT_REMINDER)
        await notifications.unmute(session, amina.id, Kind.DRAFT_REMINDER)
        assert await notifications.muted(session, amina.id) == {Kind.LETTER_RECEIVED}
    await send_all(outbox)
    assert await heard(amina) == []
    assert (await the_only(database)).reason is Reason.MUTED


async def test_after_a_downtime_the_useful_goes_out_and_the_stale_is_dropped(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    enqueue = partial(tell, database, amina.id, Kind.LETTER_RECEIVED, clock.now)
    await enqueue("letter:1", stale_at=clock.now + HOUR)
    await enqueue("letter:2", stale_at=clock.now + 3 * HOUR)
    clock.goes_on(hours=2)
    await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]
    assert [(row.state, row.reason) for row in await every(database)] == [
        (State.DROPPED, Reason.STALE),
        (State.SENT, None),
    ]


async def test_what_would_be_stale_by_the_morning_is_dropped_at_night(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    clock.now += NIGHT
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now, stale_at=clock.now + 2 * HOUR)
    await send_all(outbox)
    assert (await the_only(database)).reason is Reason.STALE


async def test_what_is_cancelled_in_the_last_moment_is_not_sent(
    outbox: Outbox, database: Database, amina: Person, now: datetime
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    await outbox.sweep()  # it is on its way to be claimed
    async with database.transaction() as session:
        cancelled = await notifications.cancel(session, "letter:1")
    await send_all(outbox)
    assert len(await heard(amina)) == 1 - cancelled


async def test_a_draft_left_alone_is_brought_back_to_mind_with_buttons(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    async with database.transaction() as session:
        await applications.begin(session, amina.id, at=clock.now)
        await applications.answer(session, amina.id, "standing", "graduated 2023", at=clock.now)
    clock.goes_on(hours=25)
    for _ in range(3):
        async with database.transaction() as session:
            await applications.remind(session, at=clock.now)
        await send_all(outbox)
    reminder = await amina.hears()
    assert reminder.text == texts.REMINDER.format(left=12, total=13)
    assert reminder.buttons == [texts.CONTINUE, texts.MUTE]
    assert len(await heard(amina)) == 1


async def test_a_reminder_that_waited_for_the_morning_is_moot_once_the_draft_goes_on(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    async with database.transaction() as session:
        await applications.begin(session, amina.id, at=clock.now)
    clock.goes_on(hours=34)
    async with database.transaction() as session:
        await applications.remind(session, at=clock.now)
    await send_all(outbox)
    async with database.transaction() as session:
        await applications.answer(session, amina.id, "standing", "graduated 2023", at=clock.now)
    clock.goes_on(hours=12)
    await send_all(outbox)
    assert (await the_only(database, Kind.DRAFT_REMINDER)).reason is Reason.MOOT
    assert await heard(amina) == []


async def test_without_a_staff_group_what_is_for_staff_waits(
    outbox: Outbox, services: Services, database: Database, amina: Person, now: datetime
) -> None:
    async with database.transaction() as session:
        await handoffs.request(session, amina.id, handoffs.HandoffReason.ASKED, at=now)
        await handoffs.announce(session, at=now)
    nobody = Services(database, services.dialogue, services.now, None, services.store, services.documents_file)
    await send_all(Outbox(outbox._bot, nobody))
    assert (await the_only(database, Kind.HANDOFF_REQUESTED)).state is State.WAITING


@pytest.mark.parametrize("fault", ["500", "404", "429"])
async def test_a_known_failure_is_tried_again(
    outbox: Outbox, database: Database, amina: Person, clock: Clock, telegram: httpx.AsyncClient, fault: str
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now)
    await fails(telegram, fault)
    await outbox.sweep()
    await outbox.finish()
    row = await the_only(database)
    assert (row.state, row.attempts) == (State.WAITING, 1)
    assert clock.now < row.next_try_at <= clock.now + timedelta(seconds=2)
    clock.goes_on(seconds=2)
    outbox._rests_until = 0  # Telegram's second is over
    await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]


async def test_a_telegram_that_is_not_there_is_a_known_failure(
    outbox: Outbox, database: Database, amina: Person, now: datetime
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    outbox._bot._base_url = "http://127.0.0.1:9/bot"
    await outbox.sweep()
    await outbox.finish()
    row = await the_only(database)
    assert (row.state, row.problem) == (State.WAITING, "ConnectError")


async def test_while_telegram_wants_to_be_left_alone_nothing_is_sent(
    outbox: Outbox, database: Database, amina: Person, telegram: httpx.AsyncClient, now: datetime
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    await fails(telegram, "429")
    await outbox.sweep()
    await outbox.finish()
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now, "letter:2")
    assert not await outbox.sweep()
    assert not await outbox.finish()


@pytest.mark.parametrize(("fault", "arrived"), [("drop", 0), ("late_drop", 1), ("timeout", 1), ("hang", 0)])
async def test_an_unknown_outcome_of_what_is_not_urgent_is_not_repeated(
    outbox: Outbox,
    database: Database,
    amina: Person,
    telegram: httpx.AsyncClient,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    arrived: int,
) -> None:
    monkeypatch.setattr(delivery, "READ_TIMEOUT", 0.5)
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    await fails(telegram, fault)
    await send_all(outbox)
    row = await the_only(database)
    assert (row.state, row.reason, row.attempts) == (State.DROPPED, Reason.UNKNOWN_OUTCOME, 1)
    assert len(await heard(amina)) == arrived


@pytest.mark.parametrize(("fault", "arrived"), [("drop", 1), ("late_drop", 2), ("timeout", 2), ("hang", 1)])
async def test_an_unknown_outcome_of_what_is_urgent_is_repeated(
    outbox: Outbox,
    database: Database,
    amina: Person,
    telegram: httpx.AsyncClient,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    arrived: int,
) -> None:
    monkeypatch.setattr(delivery, "READ_TIMEOUT", 0.5)
    await tell_urgently(database, amina.id, clock.now)
    await fails(telegram, fault)
    await send_all(outbox)
    clock.goes_on(seconds=2)
    await send_all(outbox)
    assert len(await heard(amina)) == arrived


async def test_a_try_that_takes_too_long_is_given_up(
    outbox: Outbox,
    database: Database,
    amina: Person,
    telegram: httpx.AsyncClient,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "TRY_LASTS", 0.2)
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    await fails(telegram, "hang")
    await send_all(outbox)
    row = await the_only(database)
    assert (row.reason, row.problem) == (Reason.UNKNOWN_OUTCOME, "TimeoutError")


@pytest.mark.parametrize("urgent", [True, False])
async def test_what_a_dead_sender_left_is_decided_once_its_lease_is_over(
    outbox: Outbox, services: Services, database: Database, amina: Person, clock: Clock, *, urgent: bool
) -> None:
    kind = Kind.HANDOFF_PAUSED if urgent else Kind.LETTER_RECEIVED
    if urgent:
        await tell_urgently(database, amina.id, clock.now)
    else:
        await tell(database, amina.id, kind, clock.now)
    async with database.transaction() as session:
        assert await notifications.claim(session, await the_only(database, kind), at=clock.now)
    await send_all(outbox)
    assert (await the_only(database, kind)).state is State.SENDING
    clock.now += LEASE
    restarted = Outbox(outbox._bot, services)
    await restarted.sweep()
    clock.goes_on(seconds=2)
    await send_all(restarted)
    assert len(await heard(amina)) == urgent
    assert (await the_only(database, kind)).state is (State.SENT if urgent else State.DROPPED)


async def test_a_clock_set_back_does_not_keep_an_attempt_forever(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now)
    async with database.transaction() as session:
        assert await notifications.claim(session, await the_only(database), at=clock.now + HOUR)
    await outbox.sweep()
    assert (await the_only(database)).reason is Reason.UNKNOWN_OUTCOME


async def test_a_clock_that_jumps_ahead_and_back_tells_each_once_and_nothing_stale(
    outbox: Outbox, database: Database, amina: Person, clock: Clock
) -> None:
    began = clock.now
    async with database.transaction() as session:
        for name, hours in (("soon", 1), ("over", 2)):
            due_at = began + hours * HOUR
            stale_at = due_at + HOUR if name == "over" else None
            await notifications.enqueue(
                session, amina.id, Kind.LETTER_RECEIVED, f"letter:{name}", due_at=due_at, stale_at=stale_at
            )
    for now in (began + 24 * HOUR, began, began + 48 * HOUR):
        clock.now = now
        await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]
    assert [row.reason for row in await every(database)] == [None, Reason.STALE]


async def test_who_blocked_the_assistant_is_unreachable_until_they_write_and_staff_are_told_once(
    outbox: Outbox, services: Services, database: Database, amina: Person, clock: Clock
) -> None:
    await amina._post("blocks", {})
    for number in range(3):
        await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now, f"letter:{number}")
    await send_all(outbox)
    rows = await every(database)
    assert [row.reason for row in rows if row.recipient == amina.id] == [Reason.UNREACHABLE] * 3
    assert sum(row.attempts for row in rows if row.recipient == amina.id) == 1
    assert [row.kind for row in rows if row.recipient == STAFF] == [Kind.APPLICANT_UNREACHABLE]

    clock.goes_on(hours=6)  # daytime in Houston
    await send_all(outbox)
    grace = Person(amina.telegram, amina.id, services.staff_chat or 0)
    assert (await heard(grace))[-1] == f"Amina Yusuf {texts.APPLICANT_UNREACHABLE}"

    await amina._post("blocks", {"blocked": False})
    async with database.transaction() as session:
        await applicants.meet(session, amina.id, name="Amina Yusuf", language="en", at=clock.now)
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now)
    await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]


async def test_somebody_unknown_who_cannot_be_reached_is_a_dead_letter(
    outbox: Outbox, database: Database, telegram: httpx.AsyncClient, now: datetime
) -> None:
    await telegram.put("/sandbox/people/769000001", json={"first_name": "Grace"})
    await tell(database, 769_000_001, Kind.LETTER_RECEIVED, now)
    await tell(database, 769_000_002, Kind.LETTER_RECEIVED, now)
    await send_all(outbox)
    assert [(row.state, row.problem) for row in await every(database)] == [
        (State.DEAD, "Forbidden"),
        (State.DEAD, "BadRequest"),
    ]


async def test_a_closed_staff_group_is_tried_again_once_a_minute_and_nothing_is_lost(
    outbox: Outbox, services: Services, database: Database, clock: Clock
) -> None:
    closed = Services(
        database, services.dialogue, services.now, -1_009_999_999_999, services.store, services.documents_file
    )
    for number in range(3):
        await tell(database, STAFF, Kind.LETTER_RECEIVED, clock.now, f"letter:{number}")
    clock.goes_on(hours=6)
    await send_all(Outbox(outbox._bot, closed))
    rows = await every(database)
    assert {(row.state, row.next_try_at) for row in rows} == {(State.WAITING, clock.now + timedelta(minutes=1))}
    assert sum(row.attempts for row in rows) == 1
    clock.goes_on(seconds=60)
    await send_all(outbox)
    assert {row.state for row in await every(database)} == {State.SENT}


async def test_a_slip_in_the_words_is_a_dead_letter_and_stops_no_other(
    outbox: Outbox, database: Database, amina: Person, now: datetime
) -> None:
    await tell(database, amina.id, Kind.DRAFT_REMINDER, now, "a draft without a number")
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    await send_all(outbox)
    assert (await the_only(database, Kind.DRAFT_REMINDER)).problem == "ValueError"
    assert await heard(amina) == [texts.LETTER_CAME]


async def replay(database: Database, ids: Sequence[int] | None, at: datetime) -> Sequence[int]:
    async with database.transaction() as session:
        return await notifications.replay(session, ids, at=at)


async def test_a_dead_letter_is_replayed(
    outbox: Outbox, database: Database, telegram: httpx.AsyncClient, amina: Person, clock: Clock
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, clock.now)
    for _ in range(20):
        await fails(telegram, "500")
        await send_all(outbox)
        clock.goes_on(seconds=900)
    [dead] = await every(database)
    assert (dead.state, dead.attempts, dead.problem) == (State.DEAD, 20, "NetworkError")
    assert await heard(amina) == []
    assert await replay(database, [dead.id + 1], clock.now) == []
    assert await replay(database, None, clock.now) == [dead.id]
    await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]
    assert await replay(database, [dead.id], clock.now) == []


async def test_what_perhaps_arrived_is_replayed_by_its_number_only(
    outbox: Outbox, database: Database, telegram: httpx.AsyncClient, amina: Person, now: datetime
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    await fails(telegram, "drop")
    await send_all(outbox)
    assert await replay(database, None, now) == []
    [row] = await every(database)
    assert await replay(database, [row.id], now) == [row.id]
    await send_all(outbox)
    assert await heard(amina) == [texts.LETTER_CAME]


async def test_what_is_over_for_long_is_forgotten_but_for_dead_letters(
    outbox: Outbox, database: Database, amina: Person, now: datetime
) -> None:
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now)
    await tell(database, 769_000_003, Kind.LETTER_RECEIVED, now)
    await send_all(outbox)
    async with database.transaction() as session:
        await notifications.forget(session, before=now + HOUR)
    assert [row.state for row in await every(database)] == [State.DEAD]


async def test_next_due_is_the_earliest_that_waits_urgent_or_not(
    database: Database, amina: Person, now: datetime
) -> None:
    async def next_due_at() -> datetime | None:
        async with database.reading() as session:
            return await notifications.next_due_at(session)

    assert await next_due_at() is None
    await tell(database, amina.id, Kind.CONSULTATION_SOON, now + 2 * HOUR)
    assert await next_due_at() == now + 2 * HOUR
    await tell(database, amina.id, Kind.LETTER_RECEIVED, now + HOUR)
    assert await next_due_at() == now + HOUR
