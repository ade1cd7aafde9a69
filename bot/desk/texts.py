"""The words of the staff's commands; what begins with NEWS is read by applicants, if staff say yes."""

from collections.abc import Mapping
from typing import Final

from admissions.answers import Counts
from admissions.privacy import Occasion
from admissions.reports import Stage
from admissions.staff import Deed, Permission, Role
from admissions.understanding import Weakness
from bot.texts import STAFF_STATUSES

ROLES: Final[Mapping[Role, str]] = {
    Role.LEAD: "lead",
    Role.COORDINATOR: "coordinator",
    Role.ADVISOR: "advisor",
    Role.VIEWER: "viewer",
}
PERMISSIONS: Final[Mapping[Permission, str]] = {
    Permission.LOOK: "look",
    Permission.NOTE: "write notes",
    Permission.TALK: "write to applicants",
    Permission.CONCLUDE_TALKS: "say how talks went",
    Permission.PLAN_ABSENCES: "plan absences",
    Permission.REVIEW_DOCUMENTS: "review documents",
    Permission.MOVE: "move applications and placements",
    Permission.OFFER: "offer placements",
    Permission.LABEL_MESSAGES: "say what messages meant",
    Permission.EDIT_ANSWERS: "change answers",
    Permission.HOLD: "hold data",
}

NOT_ON_STAFF: Final = "Only members of the HMC team may do this."
NOT_PERMITTED: Final = "As {role} you may not {permission}. Ask a {allowed}. This was written down."
STAFF_ONLY: Final = "This is a command for the HMC team. It works in the team's own group only."
ERRAND_NOT_FOUND: Final = "This is finished already. Begin anew with the command."
ERRAND_OF_ANOTHER: Final = "{name} began this, and finishes it. You can begin your own with the command."
STAFF_WORDS_MISSING: Final = "Nothing is written."
STAFF_WORDS_TOO_LONG: Final = "That is too long: {limit} characters at most."

HELP_TITLE: Final = "What you can do here, as {role}"
HELP_END: Final = (
    "Buttons do the same. Where something is asked, answer the message that asks. What a change tells an applicant"
    " is shown before it goes out. Everything is written to the audit log."
)
HELP_LINE: Final = "{how}\n    {what}"
UNKNOWN_COMMAND: Final = "I do not know {command}. /help lists what you can do here."
USAGE: Final = "{what}.\n\nLike this: {how}"
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "queue": ("What waits: handoffs, applications, documents, talks", "/queue"),
    "find": ("Find somebody by name, reference, e-mail or phone", "/find amina yusuf"),
    "applicant": ("All about one applicant", "/applicant 7K4M-WQ3X"),
    "stage": ("Move an application or a placement on", "/stage 7K4M-WQ3X, or at once: /stage 7K4M-WQ3X in review"),
    "offer": (
        "Offer a place",
        (
            "/offer 7K4M-WQ3X, or at once:\n"
            "/offer 7K4M-WQ3X; Bayou City Clinic; Internal Medicine; 1 feb 2027; 4 weeks; 15 dec"
        ),
    ),
    "place": ("The placement of an applicant, and what can be done with it", "/place 7K4M-WQ3X"),
    "docs": ("Review documents, the longest waiting first", "/docs, or of one applicant: /docs 7K4M-WQ3X"),
    "away": ("Say when an advisor takes no talk", "/away fri 14:00-17:00, or /away DANA 24 dec - 2 jan"),
    "slots": ("An advisor's booked talks and next free times", "/slots, or /slots DANA"),
    "unclear": ("What the assistant was not sure of: say what was meant, ten at a time", "/unclear"),
    "stats": ("Figures with a picture", "/stats, or of so many days: /stats 90"),
    "answers": ("Change what the assistant answers", "/answers, or /answers visa"),
    "hold": (
        "Keep data of an applicant, though they want them removed",
        "/hold 7K4M-WQ3X a complaint is open",
    ),
    "release": ("Let data of an applicant be removed again", "/release 7K4M-WQ3X"),
    "help": ("This list", "/help"),
}
"""What a command does, and how it is written."""

