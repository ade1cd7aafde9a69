"""Which messages are weak."""

from datetime import UTC, datetime, timedelta

import pytest

from admissions.understanding import Weakness
from admissions.understanding.rules.weighing import RIGHT_AFTER, is_given_up, weakness_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("guesses", "done", "weakness"),
    [
        ([("faq_visa", 0.9)], "faq_visa", None),
        ([("faq_visa", 0.4)], "faq_visa", Weakness.UNSURE),
        ([("faq_visa", 0.2)], "nlu_fallback", Weakness.UNSURE),
        ([], "faq_visa", None),
    ],
)
def test_a_message_that_was_not_surely_understood_is_weak(
    guesses: list[tuple[str, float]], done: str, weakness: Weakness | None
) -> None:
    assert weakness_of(guesses, done) is weakness


@pytest.mark.parametrize("done", ["faq_visa", "several_questions", "out_of_scope"])
def test_who_asks_for_a_person_right_after_an_answer_has_given_up(done: str) -> None:
    assert is_given_up(done, NOON, NOON + RIGHT_AFTER)
    assert not is_given_up(done, NOON, NOON + RIGHT_AFTER + timedelta(seconds=1))


@pytest.mark.parametrize("done", ["greet", "handoff", "apply", "nlu_fallback"])
def test_who_got_no_answer_has_not(done: str) -> None:
    assert not is_given_up(done, NOON, NOON)
