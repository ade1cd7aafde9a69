"""The file that puts a talk into a calendar."""

from datetime import timedelta
from html import escape
from typing import Final

from telegram.helpers import create_deep_linked_url

from admissions import consultations
from admissions.consultations import CalendarEvent, Consultation, ConsultationStatus, Medium, Method, Topic
from bot import texts
from bot.context import Context

ALARM: Final = timedelta(minutes=30)
FILE_NAME: Final = "talk.ics"


async def send_calendar(context: Context, chat: int, talk: Consultation, caption: str) -> None:
    """Send the file that puts a talk into a calendar, moves it there or takes it out."""
    link = create_deep_linked_url(context.bot.username)
    medium, topic = talk.medium or Medium.TELEGRAM, talk.topic or Topic.OTHER
    event = CalendarEvent(
        uid=talk.uid,
        sequence=talk.sequence,
        begins_at=talk.begins_at,
        ends_at=talk.ends_at,
        summary=texts.CALENDAR_SUMMARY.format(advisor=talk.advisor.name),
        description=texts.CALENDAR_DESCRIPTION.format(
            topic=texts.TALK_TOPICS[topic], medium=texts.BY_MEDIUM[medium], link=link
        ),
        location=texts.BY_MEDIUM[medium],
        url=consultations.video_link(talk) or link,
        organizer=link,
        alarm=ALARM,
    )
    method = Method.CANCEL if talk.status is ConsultationStatus.CANCELLED else Method.PUBLISH
    file = consultations.invitation(event, method=method, at=context.services.now())
    await context.bot.send_document(chat, file, filename=FILE_NAME, caption=escape(caption))
