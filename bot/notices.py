"""What each kind of notification says; one whose matter has settled itself says nothing."""

from collections.abc import Mapping
from typing import Final

from admissions import applicants, applications, handoffs
from admissions.database import Session
from admissions.notifications import Kind, Notification
from bot import consultation_notices as talks
from bot import keyboards, texts
from bot.bubbles import Bubble, Mention
from bot.context import Services
from bot.notice import Notice, Render


async def draft_reminder(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Bring a draft back to mind that was left alone, unless it went on meanwhile."""
    progress = await applications.left_alone(session, notification.about_id)
    if progress is None:
        return None
    text = texts.REMINDER.format(left=progress.left, total=progress.total)
    keyboard = keyboards.rows([(texts.CONTINUE, "/resume_application"), (texts.MUTE, keyboards.MUTE)])
    return Notice(Bubble(text, keyboard=keyboard))


async def handoff_requested(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Tell staff who wants a person, and why, unless somebody has looked after it."""
    handoff = await handoffs.find(session, notification.about_id)
    if handoff is None or handoff.resolved_at is not None:
        return None
    text = texts.HANDOFF_ALERT.format(wish=texts.HANDOFF_WISHES[handoff.reason])
    applicant = Mention(handoff.applicant_id, handoff.applicant.name)
    return Notice(Bubble(text, keyboard=keyboards.resolve(handoff.id), subject=applicant))


async def letter_received(_session: Session, _notification: Notification, _services: Services) -> Notice | None:
    """Tell an applicant that the letter of recommendation came."""
    return Notice(Bubble(texts.LETTER_CAME))


async def applicant_unreachable(
    session: Session, notification: Notification, _services: Services
) -> Notice | None:
    """Tell staff who cannot be reached any more, unless they came back."""
    applicant = await applicants.find(session, notification.about_id)
    if applicant is None or applicant.unreachable_at is None:
        return None
    return Notice(Bubble(texts.APPLICANT_UNREACHABLE, subject=Mention(applicant.id, applicant.name)))


NOTICES: Final[Mapping[Kind, Render]] = {
    Kind.DRAFT_REMINDER: draft_reminder,
    Kind.HANDOFF_REQUESTED: handoff_requested,
    Kind.LETTER_RECEIVED: letter_received,
    Kind.APPLICANT_UNREACHABLE: applicant_unreachable,
    Kind.CONSULTATION_DAY_BEFORE: talks.remind_day_before,
    Kind.CONSULTATION_SOON: talks.remind_soon,
    Kind.CONSULTATION_BRIEF: talks.brief,
    Kind.CONSULTATION_CHANGED: talks.tell_change,
    Kind.CONSULTATION_OUTCOME_ASKED: talks.ask_outcome,
    Kind.CONSULTATION_NEXT_STEP: talks.tell_next_step,
    Kind.CONSULTATION_MISSED: talks.offer_another,
    Kind.CONSULTATION_MOVE_ASKED: talks.ask_to_move,
    Kind.SLOT_OFFERED: talks.offer_slot,
}
