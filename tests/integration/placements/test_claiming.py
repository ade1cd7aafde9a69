"""Prove that an application is one's own which came in by another way; nobody learns whether it exists."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from admissions import applications, notifications, placements
from admissions.database import Database
from admissions.notifications import STAFF, Kind, State
from admissions.placements import (
    ClaimAsks,
    Claimed,
    ClaimLocked,
    ClaimRefusal,
    CodeExpired,
    CodeWrong,
    OwnApplicationUnderWay,
    ReferenceUnreadable,
    TooManyCodes,
)
from tests.integration.applications.conftest import an_applicant
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import rows

KNOWN, UNKNOWN = "7K4M-WQ3X", "AAAA-AAAA"


@dataclass
class Claimant:
    """Somebody on Telegram who says an application is theirs."""

    applicant: Applicant

    async def gives_reference(self, reference: str = KNOWN) -> None:
        await self.applicant.does(placements.give_reference, reference, at=self.applicant.now)

    async def gives(self, code: str) -> Claimed | ClaimRefusal:
        outcome: Claimed | ClaimRefusal = await self.applicant.does(
            placements.give_code, code, at=self.applicant.now
        )
        return outcome

    async def reads_code(self) -> str:
        """Read the newest code in the e-mail outbox."""
        statement = "SELECT payload FROM emails WHERE state = 'waiting' ORDER BY id DESC LIMIT 1"
        [(payload,)] = await rows(self.applicant.database, statement)
        return str(payload["code"] if isinstance(payload, dict) else payload.partition(': "')[2][:6])


@pytest.fixture
async def omar(database: Database, now: datetime) -> Claimant:
    """He applied by e-mail, and opens the chat."""
    async with database.transaction() as session:
        await session.execute(
            text("INSERT INTO applications (status, reference) VALUES ('submitted', :it)"), {"it": KNOWN}
        )
        await session.execute(
            text(
                "INSERT INTO application_answers (application_id, question, value)"
                " SELECT id, 'email', '\"omar@example.org\"' FROM applications"
            )
        )
    return Claimant(await an_applicant(database, 700_000_002, now))


@pytest.fixture
async def mallory(database: Database, now: datetime) -> Claimant:
    return Claimant(await an_applicant(database, 700_000_666, now))


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_the_code_makes_it_his(omar: Claimant) -> None:
    await omar.gives_reference("my reference is 7k4m wq3x")
    outcome = await omar.gives(f" {await omar.reads_code()} ")
    assert isinstance(outcome, Claimed)
    looked = await omar.applicant.does(placements.look, at=omar.applicant.now)
    assert looked.standing.reference == KNOWN


async def test_he_is_asked_for_one_after_the_other(omar: Claimant) -> None:
    now = omar.applicant.now

    async def asks() -> ClaimAsks | None:
        return await omar.applicant.does(placements.claim_asks, at=omar.applicant.now)

    assert await asks() is None
    await omar.applicant.does(placements.claim, at=now)
    assert await asks() is ClaimAsks.REFERENCE
    with pytest.raises(ReferenceUnreadable):
        await omar.gives_reference("HMC-1042")
    await omar.gives_reference()
    assert await asks() is ClaimAsks.CODE
    omar.applicant.now = now + timedelta(minutes=10)
    assert await asks() is None


async def test_a_code_holds_for_ten_minutes(omar: Claimant) -> None:
    await omar.gives_reference()
    code = await omar.reads_code()
    omar.applicant.now += timedelta(minutes=10)
    assert isinstance(await omar.gives(code), CodeExpired)
    with pytest.raises(applications.ApplicationNotFound):
        await omar.applicant.does(placements.look, at=omar.applicant.now)


async def test_a_code_works_once_and_for_its_account_alone(omar: Claimant, mallory: Claimant) -> None:
    await omar.gives_reference()
    code = await omar.reads_code()
    assert isinstance(await mallory.gives(code), CodeExpired)
    await mallory.gives_reference(UNKNOWN)
    assert isinstance(await mallory.gives(code), CodeWrong)
    assert isinstance(await omar.gives(code), Claimed)
    assert isinstance(await omar.gives(code), CodeExpired)


async def test_a_newer_code_replaces_the_older(omar: Claimant) -> None:
    await omar.gives_reference()
    older = await omar.reads_code()
    await omar.gives_reference()
    newer = await omar.reads_code()
    if older != newer:
        assert isinstance(await omar.gives(older), CodeWrong)
    assert isinstance(await omar.gives(newer), Claimed)


@pytest.mark.parametrize("reference", [KNOWN, UNKNOWN])
async def test_after_five_wrong_codes_it_is_locked_and_staff_are_told(
    omar: Claimant, database: Database, reference: str
) -> None:
    await omar.gives_reference(reference)
    code = await omar.reads_code() if reference == KNOWN else "123456"
    outcomes = [await omar.gives(another(code)) for _ in range(5)]
    assert [getattr(each, "left", 0) for each in outcomes] == [4, 3, 2, 1, 0]
    assert isinstance(outcomes[-1], ClaimLocked)
    assert isinstance(await omar.gives(code), CodeExpired)
    with pytest.raises(ClaimLocked):
        await omar.gives_reference(UNKNOWN)
    with pytest.raises(ClaimLocked):
        await omar.applicant.does(placements.claim, at=omar.applicant.now)
    async with database.reading() as session:
        [told] = await notifications.listed(session, states=[State.WAITING], limit=9)
        claim = await placements.get_claim(session, told.about_id)
    assert (told.recipient, told.kind, claim.reference) == (STAFF, Kind.CLAIM_LOCKED, reference)


async def test_new_codes_give_no_new_tries(omar: Claimant) -> None:
    for left in (4, 3, 2, 1):
        await omar.gives_reference()
        outcome = await omar.gives(another(await omar.reads_code()))
        assert getattr(outcome, "left", None) == left
    await omar.gives_reference()
    assert isinstance(await omar.gives(another(await omar.reads_code())), ClaimLocked)


async def test_many_accounts_share_the_tries_of_one_reference(
    omar: Claimant, database: Database, now: datetime
) -> None:
    crowd = [Claimant(await an_applicant(database, 700_001_000 + number, now)) for number in range(5)]
    for each in crowd:
        await each.gives_reference()
    code = await omar.reads_code()
    outcomes = [await each.gives("not it") for each in crowd]
    assert isinstance(outcomes[-1], ClaimLocked)
    with pytest.raises(ClaimLocked):
        await omar.gives_reference()
    assert code


async def test_a_day_later_the_lock_is_gone(omar: Claimant) -> None:
    await omar.gives_reference()
    for _ in range(5):
        await omar.gives("000")
    omar.applicant.now += timedelta(hours=24)
    await omar.gives_reference()
    assert isinstance(await omar.gives(await omar.reads_code()), Claimed)


async def test_codes_are_not_sent_without_end(omar: Claimant) -> None:
    for _ in range(5):
        await omar.gives_reference()
    with pytest.raises(TooManyCodes):
        await omar.gives_reference()


async def test_tries_at_once_all_count(omar: Claimant) -> None:
    await omar.gives_reference()
    wrong = another(await omar.reads_code())
    outcomes = await asyncio.gather(*(omar.gives(wrong) for _ in range(8)))
    assert sorted(getattr(each, "left", 0) for each in outcomes) == [0, 0, 0, 0, 1, 2, 3, 4]


async def test_an_application_of_an_account_cannot_be_claimed(omar: Claimant, mallory: Claimant) -> None:
    await omar.gives_reference()
    await omar.gives(await omar.reads_code())
    await mallory.gives_reference()
    assert await rows(mallory.applicant.database, "SELECT address FROM emails ORDER BY id DESC LIMIT 1") == [
        (None,)
    ]


async def test_who_has_another_under_way_is_sent_to_a_person(omar: Claimant) -> None:
    await omar.applicant.begins()
    await omar.gives_reference()
    assert isinstance(await omar.gives(await omar.reads_code()), OwnApplicationUnderWay)


@pytest.fixture
async def statements(database: Database) -> AsyncIterator[list[str]]:
    """What is asked of the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_a_reference_that_exists_takes_the_same_steps_as_one_that_does_not(
    omar: Claimant, mallory: Claimant, statements: list[str]
) -> None:
    taken = []
    for claimant, reference in ((omar, KNOWN), (mallory, UNKNOWN)):
        statements.clear()
        await claimant.gives_reference(reference)
        await claimant.gives("000")
        taken.append([*statements])
    assert taken[0] == taken[1]


async def test_the_code_is_forgotten_once_it_is_of_no_use(omar: Claimant) -> None:
    await omar.gives_reference()
    await omar.gives(await omar.reads_code())
    assert await rows(omar.applicant.database, "SELECT code FROM status_claims WHERE code IS NOT NULL") == []
