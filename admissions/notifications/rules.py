"""When a notification goes out, and what follows from how that went."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from admissions.notifications.models import Kind


class Policy(NamedTuple):
    """How a kind of notification is treated.

    Attributes:
        is_urgent: It goes out at night too, and again when it is unknown whether it arrived (at least once). One
            that is not urgent waits for the recipient's daytime, and is not repeated then (at most once).
        may_be_muted: An applicant may choose not to get it.
    """

    is_urgent: bool
    may_be_muted: bool = False


POLICIES: Final[Mapping[Kind, Policy]] = {
    Kind.DRAFT_REMINDER: Policy(is_urgent=False, may_be_muted=True),
    Kind.HANDOFF_REQUESTED: Policy(is_urgent=True),
    Kind.LETTER_RECEIVED: Policy(is_urgent=False, may_be_muted=True),
    Kind.APPLICANT_UNREACHABLE: Policy(is_urgent=False),
    Kind.CONSULTATION_DAY_BEFORE: Policy(is_urgent=False, may_be_muted=True),
    Kind.CONSULTATION_SOON: Policy(is_urgent=True, may_be_muted=True),
    Kind.CONSULTATION_BRIEF: Policy(is_urgent=True),
    Kind.CONSULTATION_CHANGED: Policy(is_urgent=True),
    Kind.CONSULTATION_OUTCOME_ASKED: Policy(is_urgent=False),
    Kind.CONSULTATION_NEXT_STEP: Policy(is_urgent=False),
    Kind.CONSULTATION_MISSED: Policy(is_urgent=False),
    Kind.SLOT_OFFERED: Policy(is_urgent=True),
}
