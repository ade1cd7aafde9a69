"""Rasa's two-stage fallback: first guesses to tap, then the offer of a person."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from typing_extensions import override

from actions import Events, slots
from actions.handing_off import hand_off, tell
from admissions.database import Database
from admissions.handoffs import HandoffAlreadyRequested, HandoffReason

GUESSES: Final = 3
NEAR: Final = 0.5
"""A guess is worth a button if it is at least this share as likely as the first.

So two in three of the messages in scope that are not understood get buttons, seven in eight of those the right one
among them (examples kept from the encoder, by cross-validation)."""
NEVER_GUESSED: Final = {
    "out_of_scope",
    "several_questions",
    "greet",
    "goodbye",
    "thanks",
    "affirm",
    "deny",
    "frustrated",
}
"""What makes no sense as "Did you mean ...?"."""


class ActionDefaultAskAffirmation(Action):
    """Ask which of the top guesses was meant, if several are near each other; else ask for other words.

    The bot shows the guesses as buttons, and offers a person where it guessed in vain before.
    """

    @override
    def name(self) -> str:
        return "action_default_ask_affirmation"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        guesses = near_guesses(slots.ranking(tracker))
        if len(guesses) > 1:
            offers_person = slots.meant_something_else(tracker) and "handoff" not in guesses
            dispatcher.utter_message(json_message={"guesses": guesses, "offers_person": offers_person})
        else:
            dispatcher.utter_message(response="utter_ask_rephrase")
        return []


def near_guesses(ranking: Sequence[tuple[str, float]]) -> list[str]:
    """Choose what to offer from what a message may have meant, likeliest first."""
    likely = [(guess, confidence) for guess, confidence in ranking if guess not in NEVER_GUESSED][:GUESSES]
    return [guess for guess, confidence in likely if confidence >= NEAR * likely[0][1]]


class ActionDefaultFallback(Action):
    """Ask for a person after two misses, and forget the message that nobody understood.

    Args:
        database: The core's.
        now: Tells the time, aware.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    @override
    def name(self) -> str:
        return "action_default_fallback"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        try:
            await hand_off(self._database, tracker, HandoffReason.NOT_UNDERSTOOD, at=self._now())
        except HandoffAlreadyRequested:
            dispatcher.utter_message(response="utter_offer_person")
        else:
            tell(dispatcher, HandoffReason.NOT_UNDERSTOOD)
        return [UserUtteranceReverted()]
