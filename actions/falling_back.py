"""Rasa's two-stage fallback: first guesses to tap, then the offer of a person."""

from typing import Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from typing_extensions import override

from actions import Events, slots

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
    """Offer a person, and forget the message that nobody understood."""

    @override
    def name(self) -> str:
        return "action_default_fallback"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        dispatcher.utter_message(response="utter_offer_person")
        return [UserUtteranceReverted()]
