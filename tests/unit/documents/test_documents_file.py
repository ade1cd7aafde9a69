"""The file of documents: good as it is, and each mistake named with its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from admissions.documents import DocumentKind, DocumentsInvalid, WhenRequired, read_documents
from admissions.documents.file import DOCUMENTS_FILE


def test_the_file_has_every_kind_and_follows_the_facts() -> None:
    documents = read_documents().documents
    assert list(documents) == list(DocumentKind)
    first = {kind for kind, entry in documents.items() if entry.when_required is WhenRequired.WITH_APPLICATION}
    assert first == {"cv", "personal_statement", "transcripts", "letter_of_recommendation"}
    assert documents[DocumentKind.ENGLISH_PROOF].when_required is WhenRequired.IF_ENGLISH_TEST


def mistake(content: dict[str, Any], path: str, value: object) -> None:
    *folders, last = path.split("/")
    for folder in folders:
        content = content[folder]
    if value is None:
        del content[last]
    else:
        content[last] = value


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("documents/cv", None, "documents: cv is missing"),
        ("documents/cv/title", "", "documents → cv → title: String should have at least 1 character"),
        ("documents/cv/title", None, "documents → cv → title: Field required"),
        ("documents/cv/titel", "CV", "documents → cv → titel: Extra inputs are not permitted"),
        ("documents/cv/facts", ["G99"], "documents → cv → facts: there is no fact G99"),
        ("documents/cv/facts", [], "documents → cv → facts: List should have at least 1 item"),
        ("documents/cv/checked_on", "soon", "documents → cv → checked_on: Input should be a valid date"),
        ("documents/cv/several_pages", "maybe", "documents → cv → several_pages: Input should be a valid boolean"),
        (
            "documents/cv/when_required",
            "never",
            "documents → cv → when_required: Input should be 'with_application'",
        ),
        ("documents/passport", {}, "documents → passport: Input should be 'cv'"),
        ("referee_link_days", 0, "referee_link_days: Input should be greater than or equal to 1"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, path: str, value: object, problem: str) -> None:
    content = yaml.safe_load(DOCUMENTS_FILE.read_text("utf-8"))
    mistake(content, path, value)
    file = tmp_path / "documents.yml"
    file.write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(DocumentsInvalid) as invalid:
        read_documents(file)
    assert any(line.startswith(f"documents.yml: {problem}") for line in invalid.value.problems)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("documents: [", "expected"), ("a: 1\na: 2", "a is there twice"), ("", "documents.yml: Input should be")],
)
def test_what_is_no_such_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "documents.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(DocumentsInvalid, match=problem):
        read_documents(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentsInvalid, match="No such file"):
        read_documents(tmp_path / "documents.yml")


def test_the_line_of_a_mistake_is_named(tmp_path: Path) -> None:
    text = DOCUMENTS_FILE.read_text("utf-8")
    lines = text.splitlines()
    number = next(number for number, line in enumerate(lines, 1) if "several_pages: true" in line)
    file = tmp_path / "documents.yml"
    file.write_text(text.replace("several_pages: true", "several_pages: maybe", 1), "utf-8")
    with pytest.raises(DocumentsInvalid) as invalid:
        read_documents(file)
    assert [line.endswith(f"(line {number})") for line in invalid.value.problems] == [True]