DATA_HELD: Final = "The data of {who} stay until /release {reference}. The reason is in the audit log."
DATA_RELEASED: Final = "The data of {who} can be removed again. If they asked for it, they have to ask once more."
DATA_ALREADY_HELD: Final = "{by} holds these data already."
DATA_NOT_HELD: Final = "Nobody holds these data."
REMOVED: Final = "(removed)"
APPLICANT_FORGOTTEN: Final = (
    "An applicant's data were removed: {occasion}. Receipt {receipt}. Their topic and what stood here about them"
    " go too."
)
OCCASIONS: Final[Mapping[Occasion, str]] = {
    Occasion.ASKED: "they asked for it",
    Occasion.EXPIRED: "they were kept as long as data are kept",
}

WHO_IS_MEANT: Final = "{count} may be meant:"
NOBODY_FOUND: Final = (
    "I find nobody for “{words}”. Try a part of the name, the reference, the e-mail or the phone."
)
FOUND_BUTTON: Final = "{name} · {reference}"
NO_REFERENCE: Final = "no application"
DRAFT_REFERENCE: Final = "draft"
NO_APPLICATION: Final = "There is no application yet, so there is nothing to move."
NO_ACCOUNT: Final = (
    "This application came in by another way: no Telegram account is known, so nobody can be told here."
)

QUEUE_TITLE: Final = "What waits"
QUEUE_EMPTY: Final = "Nothing waits."
QUEUE_HANDOFFS: Final = "Handoffs: {count}"
QUEUE_APPLICATIONS: Final = "Applications to review: {count}"
QUEUE_DOCUMENTS: Final = "Documents to review: {count}"
QUEUE_TALKS: Final = "Talks without an outcome: {count}"
QUEUE_LINE: Final = "• {who}, {since}"
QUEUE_MORE: Final = "• and {count} more"
QUEUE_DOCUMENTS_BUTTON: Final = "Review documents"
SINCE_MINUTES: Final = "{count} min"
SINCE_HOURS: Final = "{count} h"
SINCE_DAYS: Final = "{count} days"

CARD_TELEGRAM: Final = "Telegram: {name}, id {id}{blocked}"
CARD_BLOCKED: Final = " (cannot be reached: blocked)"
CARD_CLOCK: Final = "Their time: {time} ({place})"
CARD_APPLICATION: Final = "Application: {reference}, {status}"
CARD_NO_APPLICATION: Final = "Application: none"
CARD_CONTACT: Final = "Contact: {email}, {phone}"
CARD_WISH: Final = "Wishes: {specialties}; {period}"
CARD_PLACEMENT: Final = "Placement: {status}: {place}"
CARD_WAITS: Final = "Waits for {party}: {what}"
CARD_DOCUMENTS: Final = "Documents: {documents}"
CARD_DOCUMENT: Final = "{title} {state}"
CARD_TALK: Final = "Talk: {time} with {advisor}, {status}"
CARD_TALK_NOTE: Final = "   Note: {note}"
CARD_ASKED: Final = "Asked last: {questions}"
CARD_HANDOFF: Final = "Waits for a person since {since}"
CARD_HANDOFF_TAKEN: Final = "{by} talks with them"
CARD_NOTE: Final = "Note of {by}, {day}: {text}"
PARTIES: Final = {"applicant": "the applicant", "hmc": "HMC"}
PLACE_LINE: Final = "{site}, {specialty}, {first} to {last}"
UNKNOWN: Final = "not known"
SHOW_ANSWERS: Final = "Application"
SHOW_DOCUMENTS: Final = "Documents"
MOVE_ON: Final = "Move on"
MAKE_OFFER: Final = "Offer a place"
WRITE_NOTE: Final = "Write a note"
SHOW_HISTORY: Final = "History"
BACK_TO_CARD: Final = "Back"
ANSWERS_TITLE: Final = "Application {reference}"
ANSWER_LINE: Final = "{number}. {question}: {shown}"
SKIPPED: Final = "-"
HISTORY_TITLE: Final = "History"
HISTORY_EMPTY: Final = "Nothing happened yet."
HISTORY_LINE: Final = "{day}: {before} → {after} ({by})"
HISTORY_DEED: Final = "{day}: {deed} ({by})"
BY_ROLE: Final = {
    "applicant": "the applicant",
    "system": "by itself",
    "program": "another program",
    "coordinator": "staff",
    "lead": "staff",
}
DEEDS: Final[Mapping[Deed, str]] = {
    Deed.TRIED: "tried without permission",
    Deed.DOCUMENT_OPENED: "document opened",
    Deed.DOCUMENT_APPROVED: "document approved",
    Deed.DOCUMENT_REJECTED: "document rejected",
    Deed.APPLICATION_MOVED: "application moved",
    Deed.PLACEMENT_MOVED: "placement moved",
    Deed.PLACEMENT_OFFERED: "place offered",
    Deed.APPLICANT_TOLD: "applicant told",
    Deed.APPLICANT_NOT_TOLD: "applicant not told",
    Deed.NOTE_WRITTEN: "note written",
    Deed.ABSENCE_NOTED: "absence noted",
    Deed.ABSENCE_ENDED: "absence taken back",
    Deed.MOVE_ASKED: "asked to move a talk",
    Deed.TALK_CONCLUDED: "talk concluded",
    Deed.NEXT_STEP_WRITTEN: "next step written",
    Deed.ANSWER_PUBLISHED: "answer changed",
    Deed.ANSWER_REVERTED: "answer taken back",
    Deed.MESSAGE_LABELLED: "meaning of a message told",
    Deed.DATA_HELD: "data held",
    Deed.DATA_RELEASED: "hold on data released",
}

