"""Contact fields and files can be read by the application alone; keys change while it runs."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update

from admissions import applications
from admissions.applicants import Applicant
from admissions.applications import ApplicationAnswer
from admissions.cli import keys
from admissions.database import Database
from admissions.documents import Store
from admissions.sealing import Keyring, KeysInvalid, KeyUnknown, new_key
from admissions.settings import Settings, SettingsInvalid
from tests.integration.applications.steps import WORDS
from tests.integration.applications.steps import Applicant as Steps
from tests.integration.desk.conftest import meet
from tests.integration.privacy.planting import AT, files, held

OLD, NEW = new_key(), new_key()
AMINA = 920_000_001


def opened(database: Database, *theirs: str) -> Database:
    """Open the same database with other keys."""
    url = database.engine.url.render_as_string(hide_password=False)
    return Database(url, Keyring(theirs) if theirs else None)


async def applies(database: Database) -> None:
    await meet(database, AMINA, "Amina Yusuf", AT)
    amina = Steps(database, AMINA, AT)
    await amina.begins()
    for question in ("standing", "core_rotations", "english", "full_name", "email", "phone"):
        await amina.answers(question)


async def found(database: Database, words: str) -> list[str | None]:
    async with database.reading() as session:
        return [each.full_name for each in await applications.find(session, words)]


async def test_names_and_addresses_are_not_in_the_database_and_are_found_all_the_same(database: Database) -> None:
    sealed = opened(database, OLD)
    await applies(sealed)
    kept = await held(database)
    assert [word for word in ("Amina", "Yusuf", WORDS["email"], "2348031234567") if word in kept] == []
    for words in ("amena yusif", WORDS["email"], "8031234567"):
        assert await found(sealed, words) == ["Amina Yusuf"]
    await sealed.close()


async def test_without_the_key_nothing_can_be_read(database: Database) -> None:
    sealed, other, none = opened(database, OLD), opened(database, NEW), opened(database)
    await applies(sealed)
    for without in (other, none):
        with pytest.raises(KeyUnknown):
            await found(without, "amina")
    for each in (sealed, other, none):
        await each.close()


async def test_a_new_key_takes_over_and_the_old_one_can_go(database: Database) -> None:
    before, both, after = opened(database, OLD), opened(database, NEW, OLD), opened(database, NEW)
    await applies(before)
    assert await keys.seal_rows(both, Keyring([NEW, OLD])) == 7
    assert await keys.seal_rows(both, Keyring([NEW, OLD])) == 0
    assert await found(after, WORDS["email"]) == ["Amina Yusuf"]
    for each in (before, both, after):
        await each.close()


async def test_what_was_written_without_keys_is_read_and_then_sealed(database: Database) -> None:
    """As older versions left it, and as other programs write it."""
    await applies(database)
    async with database.transaction() as session:
        other = "INSERT INTO applications (status, reference) VALUES ('submitted', '9XAC-34PW')"
        await session.execute(text(other))
        theirs = "SELECT id, 'email', '\"omar@hospital.example\"' FROM applications WHERE reference = '9XAC-34PW'"
        await session.execute(text(f"INSERT INTO application_answers (application_id, question, value) {theirs}"))
    sealed = opened(database, NEW)
    assert await found(sealed, "amina yusuf") == ["Amina Yusuf"]
    assert await keys.seal_rows(sealed, Keyring([NEW])) == 8
    await sealed.compact()
    kept = await held(database)
    assert [word for word in ("Amina", "omar@", WORDS["email"]) if word in kept] == []
    assert await found(sealed, "omar@hospital.example") == [None]
    await sealed.close()


async def test_a_skipped_answer_stays_none(database: Database) -> None:
    sealed = opened(database, OLD)
    await applies(sealed)
    async with sealed.transaction() as session:
        await session.execute(update(ApplicationAnswer).values(value=None))
    async with sealed.reading() as session:
        assert (await session.execute(text("SELECT count(value) FROM application_answers"))).scalar_one() == 0
    await sealed.close()


async def test_a_long_table_is_sealed_in_pieces(database: Database) -> None:
    people = [
        {"id": number, "name": f"Somebody {number}", "met_at": AT, "seen_at": AT} for number in range(1, 502)
    ]
    async with database.transaction() as session:
        await session.execute(insert(Applicant), people)
    assert await keys.seal_rows(opened(database, NEW), Keyring([NEW])) == len(people)


async def test_files_of_every_size_are_sealed_and_sealed_anew(tmp_path: Path) -> None:
    contents = [b"", b"%PDF-1.7 of Amina", b"x" * 20_000_000]
    plain, old, both, new = (
        Store(str(tmp_path), Keyring(theirs) if theirs else None) for theirs in ([], [OLD], [NEW, OLD], [NEW])
    )
    names = [await plain.save(contents[1]), *[await old.save(content) for content in contents]]
    assert [await both.seal_anew(name) for name in names] == [True] * 4
    assert [await both.seal_anew(name) for name in names] == [False] * 4
    assert [await new.read(name) for name in names] == [contents[1], *contents]
    assert {file.name for file in await new.list()} == set(names)
    assert "Amina" not in files(tmp_path / name for name in names)
    with pytest.raises(KeyUnknown):
        await old.read(names[0])


def test_a_changed_file_is_not_taken_for_the_one_that_was_sealed() -> None:
    keyring = Keyring([NEW])
    sealed = keyring.seal_file(b"a diploma")
    with pytest.raises(KeyUnknown):
        keyring.open_file(sealed[:-1] + bytes([sealed[-1] ^ 1]))


@pytest.mark.parametrize("theirs", [[], ["short"], ["c2hvcnQ="], ["!" * 44]])
def test_a_key_that_is_none_is_refused_without_being_shown(theirs: list[str]) -> None:
    with pytest.raises(KeysInvalid) as refused:
        Keyring(theirs)
    assert not any(key in str(refused.value) for key in theirs)


def test_a_key_is_made_once_for_this_account_only(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path / "var", encryption_keys=None)
    with pytest.raises(SettingsInvalid, match="ENCRYPTION_KEYS"):
        settings.keyring()
    keys.make_if_missing(settings)
    made = settings.keys_file.read_text("ascii")
    keys.make_if_missing(settings)
    assert settings.keys_file.read_text("ascii") == made
    assert stat.S_IMODE(settings.keys_file.stat().st_mode) == 0o600
    assert settings.keyring().open_words(settings.keyring().seal_words("Amina")) == "Amina"
