"""How well the training data alone is understood: each part of it by a model trained on the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from nlu.bench.sets import Example
from nlu.components.embedding_classifier import EmbeddingClassifier, Head
from nlu.components.minilm_featurizer import MODEL_DIR, SentenceEncoder, is_kept_from_tuning
from nlu.components.spell_fix import Speller, vocabulary, words_of
from nlu.evaluating.messages import FALLBACK, Expected, Understood
from rasa.shared.nlu.training_data.loading import load_data
from sklearn.model_selection import StratifiedKFold, train_test_split

FOLDS = 5
COMPARED = 3000
"""So many examples every pipeline is trained on where they are compared: on all, DIET would take two hours."""
Fold = tuple[list[Example], list[Example]]
"""The examples to learn from, and those to ask."""


def read_examples(folder: Path) -> list[Example]:
    """Reads the texts of the training data with their intents."""
    examples = load_data(str(folder)).intent_examples
    return [(str(example.get("text")), str(example.get("intent"))) for example in examples]


def folds_of(examples: Sequence[Example]) -> list[Fold]:
    """Parts the examples in five, and lets each part be asked once."""
    texts, intents = zip(*examples, strict=True)
    parts = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, intents)
    return [
        ([examples[place] for place in learnt], [examples[place] for place in asked]) for learnt, asked in parts
    ]


def draw(examples: Sequence[Example]) -> Fold:
    """Draws the examples that pipelines are compared by, of each intent in its share.

    Returns:
        Those to learn from, and of the others those to ask: the ones that our encoder was not tuned on.
    """
    number = min(COMPARED, len(examples) // 2)
    learnt, others = train_test_split(
        list(examples), train_size=number, stratify=[intent for _, intent in examples], random_state=0
    )
    return learnt, [(text, intent) for text, intent in others if is_kept_from_tuning(text)]


def cross_validate(folds: Sequence[Fold]) -> list[list[Understood]]:
    """Lets a model understand each part, trained on the others.

    Asked is only what the encoder was not tuned on.
    """
    embed = cache(SentenceEncoder(MODEL_DIR).encode)
    understood = []
    for learnt, asked in folds:
        speller = Speller(Counter(word for text, _ in learnt for word in words_of(text)), vocabulary())
        features = {text: embed(speller.mend(text)).ravel() for text, _ in [*learnt, *asked]}
        head = _train(features, learnt)
        kept = [(text, intent) for text, intent in asked if is_kept_from_tuning(text)]
        understood.append([_one(head, features[text], text, intent) for text, intent in kept])
    return understood


def _train(features: Mapping[str, np.ndarray], learnt: Sequence[Example]) -> Head:
    names, labels = np.unique([intent for _, intent in learnt], return_inverse=True)
    kept = np.array([is_kept_from_tuning(text) for text, _ in learnt])
    rows = np.array([features[text] for text, _ in learnt])
    return EmbeddingClassifier.fit(EmbeddingClassifier.get_default_config(), rows, names, labels, kept)


def _one(head: Head, features: np.ndarray, text: str, intent: str) -> Understood:
    ranking: Sequence[tuple[str, float]] = head.rank(features)
    (best, confidence), *_ = ranking
    given = best if confidence >= head.threshold else FALLBACK
    return Understood(Expected(text, (intent,)), given, tuple(ranking[:3]), 0.0)
