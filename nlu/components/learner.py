"""What all components share that learn one small thing and keep it in the model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from typing_extensions import Self


class Learner(GraphComponent):
    """A component whose learning is one JSON file: readable, and no code."""

    FILE_NAME: ClassVar[str]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Creates an untrained component (see parent class for full docstring)."""
        return cls(model_storage, resource)

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, learnt: Mapping[str, Any] | None = None
    ) -> None:
        """Creates a new instance.

        Args:
            model_storage: Storage which graph components can use to persist and load themselves.
            resource: Resource locator for this component in the model storage.
            learnt: What it learnt; nothing before training.
        """
        self._model_storage = model_storage
        self._resource = resource
        self.learn(learnt or {})

    def learn(self, learnt: Mapping[str, Any]) -> None:
        """Takes in what was learnt, from the training data or from a model."""
        self._learnt = dict(learnt)

    def persist(self) -> None:
        """Writes what was learnt into the model."""
        with self._model_storage.write_to(self._resource) as directory:
            (directory / self.FILE_NAME).write_text(json.dumps(self._learnt, indent=1, sort_keys=True), "utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Loads a trained component (see parent class for full docstring)."""
        with model_storage.read_from(resource) as directory:
            learnt = json.loads((directory / cls.FILE_NAME).read_text("utf-8"))
        return cls(model_storage, resource, learnt)

    @staticmethod
    def required_packages() -> list[str]:
        """Names the Python packages this component needs (see parent class for full docstring)."""
        return ["rapidfuzz"]
