"""Where an applicant stands, in the chat, while Rasa is down: status, offers, news, and claims by e-mail."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from sqlalchemy import text

from admissions import placements
from admissions.applications import ApplicationStatus
from admissions.database import Database
from admissions.placements import Mover, PlacementStatus, Role
from admissions.settings import Settings
from bot import jobs, mailing, texts
from bot.app import build_app
from bot.context import App, Services
from bot.mailing import Mailer
from bot.outbox import Outbox
from tests.assistant import free_ports
from tests.integration.applications.steps import Applicant
from tests.integration.bot.conftest import TOKEN, Clock, an_applicant, send_all
from tests.integration.placements.steps import Desk
from tests.personas import Bubble, Person

LENA = Mover(Role.LEAD, "Lena")


@dataclass
class Chat:
    """A chat whose bot answers when it is told to: without Rasa, and by a clock of the test's own."""

    app: App
    person: Person
    _offset: int = 0

    async def says(self, words: str, count: int = 1) -> Sequence[Bubble]:
        """Write, and read what the bot says."""
        await self.person.send(words)
        return await self._answers(count)

    async def taps(self, title: str, below: Bubble) -> Bubble:
        """Tap a button, and read what its message has become."""
        await self.person.tap(title, below)
        await self._process()
        return await self.person.sees(below.number, lambda bubble: bubble != below)

    async def forges(self, data: str, below: Bubble) -> str:
        """Tap a button that is not there, and read all that the bot says."""
        await self.person._post("taps", {"message_id": below.number, "data": data})
        return " ".join(bubble.text for bubble in await self._answers(1))

    async def hears(self) -> Bubble:
        return await self.person.hears()

    async def _answers(self, count: int) -> Sequence[Bubble]:
        await self._process()
        return await self.person.hears_all(count)

    async def _process(self) -> None:
        while updates := await self.app.bot.get_updates(offset=self._offset, timeout=0):  # a hundred at a time
            for update in updates:
                self._offset = update.update_id + 1
                if update.effective_chat and update.effective_chat.id == self.person.chat:
                    await self.app.process_update(update)


class Mailbox(Message):
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.mails: list[Any] = []
        self.refusals = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        return str(await super().handle_DATA(server, session, envelope))

    def handle_message(self, message: Any) -> None:
        self.mails.append(message)


@pytest.fixture
def mailbox() -> Any:
    mailbox, [port] = Mailbox(), free_ports(1)
    controller = Controller(mailbox, hostname="127.0.0.1", port=int(port))
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{port}"  # type: ignore[attr-defined]
    yield mailbox
    controller.stop()


@pytest.fixture
def services(services: Services, mailbox: Any) -> Services:
    object.__setattr__(services, "mailer", Mailer(mailbox.url, "HMC <hmc@example.org>"))
    return services


@pytest.fixture
async def app(telegram: httpx.AsyncClient, services: Services) -> AsyncIterator[App]:
    settings = Settings(telegram_bot_token=TOKEN, telegram_api_url=str(telegram.base_url))
    async with build_app(settings, services, TOKEN) as app:
        yield app


@pytest.fixture
async def chat(app: App, amina: Person) -> Chat:
    chat = Chat(app, amina)
    await chat._answers(1)  # the welcome
    return chat


@pytest.fixture
def desk(database: Database, now: datetime) -> Desk:
    return Desk(database, now)


@pytest.fixture
async def applied(database: Database, amina: Person, now: datetime) -> Applicant:
    """Amina, whose application is sent."""
    applicant = Applicant(database, amina.id, now)
    await applicant.fills_in()
    await applicant.submits()
    return applicant


async def tells(outbox: Outbox, services: Services) -> None:
    """Do what the leading process does all the time."""
    await jobs.pass_on_changes(services)
    await send_all(outbox)


async def test_who_never_applied_is_shown_how_to(chat: Chat) -> None:
    [bubble] = await chat.says("/status")
    assert bubble.text == texts.NO_STATUS
    assert bubble.buttons == [texts.APPLY, texts.APPLIED_OTHERWISE, texts.PERSON]


async def test_the_status_is_a_picture_the_same_as_text_and_what_comes_next(
    chat: Chat, applied: Applicant, clock: Clock
) -> None:
    clock.goes_on(hours=48)
    picture, words = await chat.says("/status", 2)
    reference = (await applied.reviews()).reference
    assert picture.text.splitlines() == [
        f"Application {reference}",
        "",
        "✓ Application: Done, 23 Nov 2026",
        "● Consultation: Now",
        "○ Placement: Next",
        "○ Preparation: Next",
        "○ Orientation: Next",
        "○ Rotation: Next",
    ]
    assert "Waiting for HMC: review, for 2 days." in words.text
    assert texts.COMES_NEXT["submitted"] in words.text
    assert words.buttons == [texts.BOOK, texts.PERSON]
    _, again = await chat.says("/status", 2)
    assert again.text.startswith(texts.SAME_SINCE_LOOKED.partition("{")[0])


