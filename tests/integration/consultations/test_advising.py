"""Advisors: imported, away, and saying how a talk went."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from admissions import consultations
from admissions.consultations import ConsultationStatus
from admissions.database import Database
from admissions.notifications import Kind, Notification
from tests.integration.consultations.conftest import MONDAY, advisors_file, an_applicant, wanted

pytestmark = pytest.mark.usefixtures("dana")

AFTER = MONDAY + timedelta(minutes=30)


async def a_talk(database: Database, now: datetime) -> tuple[int, int]:
    """Return an applicant and the talk they booked."""
    applicant = await an_applicant(database)
    async with database.transaction() as session:
        return applicant, (await consultations.book(session, applicant, wanted(), at=now)).id


async def told(database: Database, applicant: int, kind: Kind) -> int:
    async with database.reading() as session:
        rows = await session.scalars(
            select(Notification.id).where(Notification.recipient == applicant, Notification.kind == kind)
        )
        return len(rows.all())


async def test_who_is_not_in_the_file_any_more_takes_no_new_talk(database: Database) -> None:
    async with database.transaction() as session:
        assert (await consultations.import_advisors(session, advisors_file("dana", "marcus"))).added == 1
        imported = await consultations.import_advisors(session, advisors_file("dana"))
        assert (imported.added, imported.changed, imported.left) == (0, 0, 1)
        assert [advisor.slug for advisor in await consultations.active_advisors(session)] == ["dana"]


async def test_two_advisors_can_swap_their_telegram_ids(database: Database) -> None:
    first = {**advisors_file("dana", telegram_id=1).advisors, **advisors_file("marcus", telegram_id=2).advisors}
    second = {**advisors_file("dana", telegram_id=2).advisors, **advisors_file("marcus", telegram_id=1).advisors}
    for advisors in (first, second):
        async with database.transaction() as session:
            await consultations.import_advisors(session, consultations.AdvisorsFile(advisors=advisors))
    async with database.reading() as session:
        advisor = await consultations.find_by_telegram(session, 1)
    assert advisor is not None
    assert advisor.slug == "marcus"


async def test_an_absence_takes_its_slots_away_and_names_the_talks_in_it(
    database: Database, dana: int, now: datetime
) -> None:
    _, number = await a_talk(database, now)
    async with database.transaction() as session:
        hour = (MONDAY, MONDAY + timedelta(hours=1))
        talks = await consultations.go_away(session, dana, *hour, by="Dana", at=now)
        assert [talk.id for talk in talks] == [number]
        free = [slot.begins_at for slot in await consultations.free(session, at=now)]
        assert min(free, key=lambda begins_at: abs(begins_at - MONDAY)) >= MONDAY + timedelta(hours=1)


async def test_an_absence_can_be_taken_back(database: Database, dana: int, now: datetime) -> None:
    async with database.transaction() as session:
        await consultations.go_away(session, dana, MONDAY, AFTER, by="Dana", at=now)
        [absence] = await consultations.absences(session, dana, at=now)
        await consultations.come_back(session, absence.id, dana)
        with pytest.raises(consultations.AbsenceNotFound):
            await consultations.come_back(session, absence.id, dana)
        assert MONDAY in {slot.begins_at for slot in await consultations.free(session, at=now)}


async def test_an_applicant_is_asked_to_move_once(database: Database, now: datetime) -> None:
    applicant, number = await a_talk(database, now)
    for _ in range(2):
        async with database.transaction() as session:
            await consultations.ask_to_move(session, number, at=now)
    assert await told(database, applicant, Kind.CONSULTATION_MOVE_ASKED) == 1


async def test_who_did_not_come_is_offered_another_time(database: Database, now: datetime) -> None:
    applicant, number = await a_talk(database, now)
    async with database.transaction() as session:
        talk = await consultations.conclude(session, number, ConsultationStatus.NO_SHOW, by="Dana", at=AFTER)
        assert talk.status is ConsultationStatus.NO_SHOW
    assert await told(database, applicant, Kind.CONSULTATION_MISSED) == 1


async def test_the_next_step_reaches_the_applicant_and_the_note_does_not(
    database: Database, now: datetime
) -> None:
    applicant, number = await a_talk(database, now)
    async with database.transaction() as session:
        await consultations.conclude(session, number, ConsultationStatus.HELD, by="Dana", at=AFTER)
        talk = await consultations.write_next_step(
            session, number, next_step=" Send your CV. ", note="shy", at=AFTER
        )
        assert (talk.next_step, talk.note) == ("Send your CV.", "shy")
    assert await told(database, applicant, Kind.CONSULTATION_NEXT_STEP) == 1


async def test_an_outcome_is_noted_once_and_not_before_the_talk(database: Database, now: datetime) -> None:
    _, number = await a_talk(database, now)
    async with database.transaction() as session:
        with pytest.raises(consultations.NotOverYet):
            await consultations.conclude(session, number, ConsultationStatus.HELD, by="Dana", at=now)
        with pytest.raises(consultations.NotOverYet):
            await consultations.write_next_step(session, number, next_step="Go on", note=None, at=AFTER)
        await consultations.conclude(session, number, ConsultationStatus.HELD, by="Dana", at=AFTER)
        with pytest.raises(consultations.AlreadyConcluded):
            await consultations.conclude(session, number, ConsultationStatus.NO_SHOW, by="Marcus", at=AFTER)
        with pytest.raises(consultations.NextStepMissing):
            await consultations.write_next_step(session, number, next_step=" ", note="x", at=AFTER)


async def test_the_same_advisor_is_the_default_the_next_time(database: Database, dana: int, now: datetime) -> None:
    applicant, number = await a_talk(database, now)
    async with database.transaction() as session:
        assert await consultations.last_advisor(session, applicant) is None
        await consultations.conclude(session, number, ConsultationStatus.HELD, by="Dana", at=AFTER)
        assert await consultations.last_advisor(session, applicant) == dana


async def test_an_advisor_is_found_by_part_of_the_name(database: Database) -> None:
    async with database.transaction() as session:
        await consultations.import_advisors(session, advisors_file("dana", "marcus"))
        assert (await consultations.find_by_name(session, "MARC")).slug == "marcus"
        for words in ("a", "nobody", ""):
            with pytest.raises(consultations.AdvisorNotFound):
                await consultations.find_by_name(session, words)
