"""What the outbox tells of consultations, put into words when it is told."""

from collections.abc import Mapping
from datetime import datetime

from admissions import answers, applicants, applications, consultations
from admissions.consultations import Consultation, ConsultationStatus, Medium, Topic
from admissions.database import Session
from admissions.notifications import Notification
from bot import clocks, consultation_bubbles, keyboards, picks, texts
from bot.bubbles import Bubble
from bot.consultation_bubbles import minutes_of, of_offer, words_of
from bot.context import Services
from bot.desk import overview
from bot.notice import Notice

QUESTIONS_TOLD = 3
HOUR = 60
"""Minutes."""


async def remind_day_before(session: Session, notification: Notification, _: Services) -> Notice | None:
    """Remind of the talk of tomorrow."""
    return await _remind(session, notification, texts.REMIND_DAY)


async def remind_soon(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Remind of a talk that begins in hours or minutes."""
    talk = await _booked(session, notification)
    if talk is None:
        return None
    return await _remind(session, notification, texts.REMIND_SOON.format(left=_left(talk, services.now())))


async def brief(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Tell an advisor who is coming: how far they are, what is open, what they asked last."""
    talk = await _booked(session, notification)
    if talk is None:
        return None
    asked = await answers.last_asked(session, talk.applicant_id, QUESTIONS_TOLD)
    text = texts.BRIEF.format(
        time=clocks.houston(talk.begins_at),
        medium=texts.BY_MEDIUM[talk.medium or Medium.TELEGRAM],
        topic=texts.TALK_TOPICS[talk.topic or Topic.OTHER],
        reach=await _reach(session, talk),
        stage=await overview.stage(session, talk.applicant_id),
        documents=await overview.open_documents(session, services, talk.applicant_id),
        questions="; ".join(asked) or texts.NOTHING,
    )
    return Notice(Bubble(text, texts.BRIEF_TITLE.format(applicant=talk.applicant.name)))


async def tell_change(session: Session, notification: Notification, _: Services) -> Notice | None:
    """Tell an advisor that a talk was booked, moved or cancelled, or what its applicant said to a reminder."""
    talk = await consultations.get(session, notification.about_id)
    payload: Mapping[str, str] = notification.payload or {}
    text = texts.TALK_CHANGES[payload["change"]].format(
        applicant=talk.applicant.name,
        time=clocks.houston(datetime.fromisoformat(payload["begins_at"])),
        minutes=minutes_of(talk),
        medium=texts.BY_MEDIUM[talk.medium or Medium.TELEGRAM],
        topic=texts.TALK_TOPICS[talk.topic or Topic.OTHER],
    )
    return Notice(Bubble(text))


async def tell_freed(_session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell an advisor that the time of somebody who was forgotten is free again."""
    begins_at = datetime.fromisoformat((notification.payload or {})["begins_at"])
    return Notice(Bubble(texts.TALK_FREED.format(time=clocks.houston(begins_at))))


async def ask_outcome(session: Session, notification: Notification, _: Services) -> Notice | None:
    """Ask an advisor how a talk went."""
    talk = await consultations.get(session, notification.about_id)
    if talk.status not in (ConsultationStatus.BOOKED, ConsultationStatus.OVER):
        return None
    return Notice(consultation_bubbles.of_outcome_question(talk))


async def tell_next_step(session: Session, notification: Notification, _: Services) -> Notice | None:
    """Tell an applicant what the advisor wrote after the talk."""
    talk = await consultations.get(session, notification.about_id)
    text = texts.NEXT_STEP_NEWS.format(advisor=talk.advisor.name, next_step=talk.next_step)
    return Notice(Bubble(text, keyboard=keyboards.menu()))


async def offer_another(_session: Session, _notification: Notification, _services: Services) -> Notice | None:
    """Offer another time to an applicant who missed a talk."""
    buttons = [(texts.BOOK_ANOTHER, "/book_consultation"), consultation_bubbles.PERSON]
    return Notice(Bubble(texts.MISSED, keyboard=keyboards.rows(buttons)))


async def offer_slot(session: Session, notification: Notification, _: Services) -> Notice | None:
    """Offer a freed slot to an applicant who waits."""
    talk = await consultations.get(session, notification.about_id)
    if talk.status is not ConsultationStatus.OFFERED:
        return None
    return Notice(of_offer(talk, await applicants.clock_of(session, talk.applicant_id)))


async def ask_to_move(session: Session, notification: Notification, _: Services) -> Notice | None:
    """Ask an applicant to choose another time, because the advisor cannot come."""
    talk = await _booked(session, notification)
    if talk is None:
        return None
    clock = await applicants.clock_of(session, talk.applicant_id)
    text = texts.MOVE_ASKED.format(advisor=talk.advisor.name, time=clocks.both(talk.begins_at, clock))
    return Notice(Bubble(text, keyboard=consultation_bubbles.change_buttons()))


async def _remind(session: Session, notification: Notification, lead: str) -> Notice | None:
    talk = await _booked(session, notification)
    if talk is None:
        return None
    clock = await applicants.clock_of(session, talk.applicant_id)
    coming = (texts.I_AM_COMING, f"{picks.COMING}{talk.id}"), (texts.I_AM_LATE, f"{picks.LATE}{talk.id}")
    return Notice(Bubble(words_of(talk, clock), lead, consultation_bubbles.change_buttons(*coming)))


async def _booked(session: Session, notification: Notification) -> Consultation | None:
    talk = await consultations.get(session, notification.about_id)
    return talk if talk.status is ConsultationStatus.BOOKED else None


def _left(talk: Consultation, now: datetime) -> str:
    minutes = max(1, round((talk.begins_at - now).total_seconds() / 60))
    hours = round(minutes / HOUR)
    if minutes < HOUR:
        return texts.MINUTES_LEFT.format(minutes=minutes) if minutes > 1 else texts.MINUTE_LEFT
    return texts.HOURS_LEFT.format(hours=hours) if hours > 1 else texts.HOUR_LEFT


async def _reach(session: Session, talk: Consultation) -> str:
    if talk.medium is Medium.PHONE:
        return await applications.phone(session, talk.applicant_id) or texts.NOTHING
    return consultations.video_link(talk) or texts.IN_TELEGRAM.format(number=talk.applicant_id)
