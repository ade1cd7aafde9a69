"""Questions that need more than the intent to be answered."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from typing_extensions import override

from actions import Events, slots
from actions.handing_off import ask_for_person
from admissions.database import Database

STATUS: Final = "check_status"
DOCUMENTS: Final = "upload_document"
PERSON: Final = "handoff"
SHOWN: Final = {STATUS, DOCUMENTS, PERSON}
"""What is not answered in words alone."""


class ActionAnswerSeveral(Action):
    """Answer every question of a message that asks several, in their order; then show or do what else it asks.

    Args:
        database: The core's.
        now: Tells the time, aware.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    @override
    def name(self) -> str:
        return "action_answer_several"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = slots.several_questions(tracker)
        if not asked:
            dispatcher.utter_message(response="utter_help")
        if answers := [each for each in asked if each["answer"] not in SHOWN]:
            dispatcher.utter_message(json_message={"answers": answers})
        for each in asked:
            await self._show(dispatcher, tracker, each)
        return []

    async def _show(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: dict[str, Any]) -> None:
        named = asked.get("documents", [])
        if asked["answer"] == PERSON:
            await ask_for_person(dispatcher, self._database, tracker, at=self._now())
        elif asked["answer"] == DOCUMENTS or (asked["answer"] == STATUS and named):
            show_documents(dispatcher, named)
        elif asked["answer"] == STATUS:
            dispatcher.utter_message(json_message={"status": True, "reference": slots.reference(tracker)})


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


class ActionShowDocuments(Action):
    """Show the documents that a message names, or all when it names none."""

    @override
    def name(self) -> str:
        return "action_show_documents"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        show_documents(dispatcher, slots.documents(tracker))
        return []


class ActionShowStatus(Action):
    """Show how things stand: with the documents or the application that a message names, else with the latest."""

    @override
    def name(self) -> str:
        return "action_show_status"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        reference = slots.reference(tracker)
        if reference is None and (named := slots.documents(tracker)):
            show_documents(dispatcher, named)
        else:
            dispatcher.utter_message(json_message={"status": True, "reference": reference})
        return []


def show_documents(dispatcher: CollectingDispatcher, named: Sequence[str]) -> None:
    """Show how it stands with some documents, or with all where none is named."""
    dispatcher.utter_message(json_message={"checklist": True, "documents": [*named]})
