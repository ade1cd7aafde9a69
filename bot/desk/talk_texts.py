"""What the bot says to staff about handoffs: plain text, escaped when it is sent."""

from collections.abc import Mapping
from typing import Final

WISHES: Final[Mapping[str, str]] = {
    "asked": "wants to talk to a person",
    "not_understood": "was not understood twice in a row",
    "frustrated": "is not happy with the assistant: please write to them",
    "listed_words": "wrote about {title}",
    "not_solved": "says that it is not solved",
    "my_data": "asks for a copy of their data",
    "delete_data": "asks for the removal of their data",
}
"""Why a person is asked for; after the applicant's name."""
ALERT: Final = "{wish}."
CRISIS_ALERT: Final = "🔴 {wish}. The assistant named the emergency number first. Please look at it now."
TAKEN_SUFFIX: Final = "✓ {name} has taken it."
SNOOZED_SUFFIX: Final = "💤 {name} comes back to it."
RESOLVED_SUFFIX: Final = "✓ {name} has looked after it."
OPEN_TOPIC: Final = "Open the topic"
TAKE: Final = "Take"
SNOOZE: Final = "Snooze"
RESOLVE: Final = "Resolve"
TAKE_AGAIN: Final = "Take it up again"
BACK: Final = "« Back"
RETRY: Final = "Retry"
SNOOZE_HOUR: Final = "1 hour"
SNOOZE_FOUR: Final = "4 hours"
SNOOZE_OPENING: Final = "Until the office opens"

WAITS: Final = "waits for a person since {time}"
QUIET: Final = "wrote again after it was resolved; the assistant answers"
WITH: Final = "talks with {name} since {time}"
ASSISTANT_BACK: Final = "{name} has it since {time}; the assistant answers again"
SNOOZED: Final = "is snoozed until {time} by {name}"
RESOLVED: Final = "was looked after by {name}, {time}"
CRISIS: Final = "🔴 Perhaps in danger"
UNREACHABLE: Final = "Cannot be reached: they blocked the assistant, or are gone"
CARD: Final = (
    "{state}\n"
    "Application: {stage}\n"
    "Open documents: {documents}\n"
    "Next talk: {talk}\n"
    "\n"
    "Why: {why}\n"
    "Said: {said}\n"
    "Understood as: {understood}\n"
    "Answered before: {answered}\n"
    "Asked for: {asked}"
)
TALK: Final = "{time}, {advisor}"
SURE: Final = "{intent}, {percent} % sure"
NOTHING: Final = "none"
SAID: Final = "“{words}”"

DIGEST_TITLE: Final = "{count} applicants ask for a person"
DIGEST_LINE: Final = "{mark} {name}: {wish}"
DIGEST_MORE: Final = "… and {count} more"
DIGEST_MARKS: Final[Mapping[str, str]] = {"open": "○", "taken": "✓", "snoozed": "💤", "resolved": "✓"}

DUTY_ASKED: Final = (
    "nobody has taken this for {minutes} minutes: {names}. You are on duty today. Please look at it."
)
LEAD_ASKED: Final = "nobody has taken this for {minutes} minutes: {names}. Please see that somebody does."
NOBODY_NAMED: Final = "Nobody has taken this for {minutes} minutes: {names}."

NEWS: Final[Mapping[str, str]] = {
    "woken": "The applicant woke the assistant: it answers again. What you write still reaches them.",
    "left": "{by} is not in this group any more. The conversation is open again: please take it.",
    "snooze_over": "The time of the snooze is over: please take it.",
    "solved": "The applicant says that it is solved.",
    "not_shown": "A message of the applicant could not be shown here. Please ask them to send it once more.",
    "file_kept": "The file above is kept with the applicant's documents. They have not said yet which one it is.",
}
NOT_DELIVERED: Final = "Not delivered: this could not be sent."
BLOCKED: Final = "Not delivered: the applicant has blocked the assistant, or is gone."
DELIVERED: Final = "✓ Sent."
EDITED: Final = "Changed to:\n{words}"

NO_MEMBER: Final = "Only members of this group can do that."
TAKEN_BEFORE: Final = "{name} has taken it already."
RESOLVED_BEFORE: Final = "{name} has already looked after it."
GONE: Final = "This is not there any more."
DONE: Final = "Done."
ON_ITS_WAY: Final = "It is sent once more."
