"""What of a message is kept, and which are weak."""

import pytest

from admissions.understanding import Weakness, redact
from admissions.understanding.rules import weakness_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("write to amina.yusuf@gmail.com please", "write to [e-mail] please"),
        ("my number is +234 803 123 4567", "my number is [phone]"),
        ("call (713) 555-0123", "call [phone]"),
        ("passport A1234567, thanks", "passport [passport], thanks"),
        ("reference HMC-10422 what now", "reference [reference] what now"),
        ("usmle id 5-123-456-7", "usmle id [phone]"),
        ("id 123456", "id [number]"),
        ("i graduated in 2019", "i graduated in 2019"),
        ("step 2 score 245, 4 weeks from 1 june 2027", "step 2 score 245, 4 weeks from 1 june 2027"),
        ("b1 or b2?", "b1 or b2?"),
    ],
)
def test_what_tells_who_somebody_is_is_left_out(written: str, kept: str) -> None:
    assert redact(written) == kept


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
