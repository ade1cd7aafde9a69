"""Our language understanding beside Rasa's stock pipeline and sparse features with a regression, on CLINC150.

    NLU_BENCH_DATA=folder make nlu-bench
    nlu/.venv/bin/python -m nlu.bench --data folder --draws 3 --stock-draws 1

The folder holds clinc150.json: `data/data_full.json` of https://github.com/clinc/oos-eval (Larson et al. 2019,
CC BY 3.0) under that name. The stock pipeline needs TensorFlow and Python 3.10; its environment is made once, in
the user's cache folder. It trains for ten minutes and more for each draw, so it is asked for fewer of them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlu.bench.scores import HEAD, row
from nlu.bench.sets import FILE_NAME, Set, few_shot, full, of_our_size, read

ROOT = Path(__file__).parents[2]
PIPELINES = Path(__file__).parent / "pipelines"
STOCK = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clerkship" / "rasa-stock"
REQUIREMENTS = ("rasa==3.6.21", "setuptools<71")
ONE_CORE = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}


def main(arguments: Sequence[str]) -> None:
    """Measures what was asked for, and prints a row as soon as it is known."""
    wanted = _read(arguments)
    print("Milliseconds are of this machine, one core; compare the ratios.\n")
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, measured in enumerate(_sets(wanted)):
            for pipeline in _pipelines(wanted, number):
                print(row(pipeline, measured, _measure(pipeline, measured, Path(folder))), flush=True)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlu.bench", description="Measures language understanding.")
    parser.add_argument("--data", type=Path, default=os.environ.get("NLU_BENCH_DATA"), help="holds clinc150.json")
    parser.add_argument("--draws", type=int, default=3, help="of 40 intents")
    parser.add_argument("--stock-draws", type=int, default=1, help="of them by the stock pipeline too")
    parser.add_argument("--sparse-draws", type=int, default=3, help="of them by sparse features too")
    parser.add_argument("--without-full", action="store_true", help="leave all of CLINC150 out, which takes 5 min")
    wanted = parser.parse_args(arguments)
    if wanted.data is None or not (Path(wanted.data) / FILE_NAME).is_file():
        parser.error(
            f"{FILE_NAME} is needed: NLU_BENCH_DATA or --data names its folder (see the top of {__file__})"
        )
    return wanted


def _sets(wanted: argparse.Namespace) -> Iterator[Set]:
    clinc = read(Path(wanted.data))
    yield from (of_our_size(clinc, draw) for draw in range(wanted.draws))
    yield few_shot(clinc, 10, draw=0)
    if not wanted.without_full:
        yield full(clinc)


def _pipelines(wanted: argparse.Namespace, number: int) -> Iterator[str]:
    yield "ours"
    if number < min(wanted.draws, wanted.sparse_draws):
        yield "sparse"
    if number < min(wanted.draws, wanted.stock_draws):
        yield "stock"


def _measure(pipeline: str, measured: Set, folder: Path) -> dict:
    given, written = folder / "set.json", folder / "predictions.json"
    messages = measured.messages | {
        "validation": measured.validation,
        "far_validation": measured.out_of_scope_validation,
    }
    given.write_text(json.dumps({"training": measured.training, "messages": messages}), "utf-8")
    python = _stock_environment() if pipeline == "stock" else Path(sys.executable)
    command = [python, "-W", "ignore", "-m", "nlu.bench.measuring", PIPELINES / f"{pipeline}.yml", given, written]
    environment = os.environ | ONE_CORE | QUIET | {"PYTHONPATH": str(ROOT), "RASA_MAX_CACHE_SIZE": "0"}
    with (folder / "log").open("wb") as log:
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        sys.exit((folder / "log").read_text("utf-8", "replace")[-3000:])
    return json.loads(written.read_text("utf-8"))


def _stock_environment() -> Path:
    """Returns the Python of Rasa's stock environment, which is made where there is none."""
    python = STOCK / "bin" / "python"
    if not (STOCK / "made").exists():
        uv, wanted = os.environ.get("UV", "uv"), os.environ.get("STOCK_PYTHON", "3.10")
        subprocess.run([uv, "venv", "--clear", "--quiet", "--python", wanted, STOCK], check=True)  # noqa: S603
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *REQUIREMENTS], check=True)  # noqa: S603
        (STOCK / "made").touch()
    return python


if __name__ == "__main__":
    main(sys.argv[1:])
