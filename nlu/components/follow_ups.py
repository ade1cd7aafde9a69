"""Understands a question that goes on with the last one, as "and for graduates?" does."""

from __future__ import annotations

import re

from nlu.components.bare_entity_classifier import be_sure
from nlu.components.several_questions import is_list
from nlu.components.untrained import Untrained
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.events import SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

TOPIC = "faq_"
"""What the names of topics begin with."""
OPENING = (
    r"^(?:ok(?:ay)?|and|also|so|but|then|thanks|what about|how about|wat about|what if"
    r"|(?:is|are) (?:it|that|they|this) (?:also )?(?:the )?same|same|does (?:it|that|this) apply|\s|,)*"
)
SOMEBODY = (
    r"(?:for |the |with |as |if i am |im |a |an )*"
    r"(?:(?:old |recent |medical |final year )?(?:graduates?|students?)|imgs?|doctors?"
    r"|my (?:friend|wife|husband|family))"
)
NAMED = "\N{WHITE SQUARE}"
"""Stands for what an extractor found."""
NAMEABLE = frozenset({"specialty", "country", "date", "duration"})
OF_NAMED = re.compile(OPENING + rf"(?:for|from|in|with) (?:a |the )?{NAMED}[\s?.!]*$", re.IGNORECASE)
"""The same question about another case: "and for 8 weeks?", "what about from india"."""
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
        text: The message, `NAMED` in the place of each specialty, country, date and duration.
        topic: The intent of the question before it.

    Returns:
        The intent that is meant, or None where the message stands for itself.
    """
    if OF_SOMEBODY.match(text) or OF_NAMED.match(text):
        return topic
    for asked, intent in OF_THAT.items():
        if asked.match(text):
            return STAYS.get(intent, {}).get(topic, intent)
    return None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FollowUps(Untrained, IntentClassifier):
    """Gives a message that goes on with the last question that question's topic, by a rule and no more."""

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        """Sets the intent of the message, the first one, if it goes on with the last topic.

        Args:
            messages: The message, and its parts if it has any.
            tracker: The conversation; Rasa hands over None where a text is only parsed, but wants the type exact.
        """
        whole = messages[0]
        topic = last_topic(tracker) if tracker and not tracker.active_loop_name else None  # a form asks itself
        if topic and is_list(messages[1:]) and (intent := follow_up(_without_names(whole), topic)):
            be_sure(whole, intent)
        return messages


def _without_names(message: Message) -> str:
    text = message.get(TEXT) or ""
    for entity in sorted(message.get(ENTITIES) or [], key=lambda each: -each[ENTITY_ATTRIBUTE_START]):
        if entity[ENTITY_ATTRIBUTE_TYPE] in NAMEABLE:
            text = text[: entity[ENTITY_ATTRIBUTE_START]] + NAMED + text[entity[ENTITY_ATTRIBUTE_END] :]
    return text


def last_topic(tracker: DialogueStateTracker) -> str | None:
    """Returns the intent of the last message if that was a question; a new session knows none."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            name = event.intent_name
            return name if name and name.startswith(TOPIC) else None
        if isinstance(event, SessionStarted):
            return None
    return None
