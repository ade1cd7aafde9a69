"""What all our extractors share: they find entities in the text as it was written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nlu.components.untrained import Untrained
from rasa.nlu.constants import ENTITY_ATTRIBUTE_CONFIDENCE
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message


@dataclass(frozen=True)
class Found:
    """An entity in a text: in its characters from `start` to `end`."""

    entity: str
    value: Any
    start: int
    end: int
    confidence: float = 1.0


class Extractor(Untrained, EntityExtractorMixin):
    """Adds to each message what `find` finds in its text."""

    @abstractmethod
    def find(self, text: str) -> Iterable[Found]:
        """Finds the entities of a text, in its order."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds what it finds in each message to the message's entities."""
        for message in messages:
            entities = [
                {
                    ENTITY_ATTRIBUTE_TYPE: found.entity,
                    ENTITY_ATTRIBUTE_START: found.start,
                    ENTITY_ATTRIBUTE_END: found.end,
                    ENTITY_ATTRIBUTE_VALUE: found.value,
                    ENTITY_ATTRIBUTE_CONFIDENCE: found.confidence,
                }
                for found in self.find(message.get(TEXT) or "")
            ]
            message.set(
                ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(entities), add_to_output=True
            )
        return messages
