"""What each kind of notification says; one whose matter has settled itself says nothing."""

from collections.abc import Mapping
from typing import Final

from admissions import applicants, applications
from admissions.database import Session
from admissions.notifications import Kind, Notification
from bot import consultation_notices as talks
from bot import keyboards, privacy_bubbles, status_notices, texts
from bot.bubbles import Bubble, Mention
from bot.context import Services
from bot.desk import handoff_notices as handing_off
from bot.desk import notices as staff_notices
from bot.desk import relays
from bot.notice import FollowUp, Notice, Render


async def draft_reminder(session: Session, notification: Notification, _services: Services) -> Notice | None:
    """Bring a draft back to mind that was left alone, unless it went on meanwhile."""
    progress = await applications.left_alone(session, notification.about_id)
    if progress is None:
        return None
    text = texts.REMINDER.format(left=progress.left, total=progress.total)
    keyboard = keyboards.rows([(texts.CONTINUE, "/resume_application"), (texts.MUTE, keyboards.MUTE)])
    return Notice(Bubble(text, keyboard=keyboard))


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


async def data_expire(session: Session, notification: Notification, services: Services) -> Notice | None:
    """Tell an applicant when their data will be removed, unless they were heard of meanwhile."""
    applicant = await applicants.find(session, notification.about_id)
    if applicant is None or applicant.warned_at is None or applicant.warned_at < applicant.seen_at:
        return None
    return Notice(privacy_bubbles.of_warning(applicant.warned_at + services.keeping.warned_before))


NOTICES: Final[Mapping[Kind, Render]] = {
    Kind.DRAFT_REMINDER: draft_reminder,
    Kind.HANDOFF_REQUESTED: handing_off.requested,
    Kind.HANDOFF_DIGEST: handing_off.digest,
    Kind.HANDOFF_OVERDUE: handing_off.overdue,
    Kind.HANDOFF_NEWS: handing_off.news,
    Kind.HANDOFF_TAKEN: handing_off.taken,
    Kind.HANDOFF_PAUSED: handing_off.paused,
    Kind.HANDOFF_SOLVED_ASKED: handing_off.solved_asked,
    Kind.RELAY_TO_STAFF: relays.to_staff,
    Kind.RELAY_TO_APPLICANT: relays.to_applicant,
    Kind.RELAY_EDITED: relays.edited,
    Kind.RELAY_MARKED: relays.marked,
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
    Kind.STATUS_CHANGED: status_notices.tell_status,
    Kind.OFFER_MADE: status_notices.offer,
    Kind.OFFER_ENDS_SOON: status_notices.offer_ends_soon,
    Kind.OFFER_ANSWERED: status_notices.offer_answered,
    Kind.CLAIM_LOCKED: status_notices.claim_locked,
    Kind.SLOT_OFFERED: talks.offer_slot,
    Kind.STAFF_NEWS: staff_notices.tell_news,
    Kind.WEEKLY_REPORT: staff_notices.report,
    Kind.MESSAGE_TO_LABEL: staff_notices.ask_meaning,
    Kind.TALK_FREED: talks.tell_freed,
    Kind.APPLICANT_FORGOTTEN: staff_notices.tell_forgotten,
    Kind.DATA_EXPIRE: data_expire,
}

FOLLOW_UPS: Final[Mapping[Kind, FollowUp]] = {
    Kind.RELAY_TO_STAFF: relays.follow_relay,
    Kind.RELAY_TO_APPLICANT: relays.follow_relay,
    Kind.RELAY_MARKED: relays.follow_mark,
}
