"""Log lines: the id of what is at work, errors with their traces, and no secret."""

import json
import logging
from collections.abc import Iterator

import pytest

from admissions import tracing
from admissions.logs import keep_private

SECRET = "424242:a-token"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_of_json_carries_the_id_and_the_trace_and_hides_the_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    keep_private(SECRET, part="bot", as_json=True)
    with tracing.following("update-7"):
        logging.getLogger("bot").error("asked %s\nin vain", SECRET, exc_info=ValueError(SECRET))
    logging.getLogger("bot").info("idle")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["message"], first["correlation_id"], first["level"]) == (
        "asked ***\nin vain",
        "update-7",
        "error",
    )
    assert first["exception"].endswith("ValueError: ***")
    assert (second["part"], "correlation_id" in second) == ("bot", False)


def test_a_line_of_text_names_the_id(capsys: pytest.CaptureFixture[str]) -> None:
    keep_private()
    with tracing.following("update-7"):
        logging.getLogger("bot").info("asked")
    assert capsys.readouterr().err.endswith("INFO bot [update-7]: asked\n")


@pytest.mark.parametrize("value", [None, 7, "", "a b", "x" * 65, 'a"\n'])
def test_what_is_no_id_is_none(value: object) -> None:
    assert tracing.read(value) is None
    assert tracing.read("update-7") == "update-7"
