"""The only place that reads what Rasa understood: slots, entities, guesses, each into a typed value."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker

from admissions.handoffs import Asked

FALLBACK = "nlu_fallback"
SOMETHING_ELSE = "out_of_scope"
TELLING = ("country", "date", "duration")
"""Entities that may answer questions of an application which is not begun yet."""
ASKS = frozenset("what why when where which who how can could do does is are may should will u".split())  # noqa: SIM905
DIGRESSIONS = {
    *(
        "several_questions",
        "handoff",
        "frustrated",
        "my_data",
        "delete_data",
        "help",
        "bot_identity",
        "check_status",
    ),
    *("edit_application", "withdraw_application", "upload_document", "medical_advice", "immigration_legal"),
    *("book_consultation", "reschedule_consultation", "cancel_consultation"),
}
"""What an applicant may want in between, beside asking questions."""


def applicant_id(tracker: Tracker) -> int:
    """Return the applicant's Telegram id, which is Rasa's sender id."""
    return int(tracker.sender_id)


def intent(tracker: Tracker) -> str:
    """Return what the latest message was understood as."""
    return str(tracker.latest_message["intent"].get("name"))


def specialties(tracker: Tracker) -> list[str]:
    """Return the specialties that the latest message names, each once, in its order."""
    return _named(tracker.latest_message, "specialty")


def documents(tracker: Tracker) -> list[str]:
    """Return the kinds of documents that the latest message names, each once, in its order."""
    return _named(tracker.latest_message, "document")


def reference(tracker: Tracker) -> str | None:
    """Return the reference that the latest message names first; None where it names none."""
    return next(iter(_named(tracker.latest_message, "reference")), None)


def tells(tracker: Tracker) -> bool:
    """Tell whether the latest message says from where or when somebody comes."""
    return any(_named(tracker.latest_message, kind) for kind in TELLING)


def told_before(tracker: Tracker) -> list[str]:
    """Return the messages of this session, but the latest, that say from where or when somebody comes."""
    messages = [event["parse_data"] for event in tracker.events if event["event"] == "user"][:-1]
    return [str(each["text"]) for each in messages if any(_named(each, kind) for kind in TELLING)]


def several_questions(tracker: Tracker) -> list[dict[str, Any]]:
    """Return the questions that the latest message asks, if several: each one's answer, and what it names."""
    return list(tracker.latest_message.get("several_questions") or [])


def ranking(tracker: Tracker) -> Sequence[tuple[str, float]]:
    """Return what the latest message may have meant and how likely, likeliest first; the fallback left out."""
    guesses = tracker.latest_message["intent_ranking"]
    return [(str(guess["name"]), float(guess["confidence"])) for guess in guesses if guess["name"] != FALLBACK]


def meant_something_else(tracker: Tracker) -> bool:
    """Tell whether the message before the latest was that none of our guesses was right."""
    names = [event["parse_data"]["intent"].get("name") for event in tracker.events if event["event"] == "user"]
    return names[-2:-1] == [SOMETHING_ELSE]


def asked(tracker: Tracker) -> str | None:
    """Return the question that the form asks now, which is the name of its slot; None when it begins."""
    requested: str | None = tracker.get_slot("requested_slot")
    return requested


def failures(tracker: Tracker) -> int:
    """Return how often the question that is asked now was answered in vain."""
    return int(tracker.get_slot("failures") or 0)


def text(tracker: Tracker) -> str:
    """Return what was written."""
    return str(tracker.latest_message["text"])


def words(tracker: Tracker) -> str:
    """Return what was written, with specialties as we name them."""
    if asked(tracker) == "specialties" and (named := specialties(tracker)):
        return ", ".join(named)
    return text(tracker)


def looks_like_a_question(tracker: Tracker) -> bool:
    """Tell whether the latest message is put as a question."""
    line = text(tracker).strip().lower()
    return line.endswith("?") or line.split(maxsplit=1)[0] in ASKS


def asked_how(tracker: Tracker) -> Asked:
    """Return what is known of the message with which a person was asked for; a tapped button says nothing."""
    written = text(tracker)
    if written.startswith("/"):
        return Asked()
    return Asked(said=written, understood_as=intent(tracker), confidence=confidence(tracker))


def confidence(tracker: Tracker) -> float:
    """Return how sure the language understanding is of the intent."""
    return float(tracker.latest_message["intent"].get("confidence") or 0)


def _named(message: Mapping[str, Any], kind: str) -> list[str]:
    named = (entity for entity in message.get("entities") or [] if entity["entity"] == kind)
    return [*dict.fromkeys(str(entity["value"]) for entity in named)]


def is_digression(tracker: Tracker) -> bool:
    """Tell whether the latest message wants something else than to answer."""
    understood = intent(tracker)
    return understood.startswith("faq_") or understood in DIGRESSIONS
