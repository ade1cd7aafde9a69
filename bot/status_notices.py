"""What the outbox tells of statuses and placements, put into words when it is told."""

from admissions import applicants, placements
from admissions.database import Session
from admissions.notifications import Notification
from admissions.placements import News, Shown
from bot import clocks, keyboards, status_bubbles, texts
from bot.bubbles import Bubble, Mention
from bot.context import Services
from bot.notice import Notice

SAYS_MORE = (Shown.SUBMITTED, Shown.IN_REVIEW, Shown.INTERVIEW, Shown.CONFIRMED, Shown.PREPARATION)
"""News that go on with what comes next."""


async def tell_status(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Tell an applicant that things stand elsewhere."""
    news = await placements.news_of(session, notification.about_id)
    text = texts.NEWS[news.shown]
    if news.place and news.shown is Shown.CONFIRMED:
        text = f"{text}\n\n{status_bubbles.words_of(news.place)}"
    if news.shown in SAYS_MORE or news.shown in placements.ENDED:
        text = f"{text}\n\n{await _comes_next(session, news, services)}"
    buttons = [(texts.STATUS, keyboards.STATUS), status_bubbles.PERSON]
    return Notice(Bubble(text, keyboard=keyboards.rows(buttons)))


async def offer(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Offer an applicant a place, unless the offer is gone."""
    return await _offer(session, notification, None)


async def offer_ends_soon(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Remind an applicant of an offer that waits for an answer."""
    return await _offer(session, notification, texts.OFFER_ENDS)


async def offer_answered(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell staff what became of an offer."""
    news = await placements.news_of(session, notification.about_id)
    assert news.place is not None, "a placement was answered"
    text = texts.OFFER_ANSWERS[news.shown].format(
        place=status_bubbles.in_short(news.place), reference=news.reference
    )
    applicant = await applicants.find(session, news.applicant_id) if news.applicant_id else None
    subject = Mention(applicant.id, f"{applicant.name}:") if applicant else None
    return Notice(Bubble(text, subject=subject))


async def claim_locked(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell staff that somebody gave too many wrong codes."""
    claim = await placements.get_claim(session, notification.about_id)
    applicant = await applicants.find(session, claim.applicant_id)
    assert applicant is not None, "a claim goes when they go"
    text = texts.CLAIM_LOCKED_ALERT.format(reference=claim.reference)
    return Notice(Bubble(text, subject=Mention(applicant.id, applicant.name)))


async def _offer(session: Session, notification: Notification, lead: str | None) -> Notice | None:
    news = await placements.news_of(session, notification.about_id)
    if news.is_over or news.place is None:
        return None
    clock = await applicants.clock_of(session, notification.recipient)
    bubble = status_bubbles.of_offer(news.place, clock)
    if lead:
        until = clocks.both(news.place.reply_by, clock)
        bubble = Bubble(f"{lead.format(reply_by=until)}\n\n{bubble.text}", keyboard=bubble.keyboard)
    return Notice(bubble)


async def _comes_next(session: Session, news: News, services: Services) -> str:
    clock = await applicants.clock_of(session, news.applicant_id or 0)
    standing = await placements.status_of(session, news.application_id, at=services.now())
    return status_bubbles.comes_next(standing, clock) if standing.status is news.shown else ""
