"""Finds in a message when, and how long."""

from __future__ import annotations

from admissions.dates import mentions_in
from nlu.components.extractor import Extractor, Found
from rasa.engine.recipes.default_recipe import DefaultV1Recipe


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TimeExtractor(Extractor):
    """Extracts the entities `date`, its value the words, and `duration`, its value the weeks.

    Which day "in march" is depends on the day and the clock of who says it; the core knows both.
    """

    def find(self, text: str) -> list[Found]:
        """Finds the dates and lengths of time of a text."""
        return [
            Found("date", text[each.start : each.end], each.start, each.end)
            if each.weeks is None
            else Found("duration", each.weeks, each.start, each.end)
            for each in mentions_in(text)
        ]
