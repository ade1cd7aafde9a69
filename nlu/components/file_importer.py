"""Reads the training data once."""

from __future__ import annotations

from functools import cached_property

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class OnceReadingFileImporter(RasaFileImporter):
    """Reads the files of examples once for a training.

    Rasa asks for them twice, for the examples and for the responses that may lie beside them, and without this
    reads them twice: seconds where there are thousands. It copies what it gets before it changes it.
    """

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:  # noqa: ARG002 - Rasa sets the signature
        """Retrieves NLU training data (see parent class for full docstring)."""
        return self._examples

    @cached_property
    def _examples(self) -> TrainingData:
        return super().get_nlu_data()
