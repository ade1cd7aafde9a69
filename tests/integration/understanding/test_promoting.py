"""Which model the assistant runs on, and with which a new one is compared."""

import os
from pathlib import Path

import pytest

from admissions.cli import learning, training
from admissions.cli.preparing import NotReady
from admissions.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "models").mkdir()
    return Settings(var_folder=tmp_path)


def made(model: Path, at: int = 0) -> Path:
    """Have a model there, as if it had been trained."""
    model.write_bytes(b"")
    os.utime(model, (at, at))
    return model


def of_other_examples(settings: Settings, name: str = "other") -> Path:
    model = training.model_file(settings)
    return model.with_name(f"{model.name.partition('-')[0]}-{name}.tar.gz")


def test_without_a_promoted_model_todays_runs(settings: Settings) -> None:
    today = made(training.model_file(settings))
    made(of_other_examples(settings))
    assert training.model_to_run(settings) == today


def test_the_promoted_model_runs_while_the_examples_alone_are_others(settings: Settings) -> None:
    made(training.model_file(settings))
    training.promote(settings, made(of_other_examples(settings)))
    assert training.model_to_run(settings) == of_other_examples(settings)


def test_todays_runs_once_more_than_the_examples_is_another(settings: Settings) -> None:
    today = made(training.model_file(settings))
    training.promote(settings, made(today.with_name("0123456789abcdef-other.tar.gz")))
    assert training.model_to_run(settings) == today
    assert training.before(settings, today) is None


def test_a_new_model_is_compared_with_the_newest_until_one_is_promoted(settings: Settings) -> None:
    today = made(training.model_file(settings), at=9)
    older, newer = (made(of_other_examples(settings, f"{at}"), at=at) for at in (1, 2))
    assert training.before(settings, today) == newer
    training.promote(settings, older)
    assert training.before(settings, today) == older


def test_a_worse_model_is_refused_and_never_runs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    made(training.model_file(settings), at=9)
    before = made(of_other_examples(settings))
    monkeypatch.setattr(learning, "_is_as_good", lambda _, old, __: old != before)
    with pytest.raises(NotReady, match="worse"):
        learning.check(settings)
    assert training.model_to_run(settings) == before


def test_a_model_that_is_as_good_runs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    today = made(training.model_file(settings), at=9)
    training.promote(settings, made(of_other_examples(settings)))
    monkeypatch.setattr(learning, "_is_as_good", lambda *_: True)
    learning.check(settings)
    assert training.model_to_run(settings) == today
