"""Reads the training data once, and keeps each example once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Example(Message):
    """An example that is the same wherever Rasa merges training data.

    Rasa merges the data six times before a training begins, whatever there is to merge, and copies and
    fingerprints each example every time: seconds where there are thousands.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        """Returns itself: only the components change an example, once all is merged."""
        return self

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Sets a property (see parent class for full docstring); the fingerprint stays where nothing changes."""
        if add_to_output or self.data.get(prop) != info:
            super().set(prop, info, add_to_output)


class OnceReadingFileImporter(RasaFileImporter):
    """Reads the files of examples once for a training.

    Rasa asks for them twice, for the examples and for the responses that may lie beside them, and without this
    reads them twice: seconds where there are thousands.
    """

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:  # noqa: ARG002 - Rasa sets the signature
        """Retrieves NLU training data (see parent class for full docstring)."""
        return self._examples

    @cached_property
    def _examples(self) -> TrainingData:
        data = super().get_nlu_data()
        data.training_examples = [Example(each.data, each.output_properties) for each in data.training_examples]
        return data
