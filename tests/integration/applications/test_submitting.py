"""Review, submit once, change until taken, withdraw."""

import asyncio
from datetime import datetime, timedelta

import pytest

from admissions import applications, placements
from admissions.applications import (
    AnswerOutdated,
    AnswersMissing,
    ApplicationStatus,
    ApplicationTaken,
    Eligible,
    NotYetEligible,
    Requirement,
    Submitted,
    read_reference,
)
from admissions.applications.service import submitting
from admissions.database import Database
from tests.integration.applications.conftest import an_applicant
from tests.integration.applications.steps import WORDS, Applicant


async def take(database: Database, reference: str, by: str, at: datetime) -> None:
    async with database.transaction() as session:
        application = await applications.get_by_reference(session, reference)
        mover = placements.Mover(placements.Role.COORDINATOR, by)
        await placements.move_application(session, application.id, ApplicationStatus.IN_REVIEW, mover, at=at)


async def test_the_review_shows_every_answer(amina: Applicant) -> None:
    await amina.fills_in()
    review = await amina.reviews()
    assert [line.shown for line in review.lines] == [
        "Amina Yusuf",
        "amina@example.org",
        "+234 803 123 4567",
        "Nigeria",
        "University of Lagos, Nigeria",
        "graduate, graduated in 2021",
        "yes",
        "IELTS 7.5",
        "Internal Medicine, Pediatrics",
        "8 weeks, Monday 1 March 2027 to Friday 23 April 2027, not flexible",
        "To match in IM.",
        "visa letter",
        "given",
    ]
    assert (review.missing, review.eligibility, review.reference) == ((), Eligible(), None)


async def test_submitting_gives_a_reference(amina: Applicant, database: Database) -> None:
    await amina.fills_in()
    submitted = await amina.submits()
    assert submitted.is_new
    assert read_reference(submitted.reference) == submitted.reference
    async with database.reading() as session:
        review = await applications.review_by_reference(session, submitted.reference)
    assert review.status is ApplicationStatus.SUBMITTED


async def test_submitted_twice_it_has_one_reference(amina: Applicant) -> None:
    await amina.fills_in()
    first, second = await amina.submits(), await amina.submits()
    assert first.reference == second.reference
    assert (first.is_new, second.is_new) == (True, False)


async def test_submitted_twenty_times_at_once_it_is_submitted_once(amina: Applicant) -> None:
    await amina.fills_in()
    outcomes: list[Submitted] = await asyncio.gather(*(amina.submits() for _ in range(20)))
    assert len({outcome.reference for outcome in outcomes}) == 1
    assert sum(outcome.is_new for outcome in outcomes) == 1


async def test_two_applications_never_share_a_reference(
    amina: Applicant, database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["7K4M-WQ3X", "7K4M-WQ3X", "9999-AAAA"])
    monkeypatch.setattr(submitting, "new_reference", lambda: next(drawn))
    chidi = await an_applicant(database, 700_000_002, now)
    await amina.fills_in()
    await chidi.fills_in()
    assert (await amina.submits()).reference == "7K4M-WQ3X"
    assert (await chidi.submits()).reference == "9999-AAAA"


async def test_what_is_missing_is_named(amina: Applicant) -> None:
    await amina.begins()
    for question in WORDS:
        if question not in {"email", "consent", "support"}:
            await amina.answers(question)
    with pytest.raises(AnswersMissing) as refused:
        await amina.submits()
    assert refused.value.questions == ("email", "consent")


async def test_a_start_that_has_come_too_near_is_asked_anew(amina: Applicant) -> None:
    await amina.fills_in()
    amina.now += timedelta(days=60)
    with pytest.raises(AnswerOutdated) as refused:
        await amina.submits()
    assert refused.value.question == "period"
    await amina.reopens("period")
    await amina.answers("period", "8 weeks from june")
    assert (await amina.submits()).is_new


async def test_who_is_not_eligible_yet_may_submit_and_staff_see_it(amina: Applicant) -> None:
    await amina.fills_in()
    await amina.reopens("core_rotations")
    await amina.answers("core_rotations", "partly")
    assert (await amina.reviews()).eligibility == NotYetEligible((Requirement.CORE_ROTATIONS,))
    assert (await amina.submits()).is_new


async def test_she_changes_it_until_a_coordinator_takes_it(
    amina: Applicant, database: Database, now: datetime
) -> None:
    await amina.fills_in()
    reference = (await amina.submits()).reference
    await amina.reopens("email")
    await amina.answers("email", "yusuf@example.org")
    assert await amina.reads("email") == "yusuf@example.org"

    await amina.reopens("email")
    await take(database, reference, "Grace", now)
    with pytest.raises(ApplicationTaken) as refused:
        await amina.answers("email", "late@example.org")
    assert refused.value.taken_by == "Grace"
    with pytest.raises(ApplicationTaken):
        await amina.reopens("email")
    with pytest.raises(ApplicationTaken):
        await amina.goes_back()
    assert (await amina.submits()).reference == reference