NOTE_ASKED: Final = "answer this message with the note about {who}. The applicant never sees it."
NOTE_WRITTEN: Final = "Noted about {who}. Only the team sees it."

TELL_TITLE: Final = "Tell {who}?"
TELL_TEXT: Final = "They would read:\n\n{words}"
TELL_YES: Final = "Yes, send it"
TELL_NO: Final = "No"
TELL_REWORD: Final = "Change the words"
TELL_ASKED: Final = "answer this message with the words for {who}. I show them to you before they go out."
TOLD: Final = "{who} is told:\n\n{words}"
NOT_TOLD: Final = "{who} is not told."
UNREACHABLE: Final = "{who} blocked the assistant and cannot be told here."

DOCUMENTS_NONE: Final = "No document waits for review."
DOCUMENTS_NONE_OF: Final = "No document of {who} waits for review."
DOCUMENT_CAPTION: Final = "{title} of {who}, version {version}\n{file}, sent {since} ago{sender}. {left}"
DOCUMENT_BY_REFEREE: Final = " by the referee"
DOCUMENTS_LEFT: Final = "{count} more after this."
DOCUMENTS_LEFT_NONE: Final = "It is the last one."
APPROVE: Final = "Approve"
REJECT: Final = "Reject …"
NEXT_DOCUMENT: Final = "Next"
OTHER_REASON: Final = "Another reason …"
DOCUMENT_JUDGED: Final = "{verdict} by {by}."
APPROVED: Final = "Approved"
REJECTED: Final = "Rejected ({reason})"
REASON_ASKED: Final = "answer this message with the reason for the {title} of {who}. The applicant reads it."
REVIEWED: Final = "{title} of {who}: {verdict}."
REJECTION_REASONS: Final[tuple[tuple[str, str], ...]] = (
    ("Cannot be read", "The text cannot be read. Please send a sharper scan or photo."),
    ("Pages are missing", "Some pages are missing. Please send the whole document in one file."),
    ("Not this document", "This is a different document. Please send the right one."),
    ("Not in English", "It is not in English. Please send it with an English translation."),
    ("Out of date", "It is out of date. Please send a newer one."),
    ("Name does not match", "The name on it is not the name in your application. Please send one with your name."),
)
"""What stands on the button, and what the applicant reads."""
NEWS_APPROVED: Final = "HMC has looked at your {title} and approved it."
NEWS_REJECTED: Final = (
    "HMC has looked at your {title} and cannot take it yet. {reason}\n\nYou can send a new one here at any time."
)

STATUSES: Final = {"new": "new", **STAFF_STATUSES}
STAGE_TITLE: Final = "{who}: move on"
STAGE_APPLICATION: Final = "Application {reference}: {status}"
STAGE_PLACEMENT: Final = "Placement at {site}: {status}"
STAGE_BUTTON: Final = "Application: {status}"
STAGE_PLACEMENT_BUTTON: Final = "Placement: {status}"
STAGE_NOWHERE: Final = "As {role} you cannot move it anywhere from here."
STAGE_UNKNOWN: Final = "There is no status “{words}”. From here it can go to: {possible}."
STAGE_COSTS: Final = "Cancelling a confirmed rotation: 25 % is withheld (W11)."
MOVED: Final = "{who}: {what} moved from {before} to {after}."
OF_APPLICATION: Final = "application"
OF_PLACEMENT: Final = "placement"
MOVED_MEANWHILE: Final = (
    "Not moved: {by} moved it to “{status}” at {time}, after you looked. This is how it stands now:"
)
POSSIBLE_NOTHING: Final = "nothing"

