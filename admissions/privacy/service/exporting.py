"""Give somebody what is kept of them: all rows that are theirs, their files, the conversation."""

import json
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any, Final

from sqlalchemy import RowMapping, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions import applicants
from admissions.applicants import Applicant
from admissions.documents import Role, Store
from admissions.privacy.conversations import Line
from admissions.privacy.errors import AskedTooOften, NothingKept
from admissions.privacy.rules.packing import parts
from admissions.privacy.rules.showing import HIDDEN, OF_STAFF
from admissions.privacy.service.reaching import rows_of

AGAIN_AFTER: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Words:
    """What a door says in the archive.

    Attributes:
        read_me: What is in it and what is not.
        they: What the applicant is called in the conversation.
        we: And the assistant.
    """

    read_me: str
    they: str
    we: str


@dataclass(frozen=True)
class Kept:
    """What is kept of somebody.

    Attributes:
        tables: Rows by their table, in plain words.
        archives: The files of each archive: their names in the store, and what they are called here.
    """

    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    archives: Sequence[Sequence[tuple[str, str]]]


async def collect(session: AsyncSession, applicant_id: int, *, at: datetime) -> Kept:
    """Return what is kept of somebody, unless they had it a moment ago.

    Raises:
        NothingKept: There is nobody of this id.
        AskedTooOften: They had it less than ten minutes ago.
    """
    applicant = await applicants.find(session, applicant_id)
    if applicant is None:
        raise NothingKept
    if applicant.data_sent_at and at < applicant.data_sent_at + AGAIN_AFTER:
        raise AskedTooOften(applicant.data_sent_at + AGAIN_AFTER - at)
    rows = await rows_of(session, applicant_id)
    theirs = {
        table: [row for row in each if row.get("applicant_id", applicant_id) == applicant_id]
        for table, each in rows.items()
        if table not in OF_STAFF
    }
    tables = {table.replace("_", " "): [_shown(table, row) for row in each] for table, each in theirs.items()}
    files = [row for row in rows.get("uploads", ()) if row["sender"] != Role.REFEREE]
    kinds = {row["id"]: row["kind"] for row in rows.get("documents", ())}
    archives = [
        [(files[each]["stored_as"], _name(files[each], kinds)) for each in chosen]
        for chosen in parts(row["size"] for row in files)
    ]
    return Kept({table: shown for table, shown in tables.items() if shown}, archives)


async def note_sent(session: AsyncSession, applicant_id: int, *, at: datetime) -> None:
    """Note that somebody was sent their data."""
    await session.execute(update(Applicant).where(Applicant.id == applicant_id).values(data_sent_at=at))


async def archives(
    kept: Kept, said: Sequence[Line], store: Store, words: Words, *, at: datetime
) -> AsyncIterator[IO[bytes]]:
    """Make the archives one after the other, each in a temporary file without a name, which is gone once closed.

    Args:
        kept: What is kept.
        said: The conversation.
        store: Where the files are.
        words: What the door says in it.
        at: Now, aware.
    """
    for number, files in enumerate(kept.archives):
        with TemporaryFile() as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                if number == 0:
                    _write_words(archive, kept, said, words, at)
                for stored_as, name in files:
                    archive.writestr(f"documents/{name}", await store.read(stored_as))
            file.seek(0)
            yield file


def _write_words(archive: zipfile.ZipFile, kept: Kept, said: Sequence[Line], words: Words, at: datetime) -> None:
    archive.writestr("read me.txt", words.read_me)
    archive.writestr("data.json", _json({"made_at": at, **kept.tables}))
    archive.writestr("conversation.txt", "".join(_line(line, words) for line in said))
    archive.writestr("conversation.json", _json([vars(line) for line in said]))


def _line(line: Line, words: Words) -> str:
    who = words.they if line.is_theirs else words.we
    return f"{line.said_at:%Y-%m-%d %H:%M} {who}: {line.words}\n"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def _shown(table: str, row: RowMapping) -> Mapping[str, Any]:
    return {str(column): value for column, value in row.items() if column not in HIDDEN.get(table, ())}


def _name(upload: RowMapping, kinds: Mapping[int, str]) -> str:
    """Return what a file is called: "cv 2 - mine.pdf", or "file 7 - mine.pdf" where it is no document's."""
    kind = kinds.get(upload["document_id"])
    begins = f"{kind.replace('_', ' ')} {upload['version']}" if kind else f"file {upload['id']}"
    return f"{begins} - {upload['file_name'].replace('/', '-')}"