async def test_an_offer_is_accepted_with_what_it_may_cost_said_before(
    chat: Chat, applied: Applicant, desk: Desk, outbox: Outbox, services: Services
) -> None:
    await desk.offers(await desk.application_of(applied))
    await tells(outbox, services)
    offer = await chat.hears()
    assert offer.text.startswith(texts.OFFER_TITLE)
    for words in ("Bayou City Clinic", "Mon 1 Mar 2027", "Fri 23 Apr 2027", "Dr. Adler", "Sat 28 Nov 12:00"):
        assert words in offer.text
    asked = await chat.taps(texts.ACCEPT_OFFER, offer)
    assert texts.CANCELLING_COSTS in asked.text
    assert "Sat 28 Nov 12:00" in asked.text
    assert (await applied.does(placements.look, at=desk.now)).standing.status is placements.Shown.OFFERED
    kept = await chat.taps(texts.NOT_YET, asked)
    asked = await chat.taps(texts.ACCEPT_OFFER, kept)
    accepted = await chat.taps(texts.ACCEPT_IT, asked)
    assert accepted.text == texts.OFFER_ACCEPTED
    assert (await applied.does(placements.look, at=desk.now)).standing.status is placements.Shown.ACCEPTED


async def test_an_offer_is_declined(
    chat: Chat, applied: Applicant, desk: Desk, outbox: Outbox, services: Services
) -> None:
    await desk.offers(await desk.application_of(applied))
    await tells(outbox, services)
    asked = await chat.taps(texts.DECLINE_PLACE, await chat.hears())
    assert (await chat.taps(texts.DECLINE_IT, asked)).text == texts.OFFER_DECLINED


async def test_an_old_button_of_an_offer_that_lapsed_says_so(
    chat: Chat, applied: Applicant, desk: Desk, outbox: Outbox, services: Services, clock: Clock
) -> None:
    await desk.offers(await desk.application_of(applied))
    await tells(outbox, services)
    offer = await chat.hears()
    clock.goes_on(hours=5 * 24)
    await chat.person.tap(texts.ACCEPT_OFFER, offer)
    [answer] = await chat._answers(1)
    assert answer.text == texts.OFFER_ENDED.format(reply_by="Sat 28 Nov 06:00 Houston")


async def test_an_offer_of_somebody_else_cannot_be_forged(
    chat: Chat, applied: Applicant, desk: Desk, telegram: httpx.AsyncClient, now: datetime
) -> None:
    omar = await an_applicant(telegram, desk.database, now)
    other = Applicant(desk.database, omar.id, now)
    await other.fills_in()
    await other.submits()
    theirs = await desk.offers(await desk.application_of(other), site="Omar's own clinic")
    _, below = await chat.says("/status", 2)
    for prefix in ("ask_accept:", "ask_decline:", "accept:", "decline:", "keep_offer:"):
        assert "Omar's own clinic" not in await chat.forges(f"{prefix}{theirs.id}", below)
    async with desk.database.reading() as session:
        assert (await placements.get_placement(session, theirs.id)).status is PlacementStatus.OFFERED
    assert applied.id != other.id


@pytest.mark.parametrize(
    ("to", "mover", "words"),
    [
        (ApplicationStatus.IN_REVIEW, Mover(Role.COORDINATOR, "Grace"), texts.NEWS["in_review"]),
        (ApplicationStatus.NOT_PLACED, LENA, texts.COMES_NEXT["not_placed"]),
        (ApplicationStatus.WITHDRAWN, LENA, texts.COMES_NEXT["withdrawn"]),
    ],
)
async def test_news_say_what_is_new_and_what_can_be_done(
    chat: Chat,
    applied: Applicant,
    desk: Desk,
    outbox: Outbox,
    services: Services,
    to: ApplicationStatus,
    mover: Mover,
    words: str,
) -> None:
    await desk.moves(await desk.application_of(applied), to, mover)
    await tells(outbox, services)
    news = await chat.hears()
    assert words in news.text
    assert news.buttons == [texts.STATUS, texts.PERSON]
    assert "Lena" not in news.text


async def test_a_match_is_not_told_and_not_shown(
    chat: Chat, applied: Applicant, desk: Desk, outbox: Outbox, services: Services
) -> None:
    await desk.moves(await desk.application_of(applied), ApplicationStatus.MATCHED)
    await tells(outbox, services)
    picture, words = await chat.says("/status", 2)
    assert words.text.startswith(texts.STATUSES["in_review"])
    assert "match" not in (picture.text + words.text).lower()


