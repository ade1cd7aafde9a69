"""Our language understanding beside Rasa's stock pipeline and sparse features with a regression, on CLINC150.

    NLU_BENCH_DATA=folder make nlu-bench
    nlu/.venv/bin/python -m nlu.bench --data folder --draws 3 --stock-draws 3

The folder holds clinc150.json: `data/data_full.json` of https://github.com/clinc/oos-eval (Larson et al. 2019,
CC BY 3.0) under that name. The other pipelines run in Rasa's stock environment, with TensorFlow and Python 3.10,
which is made once, in the user's cache folder. The stock one trains for ten minutes and more for each draw, so
what it understood is kept there too.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlu.bench.running import Predictions, run
from nlu.bench.scores import HEAD, row
from nlu.bench.sets import FILE_NAME, Set, few_shot, full, of_our_size, read


def main(arguments: Sequence[str]) -> None:
    """Measures what was asked for, and prints a row as soon as it is known."""
    wanted = _read(arguments)
    print("Milliseconds are of this machine, one core; compare the ratios.\n")
    print(HEAD, flush=True)
    for number, measured in enumerate(_sets(wanted)):
        for pipeline in _pipelines(wanted, number):
            print(row(pipeline, measured, _measure(pipeline, measured)), flush=True)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlu.bench", description="Measures language understanding.")
    parser.add_argument("--data", type=Path, default=os.environ.get("NLU_BENCH_DATA"), help="holds clinc150.json")
    parser.add_argument("--draws", type=int, default=3, help="of 40 intents")
    parser.add_argument("--stock-draws", type=int, default=3, help="of them by the stock pipeline too")
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


def _measure(pipeline: str, measured: Set) -> Predictions:
    more = {"validation": measured.validation, "far_validation": measured.out_of_scope_validation}
    return run(pipeline, measured.training, measured.messages | more)


if __name__ == "__main__":
    main(sys.argv[1:])
