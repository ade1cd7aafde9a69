"""Sentence embedding of a message, from a small transformer."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tokenizers import Tokenizer

MODEL_DIR = Path(__file__).parents[1] / "model"
MAX_TOKENS = 256
SPELLED = "spelled_text"
"""Where a message keeps its text without slips of the pen, if a component in front has mended it."""
KEPT = 8
"""One in so many examples is kept from the tuning of the encoder."""


def is_kept_from_tuning(text: str) -> bool:
    """Tells whether an example is one that `model/tune.py` must not learn from, by the checksum of its text.

    What the encoder was tuned on it understands too well: only what is kept from it tells how sure it will be of
    messages to come.
    """
    return zlib.crc32(text.encode()) % KEPT == 0


class SentenceEncoder:
    """all-MiniLM-L6-v2, tuned, as int8 ONNX: a text in, what its six layers make of it out."""

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
            A row of 384 floats for each layer, each of unit length. The last is the sentence embedding proper; the
            earlier ones stay closer to the words.
        """
        ids = np.array(self._tokenizer.encode(text).ids, dtype=np.int64)
        (layers,) = self._session.run(["layers"], {"ids": ids})
        return layers / np.linalg.norm(layers, axis=1, keepdims=True)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MiniLMFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each message one dense sentence feature: the embeddings of all layers, one behind the other.

    The last layer alone is what others take for the sentence. The layers before it cost nothing more, and a
    classifier that sees them all is right more often, by far where intents are near each other.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config (see parent class for full docstring)."""
        return DenseFeaturizer.get_default_config()

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

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the embedding of its text to each message."""
        for message in _with_text(messages):
            self._add(message, self._encoder.encode(_text(message)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the embeddings of the training examples, on all cores."""
        examples = _with_text(training_data.training_examples)
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            embedded = threads.map(self._encoder.encode, map(_text, examples))
            for example, layers in zip(examples, embedded, strict=True):
                self._add(example, layers)
        return training_data

    def _add(self, message: Message, layers: np.ndarray) -> None:
        self.add_features_to_message(
            sequence=None, sentence=layers.reshape(1, -1), attribute=TEXT, message=message
        )

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Validates that the component is configured properly; there is nothing to configure."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes other weights mean a new training (see parent class for full docstring)."""
        return (MODEL_DIR / "SHA256SUMS").read_text()

    @staticmethod
    def required_packages() -> list[str]:
        """Names the Python packages this component needs (see parent class for full docstring)."""
        return ["onnxruntime", "tokenizers"]


def _text(message: Message) -> str:
    return str(message.get(SPELLED) or message.get(TEXT))


def _with_text(messages: Iterable[Message]) -> list[Message]:
    return [message for message in messages if message.get(TEXT) is not None]
