"""Everything goes into one archive, comes back from it, and nothing else is ever taken for one."""

import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from alembic import command
from sqlalchemy import create_engine, make_url, text

from admissions import applicants, backups, documents, leadership, notifications, schema
from admissions.backups import BackupImpossible, Place, RestoreImpossible, postgres
from admissions.database import Database
from admissions.documents import Store
from admissions.notifications import Kind, Notification, Reason, State
from tests.conftest import create_database, drop_database
from tests.unit.documents import files

AMINA = 700_000_001
EVENTS = "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), data TEXT)"
MET = "INSERT INTO applicants (id, name, met_at)"


def place_of(url: str, folder: Path) -> Place:
    parsed = make_url(url)
    conversations = url
    if parsed.get_backend_name() == "sqlite":
        conversations = f"sqlite:///{Path(parsed.database or '').with_name('conversations.db')}"
    return Place(url, conversations, Store(str(folder / "documents")))


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Place:
    return place_of(database_url, tmp_path)


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Place]:
    """An empty place of the same kind."""
    folder = tmp_path / "elsewhere"
    if place.kind == "sqlite":
        yield place_of(f"sqlite+aiosqlite:///{folder / 'clerkship.db'}", folder)
        return
    server, name = request.getfixturevalue("postgres"), f"empty_{uuid4().hex}"
    create_database(server, name)
    yield place_of(server.format(name), folder)
    drop_database(server, name)


@pytest.fixture
async def cv(database: Database, place: Place, now: datetime) -> documents.Upload:
    """Amina, who has sent her CV and talked with Rasa."""
    _execute(place.conversations_url, EVENTS, "INSERT INTO events VALUES (1, '700000001', '{}')")
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)
    return await send(database, place, "Curriculum vitae", now)


async def send(database: Database, place: Place, words: str, now: datetime) -> documents.Upload:
    async with database.transaction() as session:
        return await documents.receive(session, place.store, AMINA, files.pdf(words), file_name="cv.pdf", at=now)


async def restore(place: Place, file: Path, now: datetime, *, replace: bool = False) -> backups.Restored:
    return await backups.restore(place, file, replace=replace, copies=file.parent, at=now)


@asynccontextmanager
async def opened(place: Place) -> AsyncIterator[Database]:
    database = Database(place.database_url)
    yield database
    await database.close()


