"""How well the training data alone is understood: each part of it by a model trained on the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from nlu.components.embedding_classifier import EmbeddingClassifier, Head
from nlu.components.minilm_featurizer import MODEL_DIR, SentenceEncoder
from nlu.components.spell_fix import Speller, vocabulary, words_of
from nlu.evaluating.messages import FALLBACK, Expected, Understood
from rasa.shared.nlu.training_data.loading import load_data
from sklearn.model_selection import StratifiedKFold

FOLDS = 5


def cross_validate(folder: Path) -> list[Understood]:
    """Lets five models understand a fifth of the training data each, trained on the other four."""
    examples = load_data(str(folder)).intent_examples
    texts = [str(example.get("text")) for example in examples]
    intents, labels = np.unique([example.get("intent") for example in examples], return_inverse=True)
    embed = cache(SentenceEncoder(MODEL_DIR).encode)
    understood: list[Understood] = []
    for learnt, asked in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, labels):
        speller = Speller(Counter(word for place in learnt for word in words_of(texts[place])), vocabulary())
        features = np.array([embed(speller.mend(text)).ravel() for text in texts])
        head = _train(features[learnt], intents, labels[learnt])
        understood += [_one(head, features[place], texts[place], str(intents[labels[place]])) for place in asked]
    return understood


def _train(features: np.ndarray, intents: np.ndarray, labels: np.ndarray) -> Head:
    return EmbeddingClassifier.fit(EmbeddingClassifier.get_default_config(), features, intents, labels)


def _one(head: Head, features: np.ndarray, text: str, intent: str) -> Understood:
    ranking: Sequence[tuple[str, float]] = head.rank(features)
    (best, confidence), *_ = ranking
    given = best if confidence >= head.threshold else FALLBACK
    return Understood(Expected(text, (intent,)), given, tuple(ranking[:3]), 0.0)
