"""Rasa's two-stage fallback: first guesses to tap, then the offer of a person."""

from collections.abc import Callable
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
NEVER_GUESSED: Final = {"out_of_scope", "greet", "goodbye", "thanks", "affirm", "deny", "frustrated"}
"""What makes no sense as "Did you mean ...?"."""


class ActionDefaultAskAffirmation(Action):
    """Ask which of the top guesses was meant; the bot shows them as buttons."""

    @override
    def name(self) -> str:
        return "action_default_ask_affirmation"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        guesses = [guess for guess in slots.guesses(tracker) if guess not in NEVER_GUESSED][:GUESSES]
        dispatcher.utter_message(json_message={"guesses": guesses})
        return []


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