@pytest.fixture
async def by_email(database: Database) -> str:
    """An application that came by e-mail; its reference."""
    async with database.transaction() as session:
        await session.execute(
            text("INSERT INTO applications (status, reference) VALUES ('submitted', '9XAC-34PW')")
        )
        await session.execute(
            text(
                "INSERT INTO application_answers (application_id, question, value)"
                " SELECT id, 'email', '\"omar@example.org\"' FROM applications WHERE reference = '9XAC-34PW'"
            )
        )
    return "9XAC-34PW"


async def asks_for_code(chat: Chat, reference: str) -> str:
    [bubble] = await chat.says("/status")
    await chat.person.tap(texts.APPLIED_OTHERWISE, bubble)
    assert (await chat._answers(1))[0].text == texts.CLAIM_REFERENCE
    [answer] = await chat.says(reference)
    return answer.text


async def test_an_application_by_e_mail_is_shown_after_its_code(
    chat: Chat, by_email: str, services: Services, mailbox: Any
) -> None:
    assert await asks_for_code(chat, by_email.lower()) == texts.CLAIM_CODE
    await jobs.send_emails(services)
    [mail] = mailbox.mails
    assert (mail["To"], mail["Subject"]) == ("omar@example.org", texts.CODE_SUBJECT)
    code = mail.get_payload().split()[3]
    assert by_email not in mail.as_string()

    claimed, picture, words = await chat.says(code, 3)
    assert claimed.text == texts.CLAIMED
    assert by_email in picture.text
    assert texts.STATUSES["submitted"] in words.text


async def test_a_reference_that_is_not_there_gets_the_same_words_and_no_mail(
    chat: Chat, by_email: str, services: Services, mailbox: Any
) -> None:
    assert by_email
    assert await asks_for_code(chat, "AAAA-AAAA") == texts.CLAIM_CODE
    await jobs.send_emails(services)
    assert mailbox.mails == []
    [refused] = await chat.says("123456")
    assert refused.text == texts.CODE_WRONG.format(left=4)


async def test_after_five_wrong_codes_staff_are_told(
    chat: Chat, by_email: str, services: Services, outbox: Outbox, telegram: httpx.AsyncClient
) -> None:
    await asks_for_code(chat, by_email)
    answers = [(await chat.says("1234"))[0].text for _ in range(5)]
    assert answers[-1] == texts.CLAIM_LOCKED
    await send_all(outbox)
    url = f"/sandbox/chats/{services.staff_chat}/messages"
    messages = (await telegram.get(url, params={"after": 0})).json()["messages"]
    assert texts.CLAIM_LOCKED_ALERT.format(reference=by_email) in messages[-1]["text"]


async def test_a_question_in_between_is_answered_and_the_claim_goes_on(chat: Chat, by_email: str) -> None:
    await asks_for_code(chat, by_email)
    [answer] = await chat.says("what is this code for?")
    assert answer.text == texts.DIALOGUE_DOWN
    assert "Tries left" in (await chat.says("000000"))[0].text


async def test_a_mail_server_that_fails_is_tried_again_under_the_same_name(
    chat: Chat, by_email: str, services: Services, mailbox: Any, clock: Clock
) -> None:
    await asks_for_code(chat, by_email)
    mailbox.refusals = 1
    await jobs.send_emails(services)
    assert mailbox.mails == []
    await jobs.send_emails(services)
    assert mailbox.mails == []  # it rests first
    clock.goes_on(seconds=3)
    await jobs.send_emails(services)
    await jobs.send_emails(services)
    assert len(mailbox.mails) == 1
    assert mailbox.mails[0]["Message-ID"].endswith("@example.org>")


async def test_a_mail_server_that_is_not_there_costs_nobody_their_code(
    chat: Chat, by_email: str, services: Services, mailbox: Any, clock: Clock
) -> None:
    await asks_for_code(chat, by_email)
    nowhere = Mailer("smtp://127.0.0.1:9", "hmc@example.org")
    await mailing.send_due(services.database, nowhere, clock)
    clock.goes_on(seconds=3)
    await asyncio.gather(*(jobs.send_emails(services) for _ in range(3)))
    assert len(mailbox.mails) == 1


async def test_a_code_that_is_too_old_is_not_sent_any_more(
    chat: Chat, by_email: str, services: Services, mailbox: Any, clock: Clock
) -> None:
    await asks_for_code(chat, by_email)
    clock.goes_on(hours=1)
    await jobs.send_emails(services)
    assert mailbox.mails == []
