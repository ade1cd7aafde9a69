"""kill -9 right before and right after every commit of what an applicant does: nothing half, nothing lost."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from admissions import applicants, applications, documents
from admissions.applications import Application
from admissions.consultations import Consultation, ConsultationStatus
from admissions.documents import Document, DocumentKind, DocumentState, Upload
from admissions.handoffs import Handoff, HandoffState
from admissions.places import place_of_zone
from bot import keyboards, texts
from tests.conversations.test_booking import DAY, TIME, buttons, tapped
from tests.faults.bots import Stage, said, until
from tests.faults.report import IS_WHOLE, Finding, Report
from tests.integration.applications.steps import WORDS
from tests.personas import Person
from tests.unit.documents.files import pdf

CV = documents.read_documents().documents[DocumentKind.CV].title


@dataclass(frozen=True)
class Deed:
    """What an applicant does, and how one knows that it was done.

    Attributes:
        name: What it is called.
        prepare: Goes on to the last step, and returns that step.
        answers: How an answer to it begins; a repeated one may be worded otherwise.
        rows: Counts what is in the database; each must be one.
    """

    name: str
    prepare: Callable[[Stage, Person], Awaitable[Callable[[], Awaitable[object]]]]
    answers: Sequence[str]
    rows: Callable[[Person], Sequence[Any]]


async def about_to_book(stage: Stage, person: Person) -> Callable[[], Awaitable[object]]:
    async with stage.database.transaction() as session:
        await applicants.settle(session, person.id, place_of_zone("Asia/Karachi"))
    days = await person.says("/book")
    times = await tapped(person, buttons(days, DAY)[-1], days)
    topics = await tapped(person, buttons(times, TIME)[-1], times)
    media = await tapped(person, texts.TALK_TOPICS["visa"], topics)
    return lambda: person.tap(texts.BOOK_BY["telegram"], media)


async def about_to_submit(stage: Stage, person: Person) -> Callable[[], Awaitable[object]]:
    at = datetime.now(UTC)
    async with stage.database.transaction() as session:
        await applications.begin(session, person.id, at=at)
        for question, words in WORDS.items():
            await applications.answer(session, person.id, question, words, at=at)
    review = await stage.telegram.says(person, "Your application", (texts.SUBMIT, keyboards.SUBMIT))
    return lambda: person.tap(texts.SUBMIT, review)


async def about_to_send(_: Stage, person: Person) -> Callable[[], Awaitable[object]]:
    return lambda: person.attach("cv.pdf", pdf(str(person.id)))


async def about_to_sort(_: Stage, person: Person) -> Callable[[], Awaitable[object]]:
    question = await person.uploads("cv.pdf", pdf(str(person.id)))
    return lambda: person.tap(CV, question)


async def about_to_hand_off(_: Stage, person: Person) -> Callable[[], Awaitable[object]]:
    return lambda: person.send("/person")


def counting(model: Any, *where: Any) -> Any:
    return select(func.count()).select_from(model).where(*where)


def booked(person: Person) -> Sequence[Any]:
    return [
        counting(Consultation, Consultation.applicant_id == person.id),
        counting(
            Consultation,
            Consultation.applicant_id == person.id,
            Consultation.status == ConsultationStatus.BOOKED,
        ),
    ]


def submitted(person: Person) -> Sequence[Any]:
    theirs = Application.applicant_id == person.id
    return [counting(Application, theirs), counting(Application, theirs, Application.submitted_at.is_not(None))]


def received(person: Person) -> Sequence[Any]:
    return [counting(Upload, Upload.applicant_id == person.id)]


def sorted_out(person: Person) -> Sequence[Any]:
    theirs, arrived = Document.applicant_id == person.id, Document.state == DocumentState.RECEIVED
    return [*received(person), counting(Document, theirs, arrived, Document.version == 1)]


def handed_off(person: Person) -> Sequence[Any]:
    return [
        counting(Handoff, Handoff.applicant_id == person.id),
        counting(Handoff, Handoff.applicant_id == person.id, Handoff.state == HandoffState.OPEN),
    ]


DEEDS = (
    Deed("booking a talk", about_to_book, (texts.CALENDAR_FILE,), booked),
    Deed("submitting the application", about_to_submit, (texts.SUMMARY,), submitted),
    Deed("sending a file", about_to_send, ("Thank you, I have received", "I have this file already"), received),
    Deed(
        "saying which document it is",
        about_to_sort,
        (texts.DOCUMENTS_TITLE, texts.ALREADY_SORTED),
        sorted_out,
    ),
    Deed("asking for a person", about_to_hand_off, (texts.PERSON_COMING, texts.PERSON_ALREADY_COMING), handed_off),
)
SHORT = ("postgres", "sqlite", "sqlite", "postgres", "sqlite")
"""Which database each has in CI."""
CASES = [
    pytest.param(kind, deed, id=f"{deed.name}-{kind}")
    for deed, of_ci in zip(DEEDS, SHORT, strict=True)
    for kind in ("sqlite", "postgres")
    if IS_WHOLE or kind == of_ci
]


@dataclass(frozen=True)
class Came:
    """What came of an update at whose commit the bot was to die.

    Attributes:
        died: Whether there was such a commit.
        at_once: How many answers came before the bot died.
        answers: How many came in all.
    """

    died: bool
    at_once: int
    answers: int


@pytest.mark.parametrize(("database_url", "deed"), CASES, indirect=["database_url"])
async def test_killed_at_every_commit(stage: Stage, report: Report, deed: Deed) -> None:
    all_of_it: list[Came] = []
    for side in ("before", "after"):
        number = 1
        while (came := await killed_at(stage, deed, number, side)).died:
            all_of_it.append(came)
            number += 1
        assert came.answers == 1
        assert number > 3, "received, done, handled: there are no fewer commits"
    twice = sum(came.answers == 2 for came in all_of_it)
    assert all(came.answers in (1, 1 + came.at_once) for came in all_of_it), "twice only in the one window"
    strays = await stage.strays()
    report.add(
        Finding(
            "kill -9 at every commit",
            f"{deed.name} ({stage.database.engine.dialect.name}): the bot killed right before and right after each"
            f" commit of the last step",
            "the answer, a moment later; where it had come before the kill, once more",
            "the bot is started again, and handles what it had not noted as handled",
            "one of it, whole" + (f"; files without a row, which are swept: {strays}" if strays else ""),
            f"{len(all_of_it)} kills: {len(all_of_it) - twice} answered once, {twice} twice, 0 never",
        )
    )


async def killed_at(stage: Stage, deed: Deed, number: int, side: str) -> Came:
    """Let somebody do it, and the bot die at one of its commits; check what is there when all is handled."""
    person = await stage.an_applicant()
    act = await deed.prepare(stage, person)
    await until(stage.handled, "all is handled")
    before = len(await person.reads())
    stage.will_die(number, side)
    await act()

    async def is_over() -> bool:
        return not stage.bot.is_running() or (await stage.has_come(person, before) and await stage.handled())

    await until(is_over, "the bot dies, or is done")
    died = not await stage.answers()
    at_once = said((await person.reads())[before:], *deed.answers)
    if died:
        await stage.start()
        await until(stage.handled, "all is handled")
    else:
        stage.will_die(0, "before")  # never
    async with stage.database.reading() as session:
        assert [await session.scalar(query) for query in deed.rows(person)] == [1] * len(deed.rows(person))
    return Came(died, at_once, said((await person.reads())[before:], *deed.answers))
