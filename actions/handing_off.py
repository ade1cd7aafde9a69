"""The conversation passes to a human."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from typing_extensions import override

from actions import Events, refusals, slots
from admissions import handoffs
from admissions.database import Database
from admissions.errors import Refusal
from admissions.handoffs import HandoffReason

REASONS: Final = {
    "handoff": HandoffReason.ASKED,
    "frustrated": HandoffReason.FRUSTRATED,
    "my_data": HandoffReason.MY_DATA,
    "delete_data": HandoffReason.DELETE_DATA,
}


class ActionHandOff(Action):
    """Ask for a person in the applicant's name.

    Args:
        database: The core's.
        now: Tells the time, aware.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    @override
    def name(self) -> str:
        return "action_hand_off"

    @override
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        reason = REASONS.get(slots.intent(tracker), HandoffReason.ASKED)
        try:
            async with self._database.transaction() as session:
                await handoffs.request(session, slots.applicant_id(tracker), reason, at=self._now())
        except Refusal as refusal:
            explanation = refusals.explain(refusal)
            dispatcher.utter_message(response=explanation.response, **explanation.variables)
        else:
            dispatcher.utter_message(response=f"utter_handoff_{reason}")
        return []
