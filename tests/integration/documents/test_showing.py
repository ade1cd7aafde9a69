"""Which message shows an applicant's documents, and what was sent together."""

from datetime import datetime

import pytest

from admissions import documents
from admissions.database import Database
from admissions.documents import DocumentKind, Store, UploadNotFound
from tests.unit.documents.files import pdf

from .conftest import AMINA, OMAR, Send, Sort


async def test_the_last_message_is_remembered_for_each_applicant(database: Database) -> None:
    for applicant_id, message_id in ((AMINA, 7), (OMAR, 8), (AMINA, 2**40)):
        async with database.transaction() as session:
            await documents.remember_message(session, applicant_id, "checklist", message_id)
    async with database.reading() as session:
        assert await documents.find_message(session, AMINA, "checklist") == 2**40
        assert await documents.find_message(session, OMAR, "checklist") == 8
        assert await documents.find_message(session, AMINA, "album:1") is None


async def test_files_sent_together_can_be_told(database: Database, store: Store, now: datetime) -> None:
    async with database.transaction() as session:
        await documents.receive(session, store, AMINA, pdf("1"), file_name="a.pdf", at=now, album="77")
    async with database.reading() as session:
        assert [each.album for each in await documents.unsorted(session, AMINA)] == ["77"]


async def test_an_applicant_finds_their_own_upload_and_what_it_is(
    database: Database, send: Send, sort: Sort
) -> None:
    upload = await send(pdf())
    async with database.reading() as session:
        assert await documents.find_kind(session, upload) is None
    await sort(upload)
    async with database.reading() as session:
        found = await documents.get_upload(session, upload.id, applicant_id=AMINA)
        assert await documents.find_kind(session, found) is DocumentKind.CV
        with pytest.raises(UploadNotFound):
            await documents.get_upload(session, upload.id, applicant_id=OMAR)
