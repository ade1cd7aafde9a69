import hashlib

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.minilm_featurizer import (
    MODEL_DIR,
    SPELLED,
    MiniLMFeaturizer,
    SentenceEncoder,
    is_kept_from_tuning,
)

LAYERS, WIDTH = 6, 384
KEPT = [4, 16, 21, 35]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(MODEL_DIR)


@pytest.fixture(scope="module")
def featurizer(encoder: SentenceEncoder) -> MiniLMFeaturizer:
    return MiniLMFeaturizer("minilm", MiniLMFeaturizer.get_default_config(), encoder)


def sentence_features(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features(TEXT)
    assert sentence is not None
    return sentence.features


@pytest.mark.parametrize("line", (MODEL_DIR / "SHA256SUMS").read_text().splitlines())
def test_model_file_is_the_one_we_took(line: str) -> None:
    checksum, name = line.split()
    assert hashlib.sha256((MODEL_DIR / name).read_bytes()).hexdigest() == checksum


def test_one_example_in_eight_is_kept_from_tuning_and_stays_so() -> None:
    kept = [number for number in range(8000) if is_kept_from_tuning(f"message {number}")]
    assert 900 < len(kept) < 1100
    assert kept[:4] == KEPT, "the encoder that is shipped was tuned by this rule"


def test_licence_is_shipped_with_the_weights() -> None:
    assert "Apache License" in (MODEL_DIR / "LICENSE").read_text()
    assert "all-MiniLM-L6-v2" in (MODEL_DIR / "NOTICE").read_text()


def test_features_are_the_layers_one_behind_the_other(featurizer: MiniLMFeaturizer) -> None:
    message = Message.build("how do I apply for a rotation")
    featurizer.process([message])
    features = sentence_features(message)
    assert features.shape == (1, LAYERS * WIDTH)
    assert np.linalg.norm(features.reshape(LAYERS, WIDTH), axis=1) == pytest.approx(np.ones(LAYERS), rel=1e-4)


def test_mended_text_is_embedded_where_there_is_one(featurizer: MiniLMFeaturizer) -> None:
    written, meant = Message.build("how mcuh is it"), Message.build("how much is it")
    written.set(SPELLED, "how much is it")
    featurizer.process([written, meant])
    np.testing.assert_array_equal(sentence_features(written), sentence_features(meant))


def test_same_text_gives_same_features(featurizer: MiniLMFeaturizer) -> None:
    first, second = Message.build("do you help with the visa?"), Message.build("do you help with the visa?")
    featurizer.process([first, second])
    np.testing.assert_array_equal(sentence_features(first), sentence_features(second))


def test_training_and_talking_see_the_same_features(featurizer: MiniLMFeaturizer) -> None:
    example, message = Message.build("is housing included"), Message.build("is housing included")
    featurizer.process_training_data(TrainingData([example]))
    featurizer.process([message])
    np.testing.assert_array_equal(sentence_features(example), sentence_features(message))


def test_close_meanings_are_closer_than_far_ones(encoder: SentenceEncoder) -> None:
    price, same, other = (
        encoder.encode(text)[-1] for text in ("how much does it cost", "what is the price", "my cat sleeps")
    )
    assert price @ same > price @ other + 0.3


@pytest.mark.parametrize("text", ["x " * 2048, "😀", "\x00", "مرحبا", "<b>hi</b>", " "])
def test_any_text_has_features(featurizer: MiniLMFeaturizer, text: str) -> None:
    message = Message.build(text)
    featurizer.process([message])
    assert np.isfinite(sentence_features(message)).all()


def test_text_beyond_the_limit_does_not_matter(encoder: SentenceEncoder) -> None:
    np.testing.assert_array_equal(encoder.encode("visa " * 300), encoder.encode("visa " * 900))


def test_message_without_text_stays_without_features(featurizer: MiniLMFeaturizer) -> None:
    message = Message({})
    featurizer.process([message])
    assert message.features == []
