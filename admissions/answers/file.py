"""The answers file: what a coordinator edits, read and checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from admissions import editable
from admissions.answers.errors import AnswersInvalid
from admissions.answers.rules import FOLLOW_UPS_AT_MOST, Fact, problems

Title = Annotated[str, Field(min_length=1, max_length=64)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class AnswerEntry(_Part):
    """One answer in the file; its fields are explained at the top of `answers.yml`."""

    topic: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    question: Title
    text: Annotated[str, Field(min_length=1, max_length=8000)]
    facts: list[str]
    source: Annotated[str, Field(min_length=1)]
    checked_on: date
    follow_ups: Annotated[list[str], Field(max_length=FOLLOW_UPS_AT_MOST)] = []
    offers_person: bool = False


class AnswersFile(_Part):
    """The whole file: the answers by name, and for each specialty the name of the answer about it."""

    answers: Mapping[str, AnswerEntry]
    specialties: Mapping[str, list[str]]

    @model_validator(mode="after")
    def _rest_on_facts(self) -> Self:
        if found := list(self._problems()):
            raise editable.Misfits(found)
        return self

    def _problems(self) -> Iterator[tuple[editable.Place, str]]:
        for name, answer in self.answers.items():
            for field, why in problems(name, answer, self.answers, read_facts()):
                yield ("answers", name, field), why
        for name in self.specialties:
            if name not in self.answers:
                yield ("specialties", name), f"there is no answer {name}"
        named = [specialty for specialties in self.specialties.values() for specialty in specialties]
        for specialty in sorted({one for one in named if named.count(one) > 1}):
            yield ("specialties",), f"{specialty} is named twice"


@cache
def read_facts() -> Mapping[str, Fact]:
    """Read what HMC says of itself (`facts.yml`), by id."""
    entries = yaml.safe_load(Path(__file__).with_name("facts.yml").read_text("utf-8"))
    return {
        name: Fact(entry) if isinstance(entry, str) else Fact(entry["fact"], entry["conflicts_with"])
        for name, entry in entries.items()
    }


def read_answers(file: Path) -> AnswersFile:
    """Read and check the answers.

    Raises:
        AnswersInvalid: Something in the file cannot be used; each problem names its place.
    """
    try:
        return editable.read(file, AnswersFile)
    except editable.EditableInvalid as invalid:
        raise AnswersInvalid(invalid.problems) from invalid
