"""Understands a question that goes on with the last one, as "and for graduates?" does."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.events import SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

TOPIC = "faq_"
"""What the names of topics begin with."""
OPENING = r"^(?:ok(?:ay)?|and|also|so|but|then|thanks|what about|how about|wat about|\s|,)*"
SOMEBODY = (
    r"(?:for |the |with |as |if i am |im |a |an )*"
    r"(?:(?:old |recent |medical |final year )?(?:graduates?|students?)|imgs?|doctors?"
    r"|my (?:friend|wife|husband|family))"
)
OF_SOMEBODY = re.compile(OPENING + SOMEBODY + r"[\s?.!]*$", re.IGNORECASE)
"""The same question about somebody else: "and for graduates?"."""
THAT = r"(?: (?:that|it|this|they|them|all this))?"
ENDS = r"[\s?.!]*$"
HOW_LONG = rf"how (?:long|much time|many (?:days|weeks))(?: (?:does|do|will|would|is))?{THAT}(?: (?:take|need))?"
WHEN = rf"(?:until |by )?when(?: (?:do|should|must|can) i (?:do|send|give|need){THAT})?"
HOW_MUCH = rf"how much(?: (?:is|does|do|for))?{THAT}(?: cost)?"
WHERE = rf"where(?: (?:is|would|will){THAT}(?: be)?)?"
OF_THAT = {
    re.compile(OPENING + asked + ENDS, re.IGNORECASE): intent
    for asked, intent in {
        HOW_LONG: "faq_timeline",
        WHEN: "faq_timeline",
        HOW_MUCH: "faq_cost",
        WHERE: "faq_locations_hospitals",
    }.items()
}
"""Questions about what was talked of last, each with the topic that answers it."""
STAYS = {
    "faq_timeline": {"faq_duration_dates": "faq_duration_dates", "faq_what_are_rotations": "faq_duration_dates"},
    "faq_locations_hospitals": {"faq_housing": "faq_housing", "faq_apply_process": "faq_apply_process"},
}
"""After some topics the same words ask something else: "how long?" after what a rotation is, how long that is."""


def follow_up(text: str, topic: str) -> str | None:
    """Reads a message as one that goes on with a topic.

    Args:
        text: The message.
        topic: The intent of the question before it.

    Returns:
        The intent that is meant, or None where the message stands for itself.
    """
    if OF_SOMEBODY.match(text):
        return topic
    for asked, intent in OF_THAT.items():
        if asked.match(text):
            return STAYS.get(intent, {}).get(topic, intent)
    return None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FollowUps(GraphComponent, IntentClassifier):
    """Gives a message that goes on with the last question that question's topic, by a rule and no more."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FollowUps:
        """Creates the component (see parent class for full docstring)."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        """Sets the intent of the message, the first one, if it goes on with the last topic.

        Args:
            messages: The message, and its parts if it has any.
            tracker: The conversation; Rasa hands over None where a text is only parsed, but wants the type exact.
        """
        whole = messages[0]
        topic = last_topic(tracker) if tracker and not tracker.active_loop_name else None  # a form asks itself
        if topic and len(messages) == 1 and (intent := follow_up(whole.get(TEXT) or "", topic)):
            certain = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}
            others = [each for each in whole.get(INTENT_RANKING_KEY) or [] if each[INTENT_NAME_KEY] != intent]
            whole.set(INTENT, certain, add_to_output=True)
            whole.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)
        return messages


def last_topic(tracker: DialogueStateTracker) -> str | None:
    """Returns the intent of the last message if that was a question; a new session knows none."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            name = event.intent_name
            return name if name and name.startswith(TOPIC) else None
        if isinstance(event, SessionStarted):
            return None
    return None