def _execute(url: str, *statements: str) -> None:
    engine = create_engine(url.replace("+aiosqlite", "").replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _rows(url: str, query: str) -> Sequence[object]:
    engine = create_engine(url.replace("+aiosqlite", "").replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


async def test_all_of_it_comes_back_and_goes_on(
    place: Place, elsewhere: Place, cv: documents.Upload, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "a.zip"
    backups.back_up(place, file, at=now)
    restored = await restore(elsewhere, file, now)

    assert restored.safety_copy is None
    assert await elsewhere.store.read(cv.stored_as) == files.pdf("Curriculum vitae")
    assert _rows(elsewhere.conversations_url, "SELECT * FROM events") == [(1, "700000001", "{}")]
    async with opened(elsewhere) as database:
        await schema.require_current(database)
        async with database.reading() as session:
            assert [each.id for each in await documents.unsorted(session, AMINA)] == [cv.id]
        assert (await send(database, elsewhere, "another", now)).id > cv.id


async def test_an_archive_is_private_whole_and_names_all_it_holds(
    place: Place, cv: documents.Upload, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "backups" / "a.zip"
    manifest = backups.back_up(place, file, at=now)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [*file.parent.iterdir()] == [file]
    assert manifest.rows["uploads"] == 1
    with ZipFile(file) as archive:
        assert {*manifest.files} | {"manifest.json"} == {*archive.namelist()}
        assert f"documents/{cv.stored_as}" in manifest.files


async def test_what_is_there_is_not_replaced_unless_asked_and_then_kept(
    database: Database, place: Place, cv: documents.Upload, tmp_path: Path, now: datetime
) -> None:
    backups.back_up(place, tmp_path / "a.zip", at=now)
    later = await send(database, place, "later", now)
    await database.close()
    with pytest.raises(RestoreImpossible, match="--replace"):
        await restore(place, tmp_path / "a.zip", now)

    restored = await restore(place, tmp_path / "a.zip", now, replace=True)
    assert _rows(place.database_url, "SELECT id FROM uploads") == [(cv.id,)]
    assert restored.safety_copy is not None
    await restore(place, restored.safety_copy, now + timedelta(seconds=1), replace=True)
    assert _rows(place.database_url, "SELECT id FROM uploads ORDER BY id") == [(cv.id,), (later.id,)]
    assert await place.store.read(later.stored_as) == files.pdf("later")


@pytest.mark.usefixtures("cv")
async def test_a_running_assistant_is_not_restored_over(
    place: Place, elsewhere: Place, tmp_path: Path, now: datetime
) -> None:
    backups.back_up(place, tmp_path / "a.zip", at=now)
    async with opened(elsewhere) as database, leadership.alone(database) as leads:
        assert leads
        with pytest.raises(RestoreImpossible, match="stop it first"):
            await restore(elsewhere, tmp_path / "a.zip", now)


async def test_an_older_schema_is_brought_up_to_date(
    place: Place, elsewhere: Place, tmp_path: Path, now: datetime
) -> None:
    async with opened(elsewhere) as old:
        async with old.engine.begin() as connection:
            await connection.run_sync(_migrate_to_the_first)
        await old.close()
    _execute(elsewhere.database_url, f"{MET} VALUES ({AMINA}, 'Amina', '{now}')")
    manifest = backups.back_up(elsewhere, tmp_path / "old.zip", at=now)
    assert manifest.schema_version == "0001"

    await restore(place, tmp_path / "old.zip", now, replace=True)
    async with opened(place) as database:
        await schema.require_current(database)
        async with database.reading() as session:
            assert await applicants.find(session, AMINA) is not None


def _migrate_to_the_first(connection: object) -> None:
    config = schema._config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


def _rewrite(file: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write an archive anew, with some of its files changed, or left out."""
    changed = file.with_name("changed.zip")
    with ZipFile(file) as archive, ZipFile(changed, "w") as other:
        for path in archive.namelist():
            if (content := change(path, archive.read(path))) is not None:
                other.writestr(path, content)
    return changed


def _with_manifest(**more: object) -> Callable[[str, bytes], bytes]:
    def change(path: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | more).encode() if path == "manifest.json" else content

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_with_manifest(schema_version="9999"), "schema 9999"),
        (_with_manifest(format=2), "newer assistant"),
        (_with_manifest(database="other"), "This backup is of other"),
        (lambda path, content: None if path == "manifest.json" else content, "no manifest"),
        (lambda path, content: None if path.startswith("documents/") else content, "damaged: 1 files"),
        (lambda path, content: b"x" if path.startswith("documents/") else content, "is not what it was"),
        (lambda path, content: content[:-1] if path.startswith("database") else content, "is not what it was"),
    ],
)
@pytest.mark.usefixtures("cv")
async def test_what_is_damaged_or_unknown_changes_nothing(
    place: Place,
    elsewhere: Place,
    tmp_path: Path,
    now: datetime,
    change: Callable[[str, bytes], bytes | None],
    words: str,
) -> None:
    backups.back_up(place, tmp_path / "a.zip", at=now)
    with pytest.raises(RestoreImpossible, match=words):
        await restore(elsewhere, _rewrite(tmp_path / "a.zip", change), now)
    assert elsewhere.store.is_empty()
    if elsewhere.kind == "postgresql":
        assert _rows(elsewhere.database_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []


@pytest.mark.usefixtures("cv")
async def test_a_cut_off_archive_is_told_from_a_whole_one(
    place: Place, elsewhere: Place, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "a.zip"
    backups.back_up(place, file, at=now)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(RestoreImpossible, match="damaged, or no backup"):
        await restore(elsewhere, file, now)


@pytest.mark.usefixtures("cv")
async def test_a_backup_is_made_anew_where_an_applicant_was_forgotten_meanwhile(
    place: Place, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = place.store.copy_out

    def gone(name: str) -> bytes:
        monkeypatch.setattr(place.store, "copy_out", whole)
        _execute(place.database_url, "DELETE FROM uploads")
        raise FileNotFoundError(name)

    monkeypatch.setattr(place.store, "copy_out", gone)
    manifest = backups.back_up(place, tmp_path / "a.zip", at=now)
    assert (manifest.rows["uploads"], manifest.documents, manifest.missing) == (0, [], [])


async def test_a_document_that_the_store_lost_is_named_and_the_others_are_kept(
    database: Database, place: Place, cv: documents.Upload, tmp_path: Path, now: datetime
) -> None:
    other = await send(database, place, "other", now)
    await place.store.remove(cv.stored_as)
    manifest = backups.back_up(place, tmp_path / "a.zip", at=now)
    assert (manifest.missing, manifest.documents) == ([cv.stored_as], [other.stored_as])


@pytest.mark.usefixtures("cv")
async def test_without_room_the_earlier_backup_stays_and_nothing_half_is_left(
    place: Place, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backups" / "a.zip"
    backups.back_up(place, file, at=now)
    before = file.read_bytes()

    def full(_name: str) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place.store, "copy_out", full)
    with pytest.raises(BackupImpossible, match="No space left on device"):
        backups.back_up(place, file, at=now)
    assert file.read_bytes() == before
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.usefixtures("cv")
async def test_what_was_due_and_not_urgent_is_not_sent_again(
    database: Database, place: Place, elsewhere: Place, tmp_path: Path, now: datetime
) -> None:
    async with database.transaction() as session:
        for kind, due_at in (
            (Kind.DRAFT_REMINDER, now - timedelta(minutes=1)),
            (Kind.HANDOFF_PAUSED, now - timedelta(minutes=1)),
            (Kind.LETTER_RECEIVED, now + timedelta(days=1)),
        ):
            await notifications.enqueue(session, AMINA, kind, "one:1", due_at=due_at)
    backups.back_up(place, tmp_path / "a.zip", at=now)
    restored = await restore(elsewhere, tmp_path / "a.zip", now)
    assert restored.left_out == 1
    async with opened(elsewhere) as restored_database, restored_database.reading() as session:
        rows: Sequence[Notification] = await notifications.listed(session, states=[*State], limit=9)
    assert {row.kind: (row.state, row.reason) for row in rows} == {
        Kind.DRAFT_REMINDER: (State.DROPPED, Reason.UNKNOWN_OUTCOME),
        Kind.HANDOFF_PAUSED: (State.WAITING, None),
        Kind.LETTER_RECEIVED: (State.WAITING, None),
    }


def test_old_backups_go_and_what_else_lies_there_stays(tmp_path: Path, now: datetime) -> None:
    mine = tmp_path / "mine.zip"
    mine.touch()
    names = [tmp_path / backups.name_of(now + timedelta(days=day)) for day in range(5)]
    for name in names:
        name.touch()
    assert sorted(backups.forget_old(tmp_path, keep=2)) == names[:3]
    assert sorted(tmp_path.iterdir()) == [*names[3:], mine]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_without_the_programs_of_postgres_it_says_what_to_install(
    place: Place, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "SIDE_BY_SIDE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupImpossible, match=r"install postgresql-client-\d+"):
        backups.back_up(place, tmp_path / "a.zip", at=now)


@pytest.mark.usefixtures("cv")
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_server_that_is_not_there_is_told(place: Place, tmp_path: Path, now: datetime) -> None:
    backups.back_up(place, tmp_path / "a.zip", at=now)
    nowhere = place_of(f"postgresql+psycopg://postgres:@/clerkship?host={tmp_path}", tmp_path)
    with pytest.raises(RestoreImpossible, match="cannot be reached"):
        await restore(nowhere, tmp_path / "a.zip", now)
    with pytest.raises(BackupImpossible, match="cannot be backed up"):
        backups.back_up(nowhere, tmp_path / "a.zip", at=now)


def test_a_database_that_is_not_there_is_told(tmp_path: Path, now: datetime) -> None:
    place = place_of(f"sqlite+aiosqlite:///{tmp_path / 'none.db'}", tmp_path)
    with pytest.raises(BackupImpossible, match="nothing to back up"):
        backups.back_up(place, tmp_path / "a.zip", at=now)
