"""Uploads become versions of documents: the last said counts, all are kept, mistakes are mended."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import select

from admissions import documents
from admissions.database import Database
from admissions.documents import AlreadySorted, DocumentChange, DocumentState, Role, Upload
from admissions.documents import DocumentKind as Kind
from tests.integration.documents.conftest import AMINA, FILE, OMAR, Send, Sort, item, state
from tests.unit.documents import files


async def versions(database: Database, document_id: int) -> dict[int | None, int]:
    async with database.reading() as session:
        rows = await session.scalars(select(Upload).where(Upload.document_id == document_id))
        return {upload.version: upload.id for upload in rows}


async def test_a_sorted_file_is_received_and_no_longer_waits(
    database: Database, send: Send, sort: Sort, now: datetime
) -> None:
    await sort(await send(files.pdf(), "Amina CV.pdf"))
    shown = await item(database, Kind.CV, now)
    assert (shown.state, shown.file_name, shown.received_at) == (DocumentState.RECEIVED, "Amina CV.pdf", now)
    async with database.reading() as session:
        assert await documents.unsorted(session, AMINA) == []


async def test_a_new_version_replaces_the_old_one_which_is_kept(
    database: Database, store: documents.Store, send: Send, sort: Sort, now: datetime
) -> None:
    old, new = await send(files.pdf("old"), "old.pdf"), await send(files.pdf("new"), "new.pdf")
    await sort(old)
    document_id = await sort(new)
    assert await versions(database, document_id) == {1: old.id, 2: new.id}
    assert (await item(database, Kind.CV, now)).file_name == "new.pdf"
    assert await store.read(old.stored_as) == files.pdf("old")


async def test_two_files_for_one_document_at_once_are_both_kept_and_the_later_counts(
    database: Database, send: Send, sort: Sort, now: datetime
) -> None:
    uploads = [await send(files.pdf(str(number)), f"{number}.pdf") for number in range(20)]
    document_ids = await asyncio.gather(*(sort(upload) for upload in uploads))
    assert len(set(document_ids)) == 1
    kept = await versions(database, document_ids[0])
    assert sorted(kept, key=str) == sorted(range(1, 21), key=str)
    [current] = [upload for upload in uploads if upload.id == kept[20]]
    assert (await item(database, Kind.CV, now)).file_name == current.file_name


async def test_tapping_twice_at_once_sorts_once(send: Send, sort: Sort) -> None:
    upload = await send(files.pdf())
    outcomes = await asyncio.gather(sort(upload), sort(upload), return_exceptions=True)
    assert sum(isinstance(outcome, AlreadySorted) for outcome in outcomes) == 1


async def test_a_wrong_tap_is_mended(database: Database, send: Send, sort: Sort, now: datetime) -> None:
    upload = await send(files.pdf())
    await sort(upload, Kind.CV)
    await sort(upload, Kind.TRANSCRIPTS)
    assert await state(database, Kind.CV, now) is DocumentState.MISSING
    assert await state(database, Kind.TRANSCRIPTS, now) is DocumentState.RECEIVED


async def test_a_document_that_loses_its_newest_file_falls_back_to_the_one_before(
    database: Database, send: Send, sort: Sort, now: datetime
) -> None:
    await sort(await send(files.pdf("cv"), "real cv.pdf"))
    wrong = await send(files.pdf("marks"), "marks.pdf")
    await sort(wrong, Kind.CV)
    await sort(wrong, Kind.TRANSCRIPTS)
    shown = await item(database, Kind.CV, now)
    assert (shown.state, shown.file_name) == (DocumentState.RECEIVED, "real cv.pdf")


async def test_an_older_version_can_count_again(database: Database, send: Send, sort: Sort, now: datetime) -> None:
    old = await send(files.pdf("old"), "old.pdf")
    await sort(old)
    await sort(await send(files.pdf("new"), "new.pdf"))
    await sort(old)
    assert (await item(database, Kind.CV, now)).file_name == "old.pdf"


async def test_two_files_that_change_places_at_once_do_not_stop_each_other(
    database: Database, send: Send, sort: Sort, now: datetime
) -> None:
    cv, marks = await send(files.pdf("cv"), "cv.pdf"), await send(files.pdf("marks"), "marks.pdf")
    await sort(cv, Kind.TRANSCRIPTS)
    await sort(marks, Kind.CV)
    await asyncio.gather(sort(cv, Kind.CV), sort(marks, Kind.TRANSCRIPTS))
    assert (await item(database, Kind.CV, now)).file_name == "cv.pdf"
    assert (await item(database, Kind.TRANSCRIPTS, now)).file_name == "marks.pdf"


@pytest.mark.parametrize("judge", ["start_review", "approve"])
async def test_a_file_in_review_or_approved_is_not_moved_by_the_applicant(
    database: Database, send: Send, sort: Sort, now: datetime, judge: str
) -> None:
    upload = await send(files.pdf())
    document_id = await sort(upload)
    async with database.transaction() as session:
        await getattr(documents, judge)(session, document_id, version=1, by="Grace", at=now)
    with pytest.raises(documents.MoveNotAllowed):
        await sort(upload, Kind.TRANSCRIPTS)
    assert await versions(database, document_id) == {1: upload.id}


async def test_a_rejected_file_may_be_said_to_be_another_document(
    database: Database, send: Send, sort: Sort, now: datetime
) -> None:
    upload = await send(files.pdf())
    document_id = await sort(upload)
    async with database.transaction() as session:
        await documents.reject(session, document_id, version=1, reason="No CV", by="Grace", at=now)
    await sort(upload, Kind.TRANSCRIPTS)
    shown = await item(database, Kind.CV, now)
    assert (shown.state, shown.reason) == (DocumentState.MISSING, None)


async def test_nobody_sorts_the_files_of_another(send: Send, sort: Sort) -> None:
    upload = await send(files.pdf())
    with pytest.raises(documents.UploadNotFound):
        await sort(upload, applicant_id=OMAR)
    upload.id = 404
    with pytest.raises(documents.UploadNotFound):
        await sort(upload)


async def test_a_document_of_one_page_takes_no_more(database: Database, send: Send, now: datetime) -> None:
    upload = await send(files.pdf(pages=2))
    one_page = FILE.documents[Kind.CV].model_copy(update={"several_pages": False})
    file = FILE.model_copy(update={"documents": {**FILE.documents, Kind.CV: one_page}})
    with pytest.raises(documents.TooManyPages) as refused:
        async with database.transaction() as session:
            await documents.sort(session, file, upload.id, Kind.CV, applicant_id=AMINA, at=now)
    assert (refused.value.kind, refused.value.pages) == (Kind.CV, 2)


async def test_what_happened_is_written_down(database: Database, send: Send, sort: Sort, now: datetime) -> None:
    upload = await send(files.pdf())
    document_id = await sort(upload)
    async with database.transaction() as session:
        await documents.start_review(session, document_id, version=1, by="Grace", at=now)
        await documents.reject(session, document_id, version=1, reason="Blurred", by="Omar", at=now)
    async with database.reading() as session:
        rows = await session.scalars(select(DocumentChange).order_by(DocumentChange.id))
        history = [(row.state, row.role, row.by, row.reason, row.upload_id) for row in rows]
    assert history == [
        (DocumentState.RECEIVED, Role.APPLICANT, None, None, upload.id),
        (DocumentState.IN_REVIEW, Role.COORDINATOR, "Grace", None, upload.id),
        (DocumentState.REJECTED, Role.COORDINATOR, "Omar", "Blurred", upload.id),
    ]
