"""The only place that reads what Rasa understood: slots, entities, guesses, each into a typed value."""

from collections.abc import Sequence

from rasa_sdk import Tracker

FALLBACK = "nlu_fallback"


def applicant_id(tracker: Tracker) -> int:
    """Return the applicant's Telegram id, which is Rasa's sender id."""
    return int(tracker.sender_id)


def intent(tracker: Tracker) -> str:
    """Return what the latest message was understood as."""
    return str(tracker.latest_message["intent"]["name"])


def specialties(tracker: Tracker) -> list[str]:
    """Return the specialties that the latest message names, each once, in its order."""
    named = (entity for entity in tracker.latest_message["entities"] if entity["entity"] == "specialty")
    return [*dict.fromkeys(str(entity["value"]) for entity in named)]


def guesses(tracker: Tracker) -> Sequence[str]:
    """Return what the latest message may have meant, likeliest first; the fallback itself left out."""
    ranking = tracker.latest_message["intent_ranking"]
    return [str(guess["name"]) for guess in ranking if guess["name"] != FALLBACK]
