"""Begins a session, with the action server or without it."""

from __future__ import annotations

import logging

from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker

logger = logging.getLogger(__name__)

_run_remotely = RemoteAction.run


def begin_sessions_without_actions() -> None:
    """Lets a session begin although the action server, whose `action_session_start` is ours, cannot be reached.

    Rasa goes on without the events of an action that failed. Without those of a session start the bot is not
    listening, so no rule fits any message, and the conversation stays silent, the action server back or not.
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
        if self.name() != ACTION_SESSION_START_NAME:
            raise
        logger.warning("A session begins as the last one ended: %s", type(error).__name__)
        _, *events = session_start_of(tracker)  # Rasa logs the action itself
        return events


def session_start_of(tracker: DialogueStateTracker) -> list[Event]:
    """Writes down the state of a conversation as the start of a new session.

    Args:
        tracker: A conversation in which the bot is listening.

    Returns:
        What Rasa's `action_session_start` logs, and an active loop and a pause, which a session start resets.
    """
    events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    events += [SlotSet(slot.name, slot.value) for slot in tracker.slots.values() if slot.has_been_set]
    if tracker.active_loop_name:
        events.append(ActiveLoop(tracker.active_loop_name))
    if tracker.is_paused():
        events.append(ConversationPaused())
    events.append(ActionExecuted(ACTION_LISTEN_NAME))
    return events
