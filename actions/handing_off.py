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
        await ask_for_person(dispatcher, self._database, tracker, at=self._now())
        return []


async def ask_for_person(
    dispatcher: CollectingDispatcher, database: Database, tracker: Tracker, *, at: datetime
) -> None:
    """Ask for a person in the applicant's name, and say so, or why not."""
    reason = REASONS.get(slots.intent(tracker), HandoffReason.ASKED)
    try:
        await hand_off(database, tracker, reason, at=at)
    except Refusal as refusal:
        explanation = refusals.explain(refusal)
        dispatcher.utter_message(response=explanation.response, **explanation.variables)
    else:
        tell(dispatcher, reason)


async def hand_off(database: Database, tracker: Tracker, reason: HandoffReason, *, at: datetime) -> None:
    """Ask for a person in the applicant's name, with what was understood of them.

    Raises:
        HandoffAlreadyRequested: They asked before, for the same reason.
    """
    async with database.transaction() as session:
        applicant_id = slots.applicant_id(tracker)
        await handoffs.request(session, applicant_id, reason, at=at, asked=slots.asked_how(tracker))


def tell(dispatcher: CollectingDispatcher, reason: HandoffReason) -> None:
    """Say that a person was asked for; the bot adds when the office opens."""
    dispatcher.utter_message(response=f"utter_handoff_{reason}")
    dispatcher.utter_message(json_message={"handed_off": True})
