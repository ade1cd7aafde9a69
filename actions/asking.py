"""Questions that need more than the intent to be answered."""

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from typing_extensions import override

from actions import Events, slots


class ActionAnswerSeveral(Action):
    """Answer every question of a message that asks several, in their order."""

    @override
    def name(self) -> str:
        return "action_answer_several"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if asked := slots.several_questions(tracker):
            dispatcher.utter_message(json_message={"answers": asked})
        else:
            dispatcher.utter_message(response="utter_help")
        return []


class ActionAnswerSpecialties(Action):
    """Answer about the specialties that a message names, or about all when it names none."""

    @override
    def name(self) -> str:
        return "action_answer_specialties"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = slots.specialties(tracker)
        dispatcher.utter_message(json_message={"answer": "faq_specialties", "specialties": asked})
        return []
