"""Amina, who applies; her referee; a coordinator; and where the files go."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from admissions import applicants, documents
from admissions.database import Database
from admissions.documents import DocumentKind, DocumentState, Store, Upload

AMINA = 700_000_001
OMAR = 700_000_002
HADDAD = 700_000_003
FILE = documents.read_documents()


@pytest.fixture(autouse=True)
async def people(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await applicants.meet(session, AMINA, name="Amina Yusuf", language="en", at=now)
        await applicants.meet(session, OMAR, name="Omar Aziz", language="en", at=now)
        await applicants.meet(session, HADDAD, name="Layla Haddad", language="en", at=now)


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Where the files go; the test runs with a folder and with a store that is none."""
    return Store(str(tmp_path / "documents") if request.param == "folder" else f"memory://{uuid4().hex}")


@pytest.fixture
def folder_store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "documents"))


Send = Callable[..., Coroutine[Any, Any, Upload]]
Sort = Callable[..., Coroutine[Any, Any, int]]


@pytest.fixture
def send(database: Database, store: Store, now: datetime) -> Send:
    """Send a file for an applicant."""

    async def _send(content: bytes, file_name: str | None = "cv.pdf", *, applicant_id: int = AMINA) -> Upload:
        async with database.transaction() as session:
            return await documents.receive(session, store, applicant_id, content, file_name=file_name, at=now)

    return _send


@pytest.fixture
def sort(database: Database, now: datetime) -> Sort:
    """Say what an upload is, and get the document's id."""

    async def _sort(upload: Upload, kind: DocumentKind = DocumentKind.CV, *, applicant_id: int = AMINA) -> int:
        async with database.transaction() as session:
            document = await documents.sort(session, FILE, upload.id, kind, applicant_id=applicant_id, at=now)
            return document.id

    return _sort


async def item(database: Database, kind: DocumentKind, now: datetime) -> documents.ChecklistItem:
    """What Amina's checklist says of one kind."""
    async with database.reading() as session:
        made = await documents.checklist(session, FILE, AMINA, english_test=None, at=now)
    return next(each for each in made.items if each.kind is kind)


async def state(database: Database, kind: DocumentKind, now: datetime) -> DocumentState:
    return (await item(database, kind, now)).state
