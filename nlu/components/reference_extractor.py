"""Finds the references of applications in a message."""

from __future__ import annotations

from admissions.references import references_in
from nlu.components.extractor import Extractor, Found
from rasa.engine.recipes.default_recipe import DefaultV1Recipe


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ReferenceExtractor(Extractor):
    """Extracts the entity `reference`, its value the reference as HMC writes it: "7K4M-WQ3X"."""

    ENTITY = "reference"

    def find(self, text: str) -> list[Found]:
        """Finds the references of a text."""
        return [Found(self.ENTITY, reference, start, end) for start, end, reference in references_in(text)]
