"""How things stand, as the applicant is shown it, and what has changed since they last looked."""

from datetime import timedelta

import pytest

from admissions import applications, placements
from admissions.applications import ApplicationStatus
from admissions.database import Database
from admissions.placements import Difference, ItemNotFound, Looked, Party, Shown
from tests.integration.applications.conftest import an_applicant
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import GRACE, LENA, Desk


async def looks(amina: Applicant, desk: Desk) -> Looked:
    return await amina.does(placements.look, at=desk.now)


async def test_who_never_applied_has_no_status(desk: Desk, database: Database) -> None:
    omar = await an_applicant(database, 700_000_002, desk.now)
    with pytest.raises(applications.ApplicationNotFound):
        await looks(omar, desk)


async def test_by_its_reference_only_ones_own_application_is_shown(
    desk: Desk, amina: Applicant, database: Database
) -> None:
    reference = (await looks(amina, desk)).standing.reference
    assert (await amina.does(placements.look, reference, at=desk.now)).standing.reference == reference
    omar = await an_applicant(database, 700_000_002, desk.now)
    for other in (omar, amina):
        with pytest.raises(applications.ApplicationNotFound):
            await other.does(placements.look, reference if other is omar else "7K4M-WQ3X", at=desk.now)


async def test_it_waits_for_hmc_since_it_was_sent(desk: Desk, amina: Applicant) -> None:
    sent_at, desk.now = desk.now, desk.now + timedelta(days=2)
    standing = (await looks(amina, desk)).standing
    assert standing.status is Shown.SUBMITTED
    assert standing.waiting
    assert (standing.waiting.party, standing.waiting.since) == (Party.HMC, sent_at)


async def test_an_open_item_says_what_is_waited_for(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.does(placements.open_item, application_id, Party.HMC, "interview date", by="Grace")
    item = await desk.does(placements.open_item, application_id, Party.APPLICANT, " TB test result ", by="Grace")
    waiting = (await looks(amina, desk)).standing.waiting
    assert waiting
    assert (waiting.party, waiting.items) == (Party.APPLICANT, ("TB test result",))

    await desk.does(placements.close_item, item.id, by="Grace")
    waiting = (await looks(amina, desk)).standing.waiting
    assert waiting
    assert (waiting.party, waiting.items) == (Party.HMC, ("interview date",))
    with pytest.raises(ItemNotFound):
        await desk.does(placements.close_item, item.id, by="Omar")


async def test_only_what_changed_since_she_last_looked_is_told(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    first = await looks(amina, desk)
    assert (first.last_looked_at, first.differences) == (None, ())
    assert (await looks(amina, desk)).differences == ()

    await desk.moves(application_id, ApplicationStatus.IN_REVIEW)
    assert (await looks(amina, desk)).differences == (Difference("status", "submitted", "in_review"),)

    offered = await desk.offers(application_id)
    assert (await looks(amina, desk)).differences == (Difference("status", "in_review", "offered"),)

    async with desk.database.transaction() as session:
        (await placements.get_placement(session, offered.id)).mentor = "Dr. Brandt"
    again = await looks(amina, desk)
    assert again.differences == (Difference("mentor", "Dr. Adler", "Dr. Brandt"),)
    assert again.last_looked_at == desk.now


async def test_a_match_shows_as_a_review(desk: Desk, amina: Applicant) -> None:
    await desk.moves(await desk.application_of(amina), ApplicationStatus.MATCHED)
    assert (await looks(amina, desk)).standing.status is Shown.IN_REVIEW


async def test_what_ended_says_so_and_waits_for_nobody(desk: Desk, amina: Applicant) -> None:
    await desk.moves(await desk.application_of(amina), ApplicationStatus.NOT_PLACED, LENA)
    standing = (await looks(amina, desk)).standing
    assert (standing.status, standing.has_ended, standing.waiting) == (Shown.NOT_PLACED, True, None)


async def test_the_one_under_way_is_shown_before_one_that_ended(desk: Desk, amina: Applicant) -> None:
    await desk.moves(await desk.application_of(amina), ApplicationStatus.NOT_PLACED, LENA)
    await amina.begins()
    assert (await looks(amina, desk)).standing.status is Shown.DRAFT


async def test_notes_are_for_staff(desk: Desk, amina: Applicant) -> None:
    application_id = await desk.application_of(amina)
    await desk.does(placements.note, application_id, "Called her twice.", by=GRACE.name)
    async with desk.database.reading() as session:
        [note] = await placements.notes(session, application_id)
        standing = await placements.status_of(session, application_id, at=desk.now)
    assert (note.text, note.written_by) == ("Called her twice.", "Grace")
    assert "Called" not in repr(standing)