OFFER_TITLE: Final = "Offer {who} a place"
OFFER_SITE: Final = "At which site? Tap one, or answer this message with its name."
OFFER_SPECIALTY: Final = "Which specialty? Tap one, or answer this message."
OFFER_FIRST_DAY: Final = (
    "Which first day? It must be a Monday (W8). Tap one, or answer this message, like: 1 feb 2027"
)
OFFER_WEEKS: Final = "How many weeks? 4 at least (W8). Tap one, or answer this message."
OFFER_REPLY_BY: Final = (
    "Until when can it be accepted? The day counts to its end in Houston."
    " Tap one, or answer this message, like: 15 dec"
)
OFFER_SO_FAR: Final = "So far: {so_far}"
OFFER_REVIEW: Final = "{place}\nCan be accepted until {reply_by}."
OFFER_MAKE: Final = "Make the offer"
OFFER_DROP: Final = "Drop it"
OFFER_ANEW: Final = "Begin anew"
OFFER_MADE: Final = "{who} has an offer: {place}, until {reply_by}."
OFFER_DROPPED: Final = "Dropped. Nothing was offered."
OFFER_UNCLEAR: Final = "I did not understand that. {ask}"
OFFER_INCOMPLETE: Final = (
    "I need five parts with a semicolon between them:"
    " site; specialty; first day; weeks; last day to accept.\n\n{how}"
)
WEEKS_BUTTON: Final = "{weeks} weeks"

PLACE_TITLE: Final = "Placement of {who}"
PLACE_NONE: Final = "{who} has no placement."
PLACE_TEXT: Final = (
    "{place}\nStatus: {status}\nCan be accepted until: {reply_by}"
    "\nMentor: {mentor}\nWhat to bring: {what_to_bring}"
)

SLOTS_BOOKED: Final = "Booked:"
SLOTS_NO_BOOKED: Final = "Nothing booked."
SLOTS_BOOKED_LINE: Final = "• {time}: {applicant}, {medium}"
SLOTS_FREE: Final = "Next free times:"
SLOTS_NO_FREE: Final = "No free time in the days that can be booked."
SLOTS_FREE_LINE: Final = "• {time}"
WHICH_ADVISOR: Final = "Which advisor?"

EDIT_TOPICS: Final = "Which answer? Choose its topic."
EDIT_OTHER_TOPIC: Final = "Not on the list"
EDIT_QUESTIONS: Final = "{topic}: which answer?"
EDIT_FOUND: Final = "Which one?"
EDIT_NONE: Final = "No answer has “{words}” in its name or its question."
EDIT_CARD: Final = "{text}\n\nSource: {source}\nChecked: {checked_on}\nRests on: {facts}\n{counts}"
EDIT_COUNTS: Final[Mapping[Counts, str]] = {
    Counts.FILE: "As in the answers file.",
    Counts.EDIT: "Changed here by {by}, {day}.",
    Counts.EDIT_UNTIL_SETTLED: (
        "To settle: {by} changed it here on {day}, and the answers file has changed since then. Applicants"
        " read the words above. The file says:\n\n{file}"
    ),
    Counts.FILE_AS_EDIT_FAILS: (
        "To settle: the words of {by} of {day} say what its facts do not support any more, so applicants read the"
        " file's again. They were:\n\n{edit}"
    ),
}
NO_FACTS: Final = "no fact"
EDIT_TEXT: Final = "Change the text"
EDIT_SOURCE: Final = "Change the source"
EDIT_HISTORY: Final = "History"
EDIT_TAKE_FILE: Final = "Take the file's words"
EDIT_KEEP: Final = "Keep these words"
EDIT_TEXT_ASKED: Final = (
    "answer this message with the new text for “{question}”. You see it as applicants will before it goes live."
)
EDIT_SOURCE_ASKED: Final = "answer this message with where the facts of “{question}” come from."
EDIT_UNSOUND: Final = "This cannot go live:\n{problems}\n\nAnswer the message above once more."
EDIT_PREVIEW: Final = (
    "Above is what applicants will read.\nSource: {source}\nChecked with its source: {checked_on} (today)"
)
EDIT_PUBLISH: Final = "Make it live"
EDIT_DROP: Final = "Drop it"
EDIT_LIVE: Final = "Live now: “{question}”. /answers {name} shows it, with the way back."
EDIT_DROPPED: Final = "Dropped. Applicants read what they read before."
EDIT_REVERTED: Final = "“{question}” says again what it said before."
EDIT_EDITED_MEANWHILE: Final = "Not changed: {by} changed this answer after you looked. See it first: /answers"
EDIT_HISTORY_TITLE: Final = "History: {question}"
EDIT_HISTORY_LINE: Final = "{day}, {by}: {text}"
EDIT_HISTORY_FILE: Final = "back to the file's words"
EDIT_HISTORY_NONE: Final = "Nobody has changed it here."
EDIT_BACK_TO: Final = "Back to the words of {day}, {by}"
EDIT_BACK_TO_FILE: Final = "Back to the file's words"

