"""Goes on with a conversation where a custom action fails, because the action server is down, say."""

from __future__ import annotations

import logging

from nlu.components.session_starts import session_start_of
from rasa.core.actions.action import ActionBotResponse, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.constants import (
    ACTION_DEFAULT_FALLBACK_NAME,
    ACTION_SESSION_START_NAME,
    REQUESTED_SLOT,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUtteranceReverted
from rasa.shared.core.trackers import DialogueStateTracker

logger = logging.getLogger(__name__)

ANSWERS_INSTEAD = {
    "action_answer_specialties": "utter_faq_specialties",
    "action_show_status": "utter_check_status",
    "action_show_documents": "utter_upload_document",
}
"""What is said where the action that knows better failed."""

_run_remotely = RemoteAction.run


def go_on_after_failures() -> None:
    """Lets the bot listen again after an action failed on which that depends, and answers questions all the same.

    Rasa goes on without the events of an action that failed. Without those of `action_session_start` no rule fits
    any message, and without those of `action_default_fallback` that action itself is tried until Rasa gives the
    turn up. Either way the bot is not listening, and the conversation stays silent, the action server back or not.
    A form whose validation failed leaves a question to its own rule, as an answer needs no action, and asks again.
    """
    RemoteAction.run = _run


async def _run(
    self: RemoteAction,
    output_channel: OutputChannel,
    nlg: NaturalLanguageGenerator,
    tracker: DialogueStateTracker,
    domain: Domain,
) -> list[Event]:
    try:
        return await _run_remotely(self, output_channel, nlg, tracker, domain)
    except Exception as error:
        if self.name() in ANSWERS_INSTEAD:
            instead = ActionBotResponse(ANSWERS_INSTEAD[self.name()])
            events = await instead.run(output_channel, nlg, tracker, domain)
        elif self.name() == ACTION_SESSION_START_NAME:
            _, *events = session_start_of(tracker)  # Rasa logs the action itself
        elif self.name() == ACTION_DEFAULT_FALLBACK_NAME:
            events = [UserUtteranceReverted()]
        elif _is_question_amid_form(self, tracker):
            events = [SlotSet(REQUESTED_SLOT, tracker.get_slot(REQUESTED_SLOT))]
        else:
            raise
        logger.warning("%s failed, the conversation goes on: %s", self.name(), type(error).__name__)
        return events


def _is_question_amid_form(action: RemoteAction, tracker: DialogueStateTracker) -> bool:
    validates = action.name() == f"validate_{tracker.active_loop_name}"
    return validates and str(tracker.latest_message.intent.get("name")).startswith("faq_")
