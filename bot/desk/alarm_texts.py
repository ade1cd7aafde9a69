"""What the staff's group is told when something is wrong with the assistant itself."""

from collections.abc import Mapping
from typing import Final

from admissions.alarms import Trouble

TOPIC: Final = "Operations"
BEGUN: Final = "⚠️ Since {begun}: {what}"
OVER: Final = "✅ Over after {long}: {what}\nFrom {begun} to {ended}."
WHAT: Final[Mapping[Trouble, str]] = {
    Trouble.RASA: (
        "The assistant cannot read free text. Applicants are told so; buttons, files and calling a person work."
    ),
    Trouble.ACTIONS: "The application form does not check what is typed, and typed wishes for a person may fail.",
    Trouble.DATABASE: "The database is slow or does not answer. New messages wait, and are not lost.",
    Trouble.INBOX: "Messages of applicants wait too long for an answer.",
    Trouble.OUTBOX: "Reminders and alerts go out late.",
    Trouble.DISK: "The disk is almost full. Once it is, no file and no message can be stored.",
    Trouble.LEADER: "Reminders and alerts are not sent: no worker runs.",
}
"""No name, no number and no word of an applicant."""
