from pathlib import Path

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.embedding_classifier import EmbeddingClassifier, Head
from nlu.components.minilm_featurizer import MODEL_DIR, MiniLMFeaturizer, SentenceEncoder

EXAMPLES = {
    "faq_cost": ["how much is it", "what is the price", "is it free", "what do I pay", "the fee please", "cost?"],
    "faq_visa": ["do you help with the visa", "visa letter", "I need a visa", "embassy papers", "B1", "visa?"],
    "out_of_scope": ["tell me a joke", "who won the match", "my cat sleeps", "play music", "asdf", "pizza please"],
}


@pytest.fixture(scope="module")
def featurizer() -> MiniLMFeaturizer:
    return MiniLMFeaturizer("minilm", MiniLMFeaturizer.get_default_config(), SentenceEncoder(MODEL_DIR))


@pytest.fixture(scope="module")
def classifier(featurizer: MiniLMFeaturizer, tmp_path_factory: pytest.TempPathFactory) -> EmbeddingClassifier:
    """Trained, and loaded again as a running assistant does."""
    return trained(featurizer, tmp_path_factory.mktemp("model"), EXAMPLES)


def trained(featurizer: MiniLMFeaturizer, folder: Path, examples: dict[str, list[str]]) -> EmbeddingClassifier:
    config, storage, resource = (
        EmbeddingClassifier.get_default_config(),
        LocalModelStorage(folder),
        Resource("head"),
    )
    data = TrainingData([Message.build(text, intent) for intent, texts in examples.items() for text in texts])
    featurizer.process_training_data(data)
    EmbeddingClassifier.create(config, storage, resource, None).train(data)
    return EmbeddingClassifier.load(config, storage, resource, None)


def understood(classifier: EmbeddingClassifier, featurizer: MiniLMFeaturizer, text: str) -> Message:
    message = Message.build(text)
    classifier.process(featurizer.process([message]))
    return message


@pytest.mark.parametrize(
    ("text", "intent"),
    [("what is the fee", "faq_cost"), ("can you help me with my visa", "faq_visa"), ("a joke", "out_of_scope")],
)
def test_intent_is_told(
    classifier: EmbeddingClassifier, featurizer: MiniLMFeaturizer, text: str, intent: str
) -> None:
    ranking = understood(classifier, featurizer, text).get(INTENT_RANKING_KEY)
    assert next(guess["name"] for guess in ranking if guess["name"] != "nlu_fallback") == intent


def test_every_intent_is_ranked_with_a_confidence(
    classifier: EmbeddingClassifier, featurizer: MiniLMFeaturizer
) -> None:
    message = understood(classifier, featurizer, "how much is it")
    ranking = message.get(INTENT_RANKING_KEY)
    assert {guess["name"] for guess in ranking} == set(EXAMPLES)
    assert all(0 <= guess["confidence"] <= 1 for guess in ranking)
    assert message.get(INTENT) == ranking[0]


def test_an_example_is_more_certain_than_something_like_it(
    classifier: EmbeddingClassifier, featurizer: MiniLMFeaturizer
) -> None:
    example, like_it = (understood(classifier, featurizer, text).get(INTENT) for text in ("visa letter", "letter"))
    assert example["confidence"] > like_it["confidence"]


def test_what_nothing_is_like_falls_below_the_threshold(
    classifier: EmbeddingClassifier, featurizer: MiniLMFeaturizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier._head, "threshold", np.array(0.9))
    message = understood(classifier, featurizer, "umbrella")
    assert message.get(INTENT)["name"] == message.get(INTENT_RANKING_KEY)[0]["name"] == "nlu_fallback"
    assert message.get(INTENT_RANKING_KEY)[1]["confidence"] < 0.9


def test_threshold_is_found_at_training_and_kept_in_the_model(
    featurizer: MiniLMFeaturizer, tmp_path: Path
) -> None:
    head = trained(featurizer, tmp_path, EXAMPLES)._head
    assert 0 <= float(head.threshold) < 1
    [file] = tmp_path.rglob("*.npz")
    assert float(Head.load(file).threshold) == float(head.threshold)


def test_threshold_is_found_on_what_the_encoder_was_not_tuned_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was tuned on lies next to its kind, what was kept from it lies wide."""
    rng, config = np.random.default_rng(0), EmbeddingClassifier.get_default_config()
    intents, labels = np.array(["a", "b"]), np.repeat([0, 1], 100)
    kept = np.tile([True, False, False, False], 50)
    spread = np.where(kept, 1.5, 0.01)[:, np.newaxis]
    features = np.where(labels, 1, -1)[:, np.newaxis] + spread * rng.normal(size=(200, 2304))
    monkeypatch.setattr("nlu.components.embedding_classifier.ENOUGH", 50)
    asked_of_kept, asked_of_all = (
        float(EmbeddingClassifier.fit(config, features.astype(np.float32), intents, labels, new).threshold)
        for new in (kept, np.zeros(200, bool))
    )
    assert asked_of_kept < asked_of_all


def test_a_model_holds_arrays_and_no_code(featurizer: MiniLMFeaturizer, tmp_path: Path) -> None:
    trained(featurizer, tmp_path, EXAMPLES)
    [file] = tmp_path.rglob("*.npz")
    with np.load(file, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiU" for name in arrays.files)


@pytest.mark.parametrize("number", [1, 2])
def test_few_examples_are_enough_to_train(featurizer: MiniLMFeaturizer, tmp_path: Path, number: int) -> None:
    classifier = trained(featurizer, tmp_path, {intent: texts[:number] for intent, texts in EXAMPLES.items()})
    assert understood(classifier, featurizer, "how much is it").get(INTENT)["name"] == "faq_cost"


def test_two_intents_are_told_apart(featurizer: MiniLMFeaturizer, tmp_path: Path) -> None:
    classifier = trained(featurizer, tmp_path, {intent: EXAMPLES[intent] for intent in ("faq_cost", "faq_visa")})
    assert understood(classifier, featurizer, "I need a visa").get(INTENT)["name"] == "faq_visa"
    assert understood(classifier, featurizer, "is it free").get(INTENT)["name"] == "faq_cost"


@pytest.mark.parametrize("wrong", [{"refused": 1.0}, {"C": 0}, {"dimensions": 0}])
def test_wrong_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidConfigException):
        EmbeddingClassifier.validate_config(EmbeddingClassifier.get_default_config() | wrong)
