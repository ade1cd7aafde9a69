"""What of a text stays with the staff, and what asks nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.handoffs import is_courtesy, is_internal, without_internal

LINES = st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=9), max_size=6)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello", "Hello"),
        ("// not for her", ""),
        ("Hello\n// not for her\nBye", "Hello\nBye"),
        ("  // not for her\nBye", "Bye"),
        ("see https://example.org", "see https://example.org"),
        ("", ""),
    ],
)
def test_lines_that_begin_with_two_slashes_stay(text: str, told: str) -> None:
    assert without_internal(text) == told
    assert is_internal(text) is (told != text)


@given(LINES, LINES)
def test_no_internal_line_is_ever_told(told: list[str], internal: list[str]) -> None:
    text = "\n".join([*told, *(f"//{line}" for line in internal)])
    assert not any(line.lstrip().startswith("//") for line in without_internal(text).splitlines())


@pytest.mark.parametrize("text", ["thanks", "Thank you so much!!", "ok", "👍", "OK, great. Bye", ""])
def test_thanks_ask_nothing(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize("text", ["thanks, but when can I start", "no", "visa?", "ok send it"])
def test_everything_else_does(text: str) -> None:
    assert not is_courtesy(text)
