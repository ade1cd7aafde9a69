"""The words of the subject: who works at the desk, and what they may do there."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the staff desk."""

    LEAD = "lead"
    COORDINATOR = "coordinator"
    ADVISOR = "advisor"
    VIEWER = "viewer"


class Standing(StrEnum):
    """What somebody is in the staff's group, whatever messenger it is in."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    STRANGER = "stranger"


class Permission(StrEnum):
    """Something that not everybody at the desk may do."""

    LOOK = "look"
    """See queues, applicants, documents, slots and figures."""
    NOTE = "note"
    """Write what only staff read."""
    TALK = "talk"
    """Look after handoffs, and write to applicants."""
    CONCLUDE_TALKS = "conclude_talks"
    """Say how a talk went and what comes next."""
    PLAN_ABSENCES = "plan_absences"
    """Say when an advisor takes no talk."""
    REVIEW_DOCUMENTS = "review_documents"
    MOVE = "move"
    """Move applications and placements on."""
    OFFER = "offer"
    """Offer a placement."""
    LABEL_MESSAGES = "label_messages"
    """Say what messages meant that the assistant did not understand."""
    EDIT_ANSWERS = "edit_answers"
    """Change what the assistant says to everybody."""
    HOLD = "hold"
    """Keep data of an applicant who wants them removed."""


@dataclass(frozen=True)
class Actor:
    """Somebody at the desk who does something: who they are, and as what.

    Attributes:
        id: Their Telegram id.
        role: None for somebody who has no business at the desk.
    """

    id: int
    name: str
    role: Role | None


class Deed(StrEnum):
    """What was done or tried at the desk, as the audit log names it."""

    TRIED = "tried"
    """Anything that was refused for want of a permission."""
    DOCUMENT_OPENED = "document_opened"
    DOCUMENT_APPROVED = "document_approved"
    DOCUMENT_REJECTED = "document_rejected"
    APPLICATION_MOVED = "application_moved"
    PLACEMENT_MOVED = "placement_moved"
    PLACEMENT_OFFERED = "placement_offered"
    APPLICANT_TOLD = "applicant_told"
    APPLICANT_NOT_TOLD = "applicant_not_told"
    NOTE_WRITTEN = "note_written"
    ABSENCE_NOTED = "absence_noted"
    ABSENCE_ENDED = "absence_ended"
    MOVE_ASKED = "move_asked"
    TALK_CONCLUDED = "talk_concluded"
    NEXT_STEP_WRITTEN = "next_step_written"
    ANSWER_PUBLISHED = "answer_published"
    ANSWER_REVERTED = "answer_reverted"
    MESSAGE_LABELLED = "message_labelled"
    DATA_HELD = "data_held"
    DATA_RELEASED = "data_released"
