"""Staff look at documents: they judge what they saw, with a reason, and each document is judged once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from admissions import documents
from admissions.database import Database
from admissions.documents import DocumentKind as Kind
from admissions.documents import DocumentState
from tests.integration.documents.conftest import AMINA, Send, Sort, item, state
from tests.unit.documents import files


@pytest.fixture
async def cv(send: Send, sort: Sort) -> int:
    return await sort(await send(files.pdf("cv")))


async def approve(database: Database, document_id: int, now: datetime, *, version: int = 1) -> None:
    async with database.transaction() as session:
        await documents.approve(session, document_id, version=version, by="Grace", at=now)


async def reject(database: Database, document_id: int, now: datetime, reason: str = "Blurred") -> None:
    async with database.transaction() as session:
        await documents.reject(session, document_id, version=1, reason=reason, by="Omar", at=now)


async def test_a_document_goes_from_review_to_approved(database: Database, cv: int, now: datetime) -> None:
    async with database.transaction() as session:
        [waiting] = await documents.to_review(session)
        assert waiting.applicant.name == "Amina Yusuf"
        assert waiting.current
        await documents.start_review(session, cv, version=waiting.version, by="Grace", at=now)
    assert await state(database, Kind.CV, now) is DocumentState.IN_REVIEW
    await approve(database, cv, now)
    assert await state(database, Kind.CV, now) is DocumentState.APPROVED
    async with database.reading() as session:
        assert await documents.to_review(session) == []


async def test_a_rejected_document_says_why_until_a_new_version_comes(
    database: Database, cv: int, send: Send, sort: Sort, now: datetime
) -> None:
    await reject(database, cv, now, "  The second page is missing ")
    shown = await item(database, Kind.CV, now)
    assert (shown.state, shown.reason) == (DocumentState.REJECTED, "The second page is missing")
    await sort(await send(files.pdf("better cv")))
    shown = await item(database, Kind.CV, now)
    assert (shown.state, shown.reason) == (DocumentState.RECEIVED, None)


async def test_without_a_reason_nothing_is_rejected(database: Database, cv: int, now: datetime) -> None:
    with pytest.raises(documents.ReasonMissing):
        await reject(database, cv, now, " ")


async def test_what_was_replaced_meanwhile_is_not_approved_unseen(
    database: Database, cv: int, send: Send, sort: Sort, now: datetime
) -> None:
    await sort(await send(files.pdf("another cv")))
    with pytest.raises(documents.DocumentReplaced) as refused:
        await approve(database, cv, now, version=1)
    assert refused.value.version == 2
    await approve(database, cv, now, version=2)


async def test_a_version_that_comes_while_the_last_is_being_approved_is_not_approved(
    database: Database, cv: int, send: Send, sort: Sort, now: datetime
) -> None:
    newer = await send(files.pdf("another cv"))
    async with database.transaction() as session:
        await documents.approve(session, cv, version=1, by="Grace", at=now)
        sorting = asyncio.create_task(sort(newer))
        await asyncio.sleep(0.3)
    await sorting
    assert await state(database, Kind.CV, now) is DocumentState.RECEIVED


async def test_of_two_coordinators_at_once_the_second_learns_what_the_first_did(
    database: Database, cv: int, now: datetime
) -> None:
    outcomes = await asyncio.gather(approve(database, cv, now), approve(database, cv, now), return_exceptions=True)
    [refused] = [outcome for outcome in outcomes if isinstance(outcome, documents.MoveNotAllowed)]
    assert refused.state is DocumentState.APPROVED


async def test_what_is_missing_cannot_be_judged(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        asked_for = await documents.request(session, AMINA, Kind.HEALTH_INSURANCE, at=now)
    with pytest.raises(documents.MoveNotAllowed):
        await approve(database, asked_for.id, now, version=0)
    with pytest.raises(documents.DocumentNotFound):
        await approve(database, 404, now)


async def test_a_document_on_request_is_on_the_list_once_it_is_asked_for(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        await documents.request(session, AMINA, Kind.BACKGROUND_CHECK, at=now)
    shown = await item(database, Kind.BACKGROUND_CHECK, now)
    assert (shown.state, shown.required) == (DocumentState.MISSING, True)
    with pytest.raises(documents.DocumentAlreadyRequested):
        async with database.transaction() as session:
            await documents.request(session, AMINA, Kind.BACKGROUND_CHECK, at=now)


async def test_a_document_holds_until_the_day_a_coordinator_named(
    database: Database, cv: int, now: datetime
) -> None:
    ends = now + timedelta(days=30)
    async with database.transaction() as session:
        await documents.approve(session, cv, version=1, by="Grace", at=now, expires_at=ends)
    async with database.transaction() as session:
        assert await documents.expire(session, at=ends - timedelta(seconds=1)) == []
        assert [document.id for document in await documents.expire(session, at=ends)] == [cv]
        assert await documents.expire(session, at=ends) == []
    shown = await item(database, Kind.CV, now)
    assert (shown.state, shown.is_open) == (DocumentState.EXPIRED, True)


async def test_a_document_without_such_a_day_holds_for_good(database: Database, cv: int, now: datetime) -> None:
    await approve(database, cv, now)
    async with database.transaction() as session:
        assert await documents.expire(session, at=now + timedelta(days=10_000)) == []


async def test_a_document_asked_for_is_still_asked_for_when_its_file_was_another(
    database: Database, send: Send, sort: Sort, now: datetime
) -> None:
    async with database.transaction() as session:
        await documents.request(session, AMINA, Kind.BACKGROUND_CHECK, at=now)
    upload = await send(files.pdf())
    await sort(upload, Kind.BACKGROUND_CHECK)
    await sort(upload, Kind.CV)
    assert (await item(database, Kind.BACKGROUND_CHECK, now)).is_open
