"""What an application is called."""

import pytest

from admissions.applications import read_reference
from admissions.references import new_reference


def test_references_are_not_alike_and_are_read_as_people_type_them() -> None:
    references = {new_reference() for _ in range(1000)}
    assert len(references) == 1000
    for reference in references:
        assert read_reference(f"my reference is {reference.lower().replace('-', '')}, thanks") == reference
        assert not set(reference) & set("01258BILOSUVZ")


@pytest.mark.parametrize("text", ["", "hello", "7K4M", "7K4M-WQ3", "7K4M-WQ3XX", "0K4M-WQ3X", "amina@example.org"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert read_reference(text) is None
