"""Tells the intent of a message from its embedding, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from nlu.components.minilm_featurizer import is_kept_from_tuning
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.optimize import minimize
from sklearn.model_selection import StratifiedKFold
from sklearn.utils.extmath import randomized_svd

STEPS = 30
"""Of the optimiser; more change nothing that can be measured."""
NEVER = -1e9
"""The bias of an intent without examples."""
SMALLEST = 1e-9
"""Keeps a division by nothing from happening."""
VOTERS = 10
"""How many of the nearest examples vote."""
CLOSENESS = 4
"""How much more a close example's vote counts: the power of its cosine."""
VOTE = 0.5
"""How much the votes count beside the regression: the power of their share."""
LIKELY = 8
"""The examples of so many intents, the likeliest by the regression, are compared with a message."""
NO_VOTES = 0.02
"""The share that an intent is given for which no example voted."""
SPANNING = 4000
"""So many examples at least, spread over all intents, tell along which axes messages differ."""
ENOUGH = 300
"""From so many examples on the threshold is found on those alone that the encoder was not tuned on."""


@dataclass
class Head:
    """What was learnt; every field is an array, so that a model holds numbers and no code.

    Attributes:
        intents: The names, in the order of the columns of `weights`.
        mean: What all examples have in common, for each layer.
        shares: How much each layer counts.
        axes: From the layers to fewer numbers.
        weights: The logistic regression.
        bias: Its bias.
        examples: The projected training examples, of unit length.
        labels: The place of each example's intent among them, in rising order.
        threshold: The confidence below which a message is not understood.
    """

    intents: np.ndarray
    mean: np.ndarray
    shares: np.ndarray
    axes: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    examples: np.ndarray
    labels: np.ndarray
    threshold: np.ndarray

    def project(self, features: np.ndarray) -> np.ndarray:
        """Turns features of messages, a row each, into the vectors of unit length that are classified."""
        return _unit(_weigh(features, self.mean, self.shares) @ self.axes)

    def rank(self, features: np.ndarray) -> list[tuple[str, float]]:
        """Ranks the intents that one message may have.

        Returns:
            The names, likeliest first, each with its confidence.
        """
        vectors = self.project(features[np.newaxis, :])
        [chances], [confidences] = self.weigh_up(vectors, self._cosines_to_likely(vectors))
        order = np.argsort(-chances, kind="stable")
        return [(str(self.intents[place]), float(confidences[place])) for place in order]

    def _cosines_to_likely(self, vectors: np.ndarray) -> np.ndarray:
        """Compares one message with the examples of the likeliest intents; the others count as unlike it.

        Of thousands of examples most belong to intents that the regression has ruled out; to read them all takes
        longer than everything else here.
        """
        cosines = np.full((1, len(self.examples)), -1, np.float32)
        likely = np.argsort(-(vectors @ self.weights + self.bias)[0])[:LIKELY]
        firsts, ends = np.searchsorted(self.labels, likely), np.searchsorted(self.labels, likely, side="right")
        for first, end in zip(firsts, ends, strict=True):
            np.matmul(self.examples[first:end], vectors[0], out=cosines[0, first:end])
        return cosines

    def weigh_up(self, vectors: np.ndarray, cosines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Lets the regression and the nearest examples judge messages.

        The regression sees what sets an intent apart as a whole. The votes know the single examples: a wording
        that is rare for its intent, and learnt once, is recognised by them.

        Args:
            vectors: The projected messages, a row each.
            cosines: Of each message to each example.

        Returns:
            For each message the probability of each intent, and how sure it is: the square root of its probability
            by the regression alone times the cosine to the intent's nearest example. The first says how the
            intents compare, the second whether any fits. The votes are left out, as they agree on a neighbouring
            topic as well.
        """
        places = np.arange(len(vectors))[:, np.newaxis]
        votes = np.zeros((len(vectors), len(self.intents)), np.float32)
        voters = np.argpartition(-cosines, min(VOTERS, cosines.shape[1]) - 1, axis=1)[:, :VOTERS]
        np.add.at(votes, (places, self.labels[voters]), np.maximum(cosines[places, voters], 0) ** CLOSENESS)
        nearest = np.maximum.reduceat(cosines, np.searchsorted(self.labels, np.arange(len(self.intents))), axis=1)

        shares = votes / np.maximum(votes.sum(axis=1, keepdims=True), SMALLEST)
        regressed = _softmax(vectors @ self.weights + self.bias)
        chances = regressed * (shares + NO_VOTES) ** VOTE
        return chances / chances.sum(axis=1, keepdims=True), np.sqrt(regressed) * np.maximum(nearest, 0)

    def save(self, file: Path) -> None:
        """Writes the arrays."""
        np.savez(file, **{field.name: getattr(self, field.name) for field in fields(self)})

    @classmethod
    def load(cls, file: Path) -> Head:
        """Reads the arrays; a file that holds anything else is refused.

        Raises:
            ValueError: The file holds pickled objects.
        """
        with np.load(file, allow_pickle=False) as arrays:
            return cls(**{field.name: arrays[field.name] for field in fields(cls)})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EmbeddingClassifier(GraphComponent, IntentClassifier):
    """Classifies the embeddings of `MiniLMFeaturizer`, and knows when it does not know.

    A logistic regression and the nearest examples judge together; see `Head.weigh_up`.

    The confidence below which it gives `nlu_fallback` is found at each training by cross-validation: it is the one
    at which the share `refused` of the messages that have an answer is asked back about. Asked are the examples
    that the encoder was not tuned on, where there are enough of them. The threshold is part of the model, so there
    is none to keep in step with the training data.
    """

    FILE_NAME = "head.npz"

    @classmethod
    def required_components(cls) -> list[type]:
        """Components that should be included in the pipeline before this component."""
        return [DenseFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config (see parent class for full docstring)."""
        return {
            # How much each layer of the embedding counts, the first to the last.
            "layers": [0.5, 0.5, 0.5, 0.5, 0.6, 1.0],
            # To how many numbers the layers are brought together.
            "dimensions": 320,
            # The inverse of the logistic regression's regularisation.
            "C": 36.0,
            # The share of messages with an answer that may be asked back about.
            "refused": 0.05,
            # The parts of the cross-validation that finds the threshold.
            "folds": 2,
            # Intents that have no answer: what the assistant should refuse.
            "without_answer": ["out_of_scope"],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EmbeddingClassifier:
        """Creates an untrained component (see parent class for full docstring)."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        head: Head | None = None,
    ) -> None:
        """Creates a new instance.

        Args:
            config: The configuration.
            model_storage: Storage which graph components can use to persist and load themselves.
            resource: Resource locator for this component in the model storage.
            head: What was learnt; none before training.
        """
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._head = head

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents, and from which confidence on they hold."""
        examples = training_data.intent_examples
        features = np.concatenate([_features_of(example) for example in examples])
        intents, labels = np.unique([example.get(INTENT) for example in examples], return_inverse=True)
        kept = np.array([is_kept_from_tuning(example.get(TEXT)) for example in examples])

        self._head = self.fit(self._config, features, intents, labels, kept)
        self.persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent of each message, and how the others rank."""
        for message in messages:
            if self._head is None or not message.features_present(TEXT):
                continue
            ranking = [
                {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
                for name, confidence in self._head.rank(_features_of(message)[0])
            ]
            best = ranking[0][PREDICTED_CONFIDENCE_KEY]
            if best < self._head.threshold:
                not_understood = {
                    INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME,
                    PREDICTED_CONFIDENCE_KEY: 1 - best,
                }
                ranking.insert(0, not_understood)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    @classmethod
    def fit(
        cls,
        config: dict[str, Any],
        features: np.ndarray,
        intents: np.ndarray,
        labels: np.ndarray,
        kept: np.ndarray,
    ) -> Head:
        """Learns from features of examples, a row each.

        Args:
            config: As `get_default_config` has it.
            features: What the featurizer made of the examples.
            intents: The names of the intents.
            labels: For each example the place of its intent among them.
            kept: Which examples the encoder was not tuned on.
        """
        order = np.argsort(labels, kind="stable")
        features, labels, kept = features[order], labels[order], kept[order]
        shares = np.array(config["layers"], np.float32)
        mean = features.mean(axis=0)
        weighed = _weigh(features, mean, shares)
        some = weighed[:: max(1, len(weighed) // SPANNING)]
        _, _, rows = randomized_svd(some, min(config["dimensions"], *some.shape), n_iter=2, random_state=0)
        axes = rows.T.astype(np.float32)
        examples = _unit(weighed @ axes)
        weights, bias = _regress(examples, labels, len(intents), config["C"])
        head = Head(intents, mean, shares, axes, weights, bias, examples, labels, np.array(0.0))
        asked = kept if kept.sum() >= ENOUGH else np.ones_like(kept)
        return replace(head, threshold=np.array(_threshold(head, config, asked)))

    def persist(self) -> None:
        """Writes what was learnt into the model."""
        if self._head is not None:
            with self._model_storage.write_to(self._resource) as directory:
                self._head.save(directory / self.FILE_NAME)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EmbeddingClassifier:
        """Loads a trained component (see parent class for full docstring)."""
        with model_storage.read_from(resource) as directory:
            head = Head.load(directory / cls.FILE_NAME)
        return cls(config, model_storage, resource, head)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Validates that the component is configured properly.

        Raises:
            InvalidConfigException: A number is not in its range.
        """
        if not 0 <= config["refused"] < 1:
            raise InvalidConfigException(f"'refused' of {cls.__name__} is a share: at least 0, less than 1.")
        if not config["C"] > 0 or config["dimensions"] < 1:
            raise InvalidConfigException(f"'C' and 'dimensions' of {cls.__name__} have to be greater than 0.")

    @staticmethod
    def required_packages() -> list[str]:
        """Names the Python packages this component needs (see parent class for full docstring)."""
        return ["scipy", "sklearn"]


def _regress(vectors: np.ndarray, labels: np.ndarray, number: int, c: float) -> tuple[np.ndarray, np.ndarray]:
    """Fits the regression, every intent counting the same; one that no example has stays next to impossible.

    What is minimised is what scikit-learn's `LogisticRegression` minimises. Each dimension is scaled by how steep
    the loss is along it at the start, without which three times as many steps are needed.

    Returns:
        The weights, a column for each intent, and the biases.
    """
    counts = np.bincount(labels, minlength=number)
    per_example = (c * len(labels) / np.count_nonzero(counts) / np.maximum(counts, 1))[labels].astype(np.float32)
    inputs = np.column_stack([vectors, np.ones(len(vectors), np.float32)])
    rows, steepness = np.arange(len(labels)), 1 + (per_example[:, np.newaxis] * inputs**2).sum(axis=0) / number
    scale = 1 / np.sqrt(steepness)[:, np.newaxis].astype(np.float32)
    absent = np.where(counts, 0, NEVER).astype(np.float32)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights = point.reshape(inputs.shape[1], number).astype(np.float32) * scale
        chances = _softmax(inputs @ weights + absent)
        right = chances[rows, labels]
        chances[rows, labels] -= 1
        penalised = weights * (np.arange(len(weights)) < vectors.shape[1])[:, np.newaxis]
        slope = (inputs.T @ (chances * per_example[:, np.newaxis]) + penalised) * scale
        missed = -per_example @ np.log(np.maximum(right, SMALLEST))
        return float(missed + (penalised**2).sum() / 2), slope.ravel().astype(np.float64)

    start = np.zeros(inputs.shape[1] * number)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights = found.x.reshape(inputs.shape[1], number).astype(np.float32) * scale
    return weights[:-1], weights[-1] + absent


def _threshold(head: Head, config: dict[str, Any], asked: np.ndarray) -> float:
    """Finds the confidence that the allowed share of messages with an answer does not reach.

    Each of the examples that are asked is judged by what was learnt without it. A message that is taken for one
    without an answer is refused as well, and counts as such.
    """
    [places] = np.nonzero(asked)
    folds = min(config["folds"], np.bincount(head.labels).min())
    if folds < 2:
        return 0.0
    without_answer = np.isin(head.intents, config["without_answer"])
    confidences = np.zeros(len(places))
    for _, part in StratifiedKFold(folds, shuffle=True, random_state=0).split(places, head.labels[places]):
        learnt = np.delete(np.arange(len(head.labels)), places[part])
        without = replace(head, examples=head.examples[learnt], labels=head.labels[learnt])
        without.weights, without.bias = _regress(without.examples, without.labels, len(head.intents), config["C"])
        vectors = head.examples[places[part]]
        chances, sureness = without.weigh_up(vectors, vectors @ without.examples.T)
        best = chances.argmax(axis=1)
        sure = sureness[np.arange(len(best)), best]
        confidences[part] = np.where(without_answer[best], 0.0, sure)
    return float(np.quantile(confidences[~without_answer[head.labels[places]]], config["refused"]))


def _features_of(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features(TEXT)
    return np.asarray(sentence.features, np.float32)


def _weigh(features: np.ndarray, mean: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Takes away what all messages have in common, and lets each layer count as much as its share."""
    layers = (features - mean).reshape(len(features), len(shares), -1)
    return (_unit(layers) * shares[:, np.newaxis]).reshape(len(features), -1)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), SMALLEST)


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
