"""What the outbox tells of what staff did, and staff of how it goes."""

from admissions import reports
from admissions.database import Session
from admissions.notifications import Notification
from bot import desk_texts, figures, keyboards
from bot.bubbles import Bubble
from bot.context import Services
from bot.notice import File, Notice


async def tell_news(_session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell an applicant what staff wrote to them, in the words that staff saw."""
    assert notification.payload is not None, "the words are in it"
    keyboard = keyboards.rows([(desk_texts.SEE_STATUS, "/check_status")])
    return Notice(Bubble(notification.payload["words"], keyboard=keyboard))


async def report(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell staff the figures of the last weeks, as of the moment for which it was planned."""
    at = notification.due_at
    counted = await reports.figures(session, since=at - reports.LOOKED_BACK, at=at)
    title = desk_texts.STATS_WEEKLY_TITLE.format(days=reports.LOOKED_BACK.days)
    picture = File(figures.FILE_NAME, figures.draw(counted), is_picture=True)
    return Notice(Bubble(figures.write(counted), title), picture)
