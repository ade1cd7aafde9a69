"""What each kind of notification says; one whose matter has settled itself says nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from admissions import applicants, applications, handoffs
from admissions.database import Session
from admissions.notifications import Kind, Notification
from bot import keyboards, texts
from bot.bubbles import Bubble, Mention
from bot.context import Services


class File(NamedTuple):
    """A file that comes with a notice, and what it is called."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Notice:
    """A notification in words: one message, so that it arrives as a whole or not at all.

    Attributes:
        bubble: What it says; below the file, if there is one.
        file: What comes with it.
    """

    bubble: Bubble
    file: File | None = None


Render = Callable[[Session, Notification, Services], Awaitable[Notice | None]]


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


async def no_words_yet(_session: Session, _notification: Notification, _services: Services) -> Notice | None:
    """Say nothing: nobody enqueues this kind yet."""
    return None


NOTICES: Final[Mapping[Kind, Render]] = {
    Kind.DRAFT_REMINDER: draft_reminder,
    Kind.HANDOFF_REQUESTED: handoff_requested,
    Kind.LETTER_RECEIVED: letter_received,
    Kind.APPLICANT_UNREACHABLE: applicant_unreachable,
    Kind.CONSULTATION_DAY_BEFORE: no_words_yet,
    Kind.CONSULTATION_SOON: no_words_yet,
    Kind.CONSULTATION_BRIEF: no_words_yet,
    Kind.CONSULTATION_CHANGED: no_words_yet,
    Kind.CONSULTATION_OUTCOME_ASKED: no_words_yet,
    Kind.CONSULTATION_NEXT_STEP: no_words_yet,
    Kind.CONSULTATION_MISSED: no_words_yet,
    Kind.SLOT_OFFERED: no_words_yet,
}
