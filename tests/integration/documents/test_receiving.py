"""Files arrive: at any time, kept once, recognised, readable by whom they concern."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from admissions import documents
from admissions.database import Database
from admissions.documents import AlreadyReceived, DocumentKind, DocumentState, FileKind, Role, Store, Upload
from tests.integration.documents.conftest import AMINA, OMAR, Send, Sort, state
from tests.unit.documents import files


async def names(store: Store) -> set[str]:
    return {file.name for file in await store.list()}


async def test_a_file_is_kept_before_anyone_knows_what_it_is(
    database: Database, store: Store, send: Send, now: datetime
) -> None:
    upload = await send(files.pdf(pages=2), "../../etc/My CV.pdf")
    assert (upload.file_name, upload.file_kind, upload.pages) == ("My CV.pdf", FileKind.PDF, 2)
    assert await store.read(upload.stored_as) == files.pdf(pages=2)
    async with database.reading() as session:
        [waiting] = await documents.unsorted(session, AMINA)
    assert (waiting.id, waiting.received_at, waiting.size) == (upload.id, now, len(files.pdf(pages=2)))


async def test_where_a_file_lies_has_nothing_to_do_with_its_name(store: Store, send: Send) -> None:
    one, other = await send(files.pdf("1"), "cv.pdf"), await send(files.pdf("2"), "cv.pdf")
    assert one.stored_as != other.stored_as
    assert await names(store) == {one.stored_as, other.stored_as}
    assert len(one.stored_as) == 43


async def test_a_refused_file_leaves_nothing_behind(database: Database, store: Store, send: Send) -> None:
    with pytest.raises(documents.FileBroken):
        await send(files.pdf()[:300])
    assert await store.list() == []
    async with database.reading() as session:
        assert await documents.unsorted(session, AMINA) == []


async def test_the_same_file_again_is_recognised_with_when_and_as_what(
    store: Store, send: Send, sort: Sort, now: datetime
) -> None:
    upload = await send(files.pdf())
    await sort(upload, DocumentKind.TRANSCRIPTS)
    with pytest.raises(AlreadyReceived) as refused:
        await send(files.pdf(), "another name.pdf")
    assert (refused.value.upload_id, refused.value.received_at) == (upload.id, now)
    assert (refused.value.kind, refused.value.state) == (DocumentKind.TRANSCRIPTS, DocumentState.RECEIVED)
    assert await names(store) == {upload.stored_as}


async def test_the_same_file_again_while_unsorted_and_after_it_was_replaced(send: Send, sort: Sort) -> None:
    upload = await send(files.pdf("old"))
    with pytest.raises(AlreadyReceived) as refused:
        await send(files.pdf("old"))
    assert (refused.value.kind, refused.value.state) == (None, None)
    await sort(upload)
    await sort(await send(files.pdf("new")))
    with pytest.raises(AlreadyReceived) as refused:
        await send(files.pdf("old"))
    assert (refused.value.kind, refused.value.state) == (DocumentKind.CV, None)


async def test_two_applicants_may_send_the_same_file(send: Send) -> None:
    await send(files.pdf())
    await send(files.pdf(), applicant_id=OMAR)


async def test_the_same_file_twenty_times_at_once_is_one(store: Store, send: Send) -> None:
    outcomes = await asyncio.gather(*(send(files.pdf()) for _ in range(20)), return_exceptions=True)
    [kept] = [outcome for outcome in outcomes if isinstance(outcome, Upload)]
    assert sum(isinstance(outcome, AlreadyReceived) for outcome in outcomes) == 19
    assert await names(store) == {kept.stored_as}


async def test_an_applicant_reads_their_own_and_staff_read_all(
    database: Database, store: Store, send: Send
) -> None:
    upload = await send(files.pdf())
    async with database.reading() as session:
        own = await documents.read(session, store, upload.id, role=Role.APPLICANT, applicant_id=AMINA)
        assert await documents.read(session, store, upload.id, role=Role.COORDINATOR) == own
        assert (own.name, own.kind, own.content) == ("cv.pdf", FileKind.PDF, files.pdf())
        for stranger, role in ((OMAR, Role.APPLICANT), (AMINA, Role.REFEREE), (None, Role.APPLICANT)):
            with pytest.raises(documents.UploadNotFound):
                await documents.read(session, store, upload.id, role=role, applicant_id=stranger)


async def combine(database: Database, store: Store, ids: list[int], now: datetime) -> Upload:
    async with database.reading() as session:
        merged = await documents.combine(session, store, AMINA, ids)
    async with database.transaction() as session:
        return await documents.receive(
            session, store, AMINA, merged, file_name="transcripts.pdf", at=now, parts=ids
        )


async def test_photos_become_one_document(
    database: Database, store: Store, send: Send, sort: Sort, now: datetime
) -> None:
    pages = [await send(files.jpeg((64, 40 + number)), "page.jpg") for number in range(3)]
    whole = await combine(database, store, [page.id for page in pages], now)
    assert (whole.file_kind, whole.pages) == (FileKind.PDF, 3)
    async with database.reading() as session:
        assert [upload.id for upload in await documents.unsorted(session, AMINA)] == [whole.id]
    await sort(whole, DocumentKind.TRANSCRIPTS)
    assert await state(database, DocumentKind.TRANSCRIPTS, now) is DocumentState.RECEIVED
    with pytest.raises(documents.UploadNotFound):
        await sort(pages[0])
    with pytest.raises(AlreadyReceived) as refused:
        await send(files.jpeg((64, 40)), "page.jpg")
    assert (refused.value.upload_id, refused.value.kind) == (whole.id, DocumentKind.TRANSCRIPTS)


async def test_only_ones_own_unsorted_photos_can_be_combined(
    database: Database, store: Store, send: Send, sort: Sort, now: datetime
) -> None:
    mine, no_photo = await send(files.jpeg(), "1.jpg"), await send(files.pdf())
    another_ones = await send(files.jpeg(), "2.jpg", applicant_id=OMAR)
    for other in (no_photo, another_ones):
        with pytest.raises(documents.UploadNotFound):
            await combine(database, store, [mine.id, other.id], now)
    await sort(mine)
    with pytest.raises(documents.UploadNotFound):
        await combine(database, store, [mine.id], now)


async def test_photos_sorted_while_they_are_combined_stay_what_they_are(
    database: Database, store: Store, send: Send, sort: Sort, now: datetime
) -> None:
    page = await send(files.jpeg(), "1.jpg")
    async with database.reading() as session:
        merged = await documents.combine(session, store, AMINA, [page.id])
    await sort(page)
    with pytest.raises(documents.UploadNotFound):
        async with database.transaction() as session:
            await documents.receive(session, store, AMINA, merged, file_name=None, at=now, parts=[page.id])
    assert await state(database, DocumentKind.CV, now) is DocumentState.RECEIVED


async def test_a_slow_file_or_store_does_not_hold_up_the_others(
    store: Store, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(do: Callable[..., object]) -> Callable[..., object]:
        def done_slowly(*args: object) -> object:
            time.sleep(0.5)
            return do(*args)

        return done_slowly

    monkeypatch.setattr("admissions.documents.service.receiving.inspect", slowly(documents.inspect))
    monkeypatch.setattr(store, "_write", slowly(store._write))
    sending = asyncio.ensure_future(send(files.pdf()))
    begun = woken = time.monotonic()
    longest = 0.0
    while not sending.done():
        await asyncio.sleep(0.005)
        longest, woken = max(longest, time.monotonic() - woken), time.monotonic()
    assert woken - begun > 1.0
    assert longest < 0.4


def test_the_default_folder_is_private(tmp_path: Path) -> None:
    Store((tmp_path / "var" / "documents").as_uri())
    assert (tmp_path / "var" / "documents").stat().st_mode & 0o777 == 0o700


async def test_a_name_that_is_not_the_stores_own_is_never_opened(store: Store) -> None:
    for name in ("../clerkship.db", "/etc/passwd", ""):
        with pytest.raises(ValueError, match="not a name"):
            await store.read(name)


async def test_removing_twice_is_removing_once(store: Store) -> None:
    name = await store.save(b"x")
    await store.remove(name)
    await store.remove(name)
    with pytest.raises(FileNotFoundError):
        await store.read(name)
