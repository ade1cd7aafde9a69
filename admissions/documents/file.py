"""The file of documents: what a coordinator edits, read and checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from admissions import editable
from admissions.answers import read_facts
from admissions.documents.errors import DocumentsInvalid
from admissions.documents.values import DocumentKind, WhenRequired

DOCUMENTS_FILE = Path(__file__).with_name("documents.yml")

Words = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class DocumentEntry(_Part):
    """One kind in the file; its fields are explained at the top of `documents.yml`."""

    title: Annotated[str, Field(min_length=1, max_length=64)]
    when_required: WhenRequired
    several_pages: bool
    words: list[Words]
    facts: Annotated[list[str], Field(min_length=1)]
    source: Words
    checked_on: date


class DocumentsFile(_Part):
    """The whole file: every kind once, in the order of the checklist."""

    referee_link_days: Annotated[int, Field(ge=1, le=90)]
    documents: Mapping[DocumentKind, DocumentEntry]

    @property
    def words(self) -> dict[DocumentKind, list[str]]:
        """How people call each kind."""
        return {kind: entry.words for kind, entry in self.documents.items()}

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if found := list(self._problems()):
            raise editable.Misfits(found)
        return self

    def _problems(self) -> Iterator[tuple[editable.Place, str]]:
        for kind in DocumentKind:
            if kind not in self.documents:
                yield ("documents",), f"{kind} is missing"
        for kind, entry in self.documents.items():
            for fact in entry.facts:
                if fact not in read_facts():
                    yield ("documents", kind, "facts"), f"there is no fact {fact}"


def read_documents(file: Path = DOCUMENTS_FILE) -> DocumentsFile:
    """Read and check the kinds of documents.

    Raises:
        DocumentsInvalid: Something in the file cannot be used; each problem names its place.
    """
    try:
        return editable.read(file, DocumentsFile)
    except editable.EditableInvalid as invalid:
        raise DocumentsInvalid(invalid.problems) from invalid
