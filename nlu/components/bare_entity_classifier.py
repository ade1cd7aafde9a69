"""Understands a message that is nothing but what it names: a field of medicine, a country, a reference."""

from __future__ import annotations

from typing import Any

from nlu.components.dictionary import words_of
from nlu.components.several_questions import asks
from nlu.components.specialty_extractor import CONNECTIVES, FILLERS
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

OF_ROTATIONS = frozenset({"rotation", "rotations", "elective", "electives", "clerkship", "in", "for"})
OF_THE_REST = frozenset(
    {"from", "to", "my", "the", "starting", "status", "of", "ref", "reference", "number", "hmc"}
)
GOES_WITH_ONE = frozenset(
    {
        *("withdraw_application", "edit_application", "resume_application", "upload_document", "handoff"),
        *("book_consultation", "reschedule_consultation", "cancel_consultation", "my_data", "delete_data"),
    }
)
"""What may be wanted of an application that is named; an embedding finds anything in a reference's letters."""
SURE = 0.46
SAYS_NO_MORE = FILLERS | CONNECTIVES | OF_ROTATIONS | OF_THE_REST


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class BareEntityClassifier(GraphComponent, IntentClassifier):
    """Takes a message that names something and says no more, as "peds?", for what is mostly asked about that.

    An embedding of a bare abbreviation or number is next to nothing; the extractors are sure. It belongs behind
    them. In a form such a message is an answer, unless it is put as a question.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config (see parent class for full docstring)."""
        return {
            # What is asked about each kind of entity; of several kinds the first here decides.
            "intents": {},
            # Entities that decide also where the message says more, and that was not understood.
            "telling": [],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BareEntityClassifier:
        """Creates the component (see parent class for full docstring)."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Instantiates the classifier.

        Args:
            config: The intent for each entity, and which entities tell enough.
        """
        self._intents: dict[str, str] = config["intents"]
        self._telling = frozenset(config["telling"])

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        """Sets the intent of the messages that are nothing but what they name.

        Args:
            messages: The message, and its parts if it has any.
            tracker: The conversation; Rasa hands over None where a text is only parsed, but wants the type exact.
        """
        answers_form = bool(tracker and tracker.active_loop_name)
        for message in messages:
            text = message.get(TEXT) or ""
            if answers_form and not self._is_put_as_question(message, text):
                continue
            if intent := self._intent_of(message, text):
                be_sure(message, intent)
        return messages

    def _is_put_as_question(self, message: Message, text: str) -> bool:
        """Says whether it ends as a question, or begins as one and has a telling name: "may 2027" is an answer."""
        return text.rstrip().endswith("?") or (bool(_kinds(message) & self._telling) and asks(text))

    def _intent_of(self, message: Message, text: str) -> str | None:
        entities = message.get(ENTITIES) or []
        kinds = _kinds(message)
        if not _is_bare(text, entities) and not (kinds & self._telling and not _is_understood(message)):
            return None
        return next((intent for kind, intent in self._intents.items() if kind in kinds), None)


def be_sure(message: Message, intent: str) -> None:
    """Gives a message an intent that is beyond doubt, before all others that it may have."""
    certain = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}
    others = [guess for guess in message.get(INTENT_RANKING_KEY) or [] if guess[INTENT_NAME_KEY] != intent]
    message.set(INTENT, certain, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)


def _kinds(message: Message) -> set[str]:
    return {entity[ENTITY_ATTRIBUTE_TYPE] for entity in message.get(ENTITIES) or []}


def _is_understood(message: Message) -> bool:
    found = message.get(INTENT) or {}
    name, confidence = found.get(INTENT_NAME_KEY), found.get(PREDICTED_CONFIDENCE_KEY, 0.0)
    return name in GOES_WITH_ONE and confidence >= SURE


def _is_bare(text: str, entities: list[dict[str, Any]]) -> bool:
    for entity in entities:
        start, end = entity[ENTITY_ATTRIBUTE_START], entity[ENTITY_ATTRIBUTE_END]
        text = text[:start] + " " * (end - start) + text[end:]
    return bool(entities) and all(word.plain in SAYS_NO_MORE for word in words_of(text))
