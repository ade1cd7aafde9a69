"""What is kept of somebody, and what became of it, as they are shown."""

from datetime import datetime
from typing import Final

from admissions import privacy, staff
from admissions.privacy import Forgetting
from admissions.staff import Permission
from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.context import Services
from bot.desk import texts as desk_texts

DAY: Final = "%-d %B %Y"


def of_privacy(services: Services) -> Bubble:
    """Say what is kept, who sees it, and how long, as this assistant is set."""
    roles = [desk_texts.ROLES[role] for role in staff.Role if staff.may(role, Permission.LOOK)]
    return Bubble(
        texts.PRIVACY.format(
            roles=", ".join(roles),
            drafts=services.keeping.drafts.days,
            closed=services.keeping.closed.days,
            warned=services.keeping.warned_before.days,
            learning=services.messages_kept.days,
        )
    )


def of_explanation() -> Bubble:
    """Say what removing means, and ask once."""
    buttons = [(texts.REMOVE, keyboards.FORGET), (texts.KEEP_DATA, keyboards.KEEP_DATA)]
    return Bubble(texts.FORGET, keyboard=keyboards.rows(buttons))


def of_last_question(at: datetime) -> Bubble:
    """Ask once more; the button tells when it was shown."""
    yes = f"{keyboards.FORGET_SURE}{int(at.timestamp())}"
    buttons = [(texts.REMOVE_ALL, yes), (texts.KEEP_DATA, keyboards.KEEP_DATA)]
    return Bubble(texts.FORGET_SURE, keyboard=keyboards.rows(buttons))


def of_receipt(words: str, forgetting: Forgetting) -> Bubble:
    """Give the number and the day."""
    return Bubble(words.format(receipt=forgetting.receipt, day=f"{forgetting.forgotten_at:{DAY}}"))


def of_warning(removed_at: datetime) -> Bubble:
    """Say when data will be removed."""
    buttons = [(texts.KEEP_DATA, keyboards.KEEP_DATA), (texts.REMOVE, keyboards.FORGET)]
    return Bubble(texts.DATA_EXPIRE.format(day=f"{removed_at:{DAY}}"), keyboard=keyboards.rows(buttons))


def in_the_archive() -> privacy.Words:
    """Return what is said in the archive of somebody's data."""
    return privacy.Words(texts.READ_ME, texts.THEY, texts.WE)
