"""Choose the fallback threshold by cross-validation on the training data.

Run it after a change of the training data, and write what it prints into config.yml:

    nlu/.venv/bin/python nlu/choose_threshold.py
"""

import sys
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
warnings.filterwarnings("ignore")

from nlu.components.minilm_featurizer import MODEL_DIR, SentenceEncoder  # noqa: E402
from rasa.shared.nlu.training_data.loading import load_data  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: E402

SCALE = 6.0
REFUSED = 0.05
"""The share of messages with an answer that may be asked back about."""
NO_ANSWER = frozenset({"out_of_scope", "medical_advice", "immigration_legal"})


def main() -> None:
    """Print the threshold at which five in a hundred messages with an answer are asked back about."""
    examples = load_data(str(ROOT / "nlu" / "data" / "nlu")).intent_examples
    encoder = SentenceEncoder(MODEL_DIR)
    vectors = np.array([encoder.encode(example.get("text")) for example in examples]) * SCALE
    intents = np.array([example.get("intent") for example in examples])

    classifier = LogisticRegression(class_weight="balanced", max_iter=100)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    chances = cross_val_predict(classifier, vectors, intents, cv=folds, method="predict_proba")
    confidence = chances.max(axis=1)
    predicted = np.unique(intents)[chances.argmax(axis=1)]

    right = predicted == intents
    answerable = ~np.isin(intents, list(NO_ANSWER))
    answered_though_not = ~answerable & ~np.isin(predicted, list(NO_ANSWER))
    threshold = float(np.quantile(confidence[answerable], REFUSED))
    kept = answerable & (confidence >= threshold)
    second = np.sort(chances, axis=1)[:, -2]
    print(f"{len(examples)} examples, {len(set(intents))} intents, 5 folds")
    print(f"right: {right.mean():.3f}; of those with an answer {right[answerable].mean():.3f}")
    print(f"threshold: {threshold:.2f}; right of those kept: {right[kept].mean():.3f}")
    print(
        f"without an answer, taken for a question at that threshold:"
        f" {(answered_though_not & (confidence >= threshold)).sum() / (~answerable).sum():.3f}"
    )
    for gap in (0.02, 0.05, 0.1):
        close = kept & (confidence - second < gap)
        print(f"ambiguity {gap}: {close.sum() / answerable.sum():.3f} more, {right[close].mean():.2f} right")


if __name__ == "__main__":
    main()
