"""The drill: backed up while people write, killed, restored elsewhere, started: they go on where they were."""

import asyncio
import hashlib
import json
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from admissions import documents
from admissions.database import Database
from admissions.documents import Store
from admissions.settings import Settings
from bot import texts
from tests.assistant import environment_for, start, wait_for_line
from tests.conftest import create_database, drop_database
from tests.conversations.test_applying import at_step
from tests.conversations.test_uploading import CV
from tests.e2e.test_processes import kill_all
from tests.faults.bots import KEYRING, NUMBERS, TOKEN, Telegram, until
from tests.faults.report import Finding, Report
from tests.inboxes import unhandled
from tests.personas import Person
from tests.unit.documents.files import pdf

CROWD = 4
IS_UP = "The assistant is listening on Telegram"


async def a_person(telegram: Telegram) -> Person:
    number = next(NUMBERS)
    (await telegram.client.put(f"/sandbox/people/{number}", json={"first_name": "Amina"})).raise_for_status()
    person = Person(telegram.client, number, number)
    await person.says("/start")
    return person


async def run(environment: dict[str, str], *arguments: str) -> str:
    """Run a command to its end, and return what it says."""
    process = await start(environment, *arguments)
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def keep_writing(person: Person) -> None:
    """Send files and questions until stopped."""
    number = 0
    while True:
        number += 1
        await person.uploads(f"{number}.pdf", pdf(f"{person.id} {number}"))
        await person.says("how much it cost")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_restored_elsewhere_everybody_goes_on(
    request: pytest.FixtureRequest, telegram: Telegram, tmp_path: Path, report: Report, kind: str
) -> None:
    here, there = (place(request, telegram, tmp_path / name, kind) for name in ("here", "there"))
    process = await started(request, here)
    amina, crowd = await a_person(telegram), [await a_person(telegram) for _ in range(CROWD)]
    await at_step(amina, "email")
    question = await amina.uploads("cv.pdf", pdf("Amina"))
    await amina.taps(CV, question)
    told = [bubble.number for bubble in await amina.reads()]
    writing = [asyncio.create_task(keep_writing(person)) for person in crowd]
    await until(lambda: files_in(here, len(crowd)), "all of the crowd are writing")
    archive = tmp_path / "backup.zip"
    await run(here, "backup", str(archive))
    await kill_all(process)
    for each in writing:
        each.cancel()
    await asyncio.gather(*writing, return_exceptions=True)

    await run(there, "restore", str(archive))
    database = Database(Settings(database_url=there["DATABASE_URL"]).database_url, KEYRING)
    unanswered = await unhandled(database)
    async with database.reading() as session:
        uploads = [*await session.scalars(select(documents.Upload))]
    for upload in uploads:
        content = await Store(there["DOCUMENT_STORE"], KEYRING).read(upload.stored_as)
        assert hashlib.sha256(content).hexdigest() == upload.sha256
    assert hashlib.sha256(pdf("Amina")).hexdigest() in {upload.sha256 for upload in uploads}

    held = await telegram.pending()
    heard = [len(await person.reads()) for person in crowd]
    process = await started(request, there)
    await until(lambda: all_handled(database), "all is handled")
    again = sum([len(await person.reads()) for person in crowd]) - sum(heard)
    assert [bubble.number for bubble in await amina.reads()] == told, "nothing is sent twice"
    assert again <= unanswered + held, "what neither the backup nor Telegram holds is not answered again"
    assert texts.QUESTIONS["phone"].ask in (await amina.says("amina@example.org")).text
    assert f"• {CV}: received" in (await amina.says("/documents")).text
    await kill_all(process)
    await database.close()
    with ZipFile(archive) as file:
        rows = sum(json.loads(file.read("manifest.json"))["rows"].values())
    report.add(
        Finding(
            "Backup and restore",
            f"backed up while {CROWD} people sent files and asked; all processes killed; restored into an empty"
            f" place, and started ({kind})",
            "the next answer in the application leads to the next step; what was sent before is not sent again",
            "what the backup holds as received and unanswered, and what Telegram still holds",
            "every row of the backup; every file it names, equal to the bit",
            f"{rows} rows, {len(uploads)} files of {len(uploads)} equal; {unanswered} unanswered in the backup,"
            f" {held} held by Telegram: {again} answers",
        )
    )


async def started(request: pytest.FixtureRequest, environment: dict[str, str]) -> Process:
    process = await start(environment)
    request.addfinalizer(lambda: _end(process))
    await wait_for_line(process, IS_UP)
    return process


def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()  # its parts end with it


def place(request: pytest.FixtureRequest, telegram: Telegram, folder: Path, kind: str) -> dict[str, str]:
    """Return the environment of an assistant with a place of its own."""
    own = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "STAFF_CHAT_ID": str(telegram.staff_chat),
    }
    if kind == "postgres":
        postgres, name = request.getfixturevalue("postgres"), f"drill_{folder.name}"
        create_database(postgres, name)
        request.addfinalizer(lambda: drop_database(postgres, name))
        own["DATABASE_URL"] = postgres.format(name)
    return environment_for(folder) | own


def files_in(environment: dict[str, str], count: int) -> bool:
    folder = Path(environment["DOCUMENT_STORE"])
    return folder.exists() and len([*folder.iterdir()]) > count


async def all_handled(database: Database) -> bool:
    return not await unhandled(database)
