"""Understands a message that is nothing but a field of medicine."""

from __future__ import annotations

from typing import Any

from nlu.components.specialty_extractor import CONNECTIVES, FILLERS, words_of
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
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

SAYS_NO_MORE = FILLERS | CONNECTIVES | {"rotation", "rotations", "elective", "electives", "clerkship", "in", "for"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class BareSpecialtyClassifier(GraphComponent, IntentClassifier):
    """Takes a message that names specialties and says no more, as "peds?", for a question about them.

    An embedding of a bare abbreviation is next to nothing; the extractor is sure. It belongs behind the extractor,
    before the fallback.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config (see parent class for full docstring)."""
        return {"intent": "faq_specialties", "entity": "specialty"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BareSpecialtyClassifier:
        """Creates the component (see parent class for full docstring)."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Instantiates the classifier.

        Args:
            config: The intent it gives, and the entity it goes by.
        """
        self._intent = config["intent"]
        self._entity = config["entity"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent of the messages that are nothing but specialties."""
        for message in messages:
            if self._is_bare(message):
                certain = {INTENT_NAME_KEY: self._intent, PREDICTED_CONFIDENCE_KEY: 1.0}
                others = [
                    guess
                    for guess in message.get(INTENT_RANKING_KEY) or []
                    if guess[INTENT_NAME_KEY] != self._intent
                ]
                message.set(INTENT, certain, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)
        return messages

    def _is_bare(self, message: Message) -> bool:
        text = message.get(TEXT) or ""
        named = [entity for entity in message.get(ENTITIES) or [] if entity[ENTITY_ATTRIBUTE_TYPE] == self._entity]
        for entity in named:
            start, end = entity[ENTITY_ATTRIBUTE_START], entity[ENTITY_ATTRIBUTE_END]
            text = text[:start] + " " * (end - start) + text[end:]
        return bool(named) and all(word.plain in SAYS_NO_MORE for word in words_of(text))
