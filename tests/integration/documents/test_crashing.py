"""A crash at any point: no row names a missing file, and no file without a row stays for long."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import documents
from admissions.applicants import Applicant
from admissions.database import Database
from admissions.documents import DocumentKind, DocumentState, Store, Upload
from tests.integration.documents.conftest import AMINA, Send, Sort, state
from tests.unit.documents import files


class Crashed(BaseException):
    """The process is gone: nothing that handles errors sees it."""


def crash(*_anything: object, **_whatever: object) -> Any:
    raise Crashed


def later(hours: float = 2) -> datetime:
    """A while from now, by the clock that files are dated with."""
    return datetime.now(UTC) + timedelta(hours=hours)


async def files_and_rows(database: Database, store: Store) -> tuple[set[str], set[str]]:
    async with database.reading() as session:
        rows = set(await session.scalars(select(Upload.stored_as)))
    return {file.name for file in await store.list()}, rows


async def sweep(database: Database, store: Store, at: datetime) -> int:
    async with database.reading() as session:
        return await documents.sweep(session, store, at=at)


async def receive(database: Database, store: Store, now: datetime, *, then: Callable[[], object] = object) -> None:
    async with database.transaction() as session:
        await documents.receive(session, store, AMINA, files.pdf("crash"), file_name="cv.pdf", at=now)
        then()


async def receive_and_crash(database: Database, store: Store, now: datetime, *, at_the_end: bool = False) -> None:
    with pytest.raises(Crashed):
        await receive(database, store, now, then=crash if at_the_end else object)


async def everything_agrees(database: Database, store: Store, kept: Upload) -> None:
    """Nothing is lost, what is left over is swept, and the same file can be sent again."""
    names, rows = await files_and_rows(database, store)
    assert rows <= names
    assert await sweep(database, store, later()) == len(names - rows)
    assert await files_and_rows(database, store) == (rows, rows)
    assert await store.read(kept.stored_as) == files.pdf("kept")


@pytest.fixture
async def kept(send: Send) -> Upload:
    return await send(files.pdf("kept"))


async def test_a_crash_before_the_file_is_written(
    database: Database, store: Store, kept: Upload, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "save", crash)
    await receive_and_crash(database, store, now)
    await everything_agrees(database, store, kept)


async def test_a_crash_while_the_file_is_written(
    database: Database, store: Store, kept: Upload, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = store._write

    def half(name: str, content: bytes) -> None:
        whole(name, content[: len(content) // 2])
        raise Crashed

    monkeypatch.setattr(store, "_write", half)
    await receive_and_crash(database, store, now)
    names, rows = await files_and_rows(database, store)
    assert len(names - rows) == 1
    await everything_agrees(database, store, kept)


async def test_a_crash_between_file_and_row(
    database: Database, store: Store, kept: Upload, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(AsyncSession, "scalar", crash)
        await receive_and_crash(database, store, now)
    await everything_agrees(database, store, kept)
    await receive(database, store, now)


async def test_a_crash_between_row_and_commit(
    database: Database, store: Store, kept: Upload, now: datetime
) -> None:
    await receive_and_crash(database, store, now, at_the_end=True)
    names, rows = await files_and_rows(database, store)
    assert (len(names), len(rows)) == (2, 1)
    await everything_agrees(database, store, kept)
    await receive(database, store, now)


async def test_a_crash_right_after_the_commit(
    database: Database, store: Store, kept: Upload, now: datetime
) -> None:
    await receive(database, store, now)
    names, rows = await files_and_rows(database, store)
    assert names == rows
    assert len(rows) == 2
    await everything_agrees(database, store, kept)


async def test_a_crash_before_a_file_sent_twice_is_removed(
    database: Database, store: Store, kept: Upload, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await receive(database, store, now)
    with monkeypatch.context() as patch:
        patch.setattr(store, "remove", crash)
        await receive_and_crash(database, store, now)
    await everything_agrees(database, store, kept)


async def test_a_crash_while_an_upload_is_sorted(
    database: Database, kept: Upload, sort: Sort, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(AsyncSession, "refresh", crash)
        with pytest.raises(Crashed):
            await sort(kept)
    assert await state(database, DocumentKind.CV, now) is DocumentState.MISSING
    async with database.reading() as session:
        assert [upload.id for upload in await documents.unsorted(session, AMINA)] == [kept.id]
    await sort(kept)


async def test_a_crash_in_the_middle_of_sweeping(
    database: Database, store: Store, kept: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await store.save(files.pdf(str(number)))
    remove, removed = store.remove, list[str]()

    async def once(name: str) -> None:
        if removed:
            raise Crashed
        removed.append(name)
        await remove(name)

    with monkeypatch.context() as patch:
        patch.setattr(store, "remove", once)
        with pytest.raises(Crashed):
            await sweep(database, store, later())
    await everything_agrees(database, store, kept)


async def test_a_file_whose_row_is_about_to_come_is_not_swept(
    database: Database, store: Store, kept: Upload
) -> None:
    name = await store.save(files.pdf("coming"))
    assert await sweep(database, store, later(hours=0.9)) == 0
    assert await store.read(name) == files.pdf("coming")
    assert await sweep(database, store, later(hours=1.1)) == 1
    assert await store.read(kept.stored_as)


async def test_the_files_of_a_removed_applicant_are_swept(
    database: Database, store: Store, send: Send, sort: Sort
) -> None:
    await sort(await send(files.pdf()))
    async with database.transaction() as session:
        await session.execute(delete(Applicant).where(Applicant.id == AMINA))
    assert await sweep(database, store, later()) == 1
    assert await store.list() == []


async def test_many_files_are_swept_in_batches(database: Database, store: Store, kept: Upload) -> None:
    for number in range(1050):
        store._write(f"{number:043}", b"x")
    assert await sweep(database, store, later()) == 1050
    await everything_agrees(database, store, kept)


async def test_what_else_lies_in_the_folder_is_left_alone(
    database: Database, folder_store: Store, tmp_path: Path
) -> None:
    note = tmp_path / "documents" / "README.txt"
    note.write_text("do not remove")
    assert await sweep(database, folder_store, later(hours=10_000)) == 0
    assert note.exists()
