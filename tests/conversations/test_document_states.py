"""Every state of a document, as the applicant's checklist shows it by itself while staff work on it."""

from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from admissions import documents
from admissions.database import Database
from admissions.documents import DocumentKind
from bot import texts
from tests.assistant import Assistant
from tests.conversations.test_applying import at_step
from tests.conversations.test_uploading import CV, TITLES, sorts
from tests.personas import Bubble, Person
from tests.unit.documents.files import pdf

GRACE = "Grace"
ENGLISH = TITLES[DocumentKind.ENGLISH_PROOF]
INSURANCE = TITLES[DocumentKind.HEALTH_INSURANCE]
UNREADABLE = "Page 2 cannot be read"


@pytest.fixture
async def database(assistant: Assistant) -> AsyncIterator[Database]:
    """The assistant's own, in which a coordinator works."""
    database = assistant.open_database()
    yield database
    await database.close()


async def judge(
    database: Database, amina: Person, how: Callable[..., Coroutine[Any, Any, object]], **more: object
) -> None:
    """Let a coordinator judge the CV as it is now."""
    async with database.transaction() as session:
        [theirs] = [each for each in await documents.to_review(session) if each.applicant_id == amina.id]
        await how(session, theirs.id, version=theirs.version, by=GRACE, at=datetime.now(UTC), **more)


async def follows(amina: Person, checklist: Bubble, state: str, reason: str = "") -> Bubble:
    """Wait until the checklist shows the CV's state, without anybody writing."""
    line = texts.DOCUMENT_LINES[state].format(title=CV, reason=reason).strip()
    return await amina.sees(checklist.number, lambda bubble: line in bubble.text)


async def test_a_document_goes_through_review_to_approval_and_expires(amina: Person, database: Database) -> None:
    checklist = await amina.says("/documents")
    await follows(amina, checklist, "missing")
    await amina.tap(CV, await amina.uploads("cv.pdf", pdf("Amina")))
    await follows(amina, checklist, "received")
    await judge(database, amina, documents.start_review)
    await follows(amina, checklist, "in_review")
    await judge(database, amina, documents.approve, expires_at=datetime.now(UTC) + timedelta(days=1))
    await follows(amina, checklist, "approved")
    async with database.transaction() as session:
        await documents.expire(session, at=datetime.now(UTC) + timedelta(days=2))
    expired = await follows(amina, checklist, "expired")
    assert texts.NEXT_DOCUMENT_AGAIN.format(title=CV) in expired.text


async def test_a_rejected_document_says_why_and_a_new_version_replaces_it(
    amina: Person, database: Database
) -> None:
    _, checklist = await sorts(amina, "cv.pdf", pdf("Amina"), CV)
    await judge(database, amina, documents.reject, reason=UNREADABLE)
    rejected = await follows(amina, checklist, "rejected", UNREADABLE)
    assert texts.NEXT_DOCUMENT_AGAIN.format(title=CV) in rejected.text
    again = await amina.uploads("cv.pdf", pdf("Amina"))
    assert "I have this file already" in again.text

    question = await amina.uploads("cv new.pdf", pdf("Amina, readable"))
    await amina.tap(CV, question)
    replaced = await follows(amina, checklist, "received")
    assert UNREADABLE not in replaced.text
    await judge(database, amina, documents.approve)
    await follows(amina, checklist, "approved")


async def test_a_document_that_a_coordinator_asks_for_appears(amina: Person, database: Database) -> None:
    checklist = await amina.says("/documents")
    assert INSURANCE not in checklist.text
    async with database.transaction() as session:
        await documents.request(session, amina.id, DocumentKind.HEALTH_INSURANCE, at=datetime.now(UTC))
    await amina.sees(checklist.number, lambda bubble: f"○ {INSURANCE}: missing" in bubble.text)


async def test_the_answer_about_english_decides_on_its_proof(amina: Person) -> None:
    checklist = await amina.says("/documents")
    assert texts.DOCUMENT_PERHAPS.format(title=ENGLISH) in checklist.text
    await at_step(amina, "english")
    await amina.says("IELTS 7.5")
    await amina.sees(checklist.number, lambda bubble: f"○ {ENGLISH}: missing" in bubble.text)
    await amina.says("/back")
    await amina.says("taught in English")
    await amina.sees(checklist.number, lambda bubble: ENGLISH not in bubble.text)


async def test_without_a_checklist_none_is_shown_unasked(amina: Person, database: Database) -> None:
    question = await amina.uploads("cv.pdf", pdf("Amina"))
    await at_step(amina, "full_name")
    async with database.transaction() as session:
        await documents.request(session, amina.id, DocumentKind.HEALTH_INSURANCE, at=datetime.now(UTC))
    checklist = await amina.taps(CV, question)
    assert f"○ {INSURANCE}: missing" in checklist.text, "it is the first that is shown"