STATS_TITLE: Final = "The last {days} days"
STATS_WEEKLY_TITLE: Final = "Monday: the last {days} days"
STATS_FUNNEL: Final = "From /start on"
STATS_STAGES: Final[Mapping[Stage, str]] = {
    Stage.STARTED: "Pressed start",
    Stage.BEGAN: "Began to apply",
    Stage.SUBMITTED: "Submitted",
    Stage.TALKED: "Had a talk",
    Stage.OFFERED: "Got an offer",
    Stage.CONFIRMED: "Confirmed",
}
STATS_STOPS: Final = "Drafts left alone, by question"
STATS_NO_STOPS: Final = "No draft is left alone."
STATS_STOP: Final = "{left} of {reached}"
STATS_WAIT: Final = "Wait for a person (median)"
STATS_WAIT_LINE: Final = "longest {longest}; {open} of {asked} wait now"
STATS_NO_WAIT: Final = "{open} of {asked} wait now"
STATS_ALONE: Final = "Helped without a person"
STATS_OUT_OF_HOURS: Final = "Asked out of hours"
STATS_UNANSWERED: Final = "Not understood"
STATS_PART: Final = "{part} of {whole}"
STATS_NOTHING: Final = "nothing yet"
STATS_NEWEST: Final = "Not understood last:"
STATS_BUTTON: Final = "{days} days"
DAYS_UNCLEAR: Final = "So many days cannot be looked back on: 1 to 366."
MINUTES: Final = "{count} min"
HOURS: Final = "{count} h"
DAYS: Final = "{count} days"

MEANT_FOLLOWS: Final = "Coming up: {count}. One tap each says what was meant; the assistant learns from it."
MEANT_NOTHING: Final = "Nothing waits: the assistant was sure of all that you were not asked about before."
MEANT_ASKED: Final = "What did this applicant want?"
MEANT_CARD: Final = "“{words}”\n\n{why}\n{done}"
MEANT_WHY: Final[Mapping[Weakness, str]] = {
    Weakness.UNSURE: "The assistant was not sure.",
    Weakness.THUMBS_DOWN: "The applicant says that the answer was not what they asked.",
    Weakness.HANDOFF_AFTER: "The applicant asked for a person right after the answer.",
    Weakness.SOMETHING_ELSE: "The applicant meant none of what the assistant offered.",
}
MEANT_DONE: Final = "It was taken for: {intent}"
MEANT_NOT_DONE: Final = "It was not answered."
MEANT_OTHER: Final = "Other …"
MEANT_BACK: Final = "« Back"
MEANT_NOT_FOR_US: Final = "Not for us"
MEANT_TOPICS: Final = "“{words}”\n\nIn which of these is it?"
MEANT_TOPIC: Final = "“{words}”\n\n{topic}: which one?"
MEANT_TASKS: Final = "Application, documents, talks"
MEANT_SMALL_TALK: Final = "Small talk"
MEANT_LABELLED: Final = "“{words}”\n\nMeant: {intent}\nSaid by {by}."
MEANT_ALREADY: Final = "Thank you. {by} was quicker and has said what this message means."
MEANT_FORGOTTEN: Final = "Thank you. This message is not kept any more, so there is nothing left to do."
SMALL_TALK: Final[Mapping[str, str]] = {
    "greet": "Says hello",
    "thanks": "Says thank you",
    "goodbye": "Says goodbye",
    "affirm": "Says yes",
    "deny": "Says no",
    "frustrated": "Is angry or gives up",
}
"""What staff read for intents that are never offered to applicants."""
INTENTS: Final[Mapping[str, str]] = {
    **SMALL_TALK,
    "out_of_scope": MEANT_NOT_FOR_US,
    "several_questions": "Several questions",
}
