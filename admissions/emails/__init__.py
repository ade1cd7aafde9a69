"""What is to be sent by e-mail: an outbox of its own, tried until it is of no use any more."""

from admissions.emails.models import Email, EmailKind, EmailState
from admissions.emails.service import enqueue, forget, note_failure, note_sent, take_due

__all__ = ["Email", "EmailKind", "EmailState", "enqueue", "forget", "note_failure", "note_sent", "take_due"]
