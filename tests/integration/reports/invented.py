"""Four weeks of an invented clerkship: who came how far, what was asked, who waited for a person."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Update, update

from admissions import applicants, placements
from admissions.answers import AskedQuestion, UnansweredQuestion
from admissions.applications import ASKED, Application, ApplicationAnswer, ApplicationStatus
from admissions.consultations import Advisor, Consultation, ConsultationStatus
from admissions.database import Database, Session
from admissions.handoffs import Handoff, HandoffState
from admissions.placements import Mover, Offer, PlacementStatus, Role

STARTED, BEGAN, SUBMITTED, TALKED, OFFERED, CONFIRMED = 120, 84, 52, 37, 24, 17
LEFT_AT = {
    "full_name": 2,
    "phone": 3,
    "english": 9,
    "specialties": 4,
    "period": 7,
    "career_goals": 5,
    "consent": 2,
}
UNDERSTOOD, NOT_UNDERSTOOD = 410, 29
WORDS = (
    "can my wife come with me to houston",
    "is there a mosque near the hospital",
    "do u take dentists also",
    "what is the dress code",
    "my transcript is in french ok?",
)
Moment = Callable[[], datetime]
LENA = Mover(Role.LEAD, "Lena")
FIRST_ID = 790_000_001


async def invent(database: Database, at: datetime, *, seed: int = 4) -> None:
    """Fill a database with all that the figures count, in the four weeks before a moment."""
    chance = Random(seed)  # noqa: S311 - nothing secret

    def moment() -> datetime:
        return at - timedelta(minutes=chance.randrange(30 * 60, 27 * 24 * 60))

    people = [FIRST_ID + number for number in range(STARTED)]
    async with database.transaction() as session:
        for person in people:
            await applicants.meet(session, person, name="Invented", language="en", at=moment())
        await _apply(session, people, moment)
        await _talk(session, people[:TALKED], moment)
        await _ask(session, people, moment)
        await _wait(session, people, moment, chance)
    await _place(database, people[:OFFERED], at)


async def _apply(session: Session, people: Sequence[int], moment: Moment) -> None:
    left = [question for question, count in LEFT_AT.items() for _ in range(count)]
    names = [question.name for question in ASKED]
    for place, person in enumerate(people[:BEGAN]):
        at, is_sent = moment(), place < SUBMITTED
        application = Application(
            applicant_id=person,
            status=ApplicationStatus.DRAFT,
            reopened=None,
            is_paused=False,
            begun_at=at,
            last_answered_at=at,
            reminders_sent=0,
            moved_as="applicant",
            moved_at=at,
        )
        session.add(application)
        await session.flush()
        known = names if is_sent else names[: names.index(left[place - SUBMITTED])]
        session.add_all(
            ApplicationAnswer(application_id=application.id, question=name, value=None, answered_at=at)
            for name in known
        )
        if is_sent:
            await session.flush()
            await session.execute(_sent(application.id, _reference(place), at))


def _reference(number: int) -> str:
    letters = "34679ACDEF"
    return "AAAA-" + "".join(letters[int(digit)] for digit in f"{number:04}")


def _sent(application_id: int, reference: str, at: datetime) -> Update:
    return (
        update(Application)
        .where(Application.id == application_id)
        .values(
            status=ApplicationStatus.SUBMITTED,
            reference=reference,
            submitted_at=at,
            moved_as="applicant",
            moved_at=at,
        )
    )


async def _talk(session: Session, people: Sequence[int], moment: Moment) -> None:
    advisor = Advisor(slug="invented", name="Invented", telegram_id=None, entry={}, is_active=False)
    session.add(advisor)
    await session.flush()
    for person in people:
        begins = moment()
        session.add(
            Consultation(
                applicant_id=person,
                advisor_id=advisor.id,
                status=ConsultationStatus.HELD,
                begins_at=begins,
                ends_at=begins + timedelta(minutes=30),
                blocked_until=begins + timedelta(minutes=40),
                uid=f"invented-{person}",
                sequence=0,
                created_at=begins,
            )
        )


async def _ask(session: Session, people: Sequence[int], moment: Moment) -> None:
    askers = people[:96]
    for number in range(UNDERSTOOD):
        session.add(AskedQuestion(applicant_id=askers[number % 96], answer="faq_visa", asked_at=moment()))
    for number in range(NOT_UNDERSTOOD):
        words = WORDS[number % len(WORDS)]
        session.add(UnansweredQuestion(applicant_id=askers[number % 40], words=words, asked_at=moment()))


async def _wait(session: Session, people: Sequence[int], moment: Moment, chance: Random) -> None:
    for place, person in enumerate(people[:21]):
        at = moment()
        waited = timedelta(minutes=chance.choice([2, 4, 6, 9, 12, 18, 25, 50, 160, 900]))
        is_open = place < 2
        session.add(
            Handoff(
                applicant_id=person,
                state=HandoffState.OPEN if is_open else HandoffState.RESOLVED,
                requested_at=at,
                taken_at=None if is_open else at + waited,
                resolved_at=None if is_open else at + waited + timedelta(hours=1),
            )
        )


async def _place(database: Database, people: Sequence[int], at: datetime) -> None:
    for place, person in enumerate(people):
        async with database.transaction() as session:
            application = await placements.latest_application(session, person)
            offer = Offer(
                "Bayou City Clinic",
                "Internal Medicine",
                at.date() + timedelta(days=70 - at.weekday()),
                at.date() + timedelta(days=70 - at.weekday() + 25),
                at + timedelta(days=5),
            )
            made = await placements.offer(session, application.id, offer, LENA, at=at)
            if place < CONFIRMED:
                for status in (PlacementStatus.ACCEPTED, PlacementStatus.CONFIRMED):
                    await placements.move_placement(session, made.id, status, LENA, at=at)
