"""Sentence embedding of a message, from a small transformer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tokenizers import Tokenizer

MODEL_DIR = Path(__file__).parents[1] / "model"
MAX_TOKENS = 256


class SentenceEncoder:
    """all-MiniLM-L6-v2 as int8 ONNX: a text in, a vector of unit length out."""

    def __init__(self, directory: Path) -> None:
        """Loads the encoder.

        Args:
            directory: Where `minilm_int8.onnx` and `tokenizer.json` are.
        """
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

        # A message takes about a millisecond: more threads would only wait for each other.
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            directory / "minilm_int8.onnx", options, providers=["CPUExecutionProvider"]
        )

    def encode(self, text: str) -> np.ndarray:
        """Embeds one text.

        Args:
            text: What the applicant wrote; beyond 256 tokens it is cut.

        Returns:
            384 floats of unit length.
        """
        ids = np.array(self._tokenizer.encode(text).ids, dtype=np.int64)
        (embedding,) = self._session.run(["emb"], {"ids": ids})
        return embedding.reshape(-1)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MiniLMFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each message one dense sentence feature: its embedding times `scale`.

    The stock `LogisticRegressionClassifier` has no setting for its regularisation, too strong on vectors of unit
    length. Vectors six times as long are the same as `C=36`, and give confidences that mean something.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config (see parent class for full docstring)."""
        return {**DenseFeaturizer.get_default_config(), "scale": 6.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MiniLMFeaturizer:
        """Creates the component (see parent class for full docstring)."""
        return cls(execution_context.node_name, config, SentenceEncoder(MODEL_DIR))

    def __init__(self, name: str, config: dict[str, Any], encoder: SentenceEncoder) -> None:
        """Instantiates the featurizer.

        Args:
            name: Marks this component's features, unless the config gives an alias.
            config: The configuration.
            encoder: Turns a text into a vector.
        """
        super().__init__(name, config)
        self._encoder = encoder
        self._scale = config["scale"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the embedding of its text to each message."""
        for message in messages:
            text = message.get(TEXT)
            if text is not None:
                embedding = self._encoder.encode(text) * self._scale
                self.add_features_to_message(
                    sequence=None, sentence=embedding[np.newaxis, :], attribute=TEXT, message=message
                )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the embeddings of the training examples."""
        self.process(training_data.training_examples)
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Validates that the component is configured properly.

        Raises:
            InvalidConfigException: The scale is not a positive number.
        """
        if not config["scale"] > 0:
            message = f"'scale' of {cls.__name__} is {config['scale']!r}; it has to be greater than 0."
            raise InvalidConfigException(message)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes other weights mean a new training (see parent class for full docstring)."""
        return (MODEL_DIR / "SHA256SUMS").read_text()

    @staticmethod
    def required_packages() -> list[str]:
        """Names the Python packages this component needs (see parent class for full docstring)."""
        return ["onnxruntime", "tokenizers"]
