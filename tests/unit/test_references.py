"""What an application is called."""

import pytest

from admissions.applications import read_reference
from admissions.references import new_reference, references_in


def test_references_are_not_alike_and_are_read_as_people_type_them() -> None:
    references = {new_reference() for _ in range(1000)}
    assert len(references) == 1000
    for reference in references:
        assert read_reference(f"my reference is {reference.lower().replace('-', '')}, thanks") == reference
        assert not set(reference) & set("01258BILOSUVZ")


@pytest.mark.parametrize("text", ["", "hello", "7K4M", "7K4M-WQ3", "7K4M-WQ3XX", "0K4M-WQ3X", "amina@example.org"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert read_reference(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7K4M-WQ3X", ["7K4M-WQ3X"]),
        ("what about 7k4m-wq3x?", ["7K4M-WQ3X"]),
        ("7k4m wq3x", ["7K4M-WQ3X"]),
        ("ref 7K4MWQ3X.", ["7K4M-WQ3X"]),
        ("HMC-7K4M-WQ3X", ["7K4M-WQ3X"]),
        ("#7K4M-WQ3X", ["7K4M-WQ3X"]),
        ("7K4M-WQ3X or ACDE-FGHJ", ["7K4M-WQ3X", "ACDE-FGHJ"]),
        ("my reference is acde fghj", ["ACDE-FGHJ"]),
        ("application number: 4937 6497", ["4937-6497"]),
        ("ref no. tktm wqxx", ["TKTM-WQXX"]),
        ("next week", []),
        ("want that exam date", []),
        ("they want the team near", []),
        ("4937 6497", []),
        ("+92 300 4937 6497", []),
        ("7K4M-WQ3", []),
        ("7K4M-WQ3XX", []),
        ("HMC-1042", []),
        ("70LM-WQ3X", []),
        ("step 2 score 245", []),
        ("", []),
    ],
)
def test_a_reference_is_found_in_a_message_that_nobody_was_asked_for(text: str, found: list[str]) -> None:
    assert [reference for _, _, reference in references_in(text)] == found


def test_every_reference_that_is_issued_is_found() -> None:
    for reference in (new_reference() for _ in range(1000)):
        for words in (f"any news on {reference}?", f"any news on hmc-{reference.lower()} pls", reference.lower()):
            assert [each for _, _, each in references_in(words)] == [reference]
