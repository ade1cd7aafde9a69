"""What an applicant still has to hand in, and what is next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from admissions.documents.models import Document
from admissions.documents.values import DocumentKind, DocumentState, Role, WhenRequired

NEEDED_AGAIN = (DocumentState.REJECTED, DocumentState.EXPIRED)


class Entry(Protocol):
    """What the rules need to see of a kind in the file of documents."""

    @property
    def title(self) -> str:
        """What the applicant reads."""

    @property
    def when_required(self) -> WhenRequired:
        """When it belongs on the checklist."""

    @property
    def several_pages(self) -> bool:
        """Whether it may have more than one page."""


@dataclass(frozen=True)
class ChecklistItem:
    """One document on an applicant's checklist.

    Attributes:
        required: Whether it has to be there; False when it was only sent, or nobody knows yet.
        reason: Why it was rejected, in a coordinator's words for the applicant.
        file_name: Of the current upload; None for a referee's letter, which is not for the applicant.
        from_referee: Whether a referee sent what is there.
        received_at: When the current upload arrived, aware.
        asked_at: When the applicant last made a link for a referee that has brought no letter yet, aware.
    """

    kind: DocumentKind
    title: str
    state: DocumentState
    required: bool
    several_pages: bool
    reason: str | None = None
    file_name: str | None = None
    from_referee: bool = False
    received_at: datetime | None = None
    asked_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a file has to come before it can go on."""
        return self.required and self.state in (DocumentState.MISSING, *NEEDED_AGAIN)


@dataclass(frozen=True)
class Checklist:
    """All that concerns an applicant's documents, in the order of the file."""

    items: tuple[ChecklistItem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing has to come any more, reviewed or not."""
        return not any(item.is_open for item in self.items)

    @property
    def next(self) -> ChecklistItem | None:
        """What the applicant does next: mend first, then send; what a referee was asked for is waited for."""
        todo = [item for item in self.items if item.is_open and not item.asked_at]
        again = [item for item in todo if item.state in NEEDED_AGAIN]
        return next(iter(again or todo), None)


def make_checklist(
    entries: Mapping[DocumentKind, Entry],
    documents: Mapping[DocumentKind, Document],
    *,
    english_test: bool | None,
    asked_at: datetime | None = None,
) -> Checklist:
    """Make an applicant's checklist (facts G11, G12).

    Args:
        entries: What the file of documents says of each kind.
        documents: What is known of this applicant's documents.
        english_test: Whether question 8 was answered with a test; None while unanswered, which shows the
            proof of English without requiring it.
        asked_at: When a referee was last asked for a letter that has not come, aware.
    """
    items = [
        _item(kind, entry, documents.get(kind), _is_required(entry, documents.get(kind), english_test))
        for kind, entry in entries.items()
        if _is_shown(entry, documents.get(kind), english_test)
    ]
    return Checklist(tuple(_with_link(item, asked_at) for item in items))


def _is_required(entry: Entry, document: Document | None, english_test: bool | None) -> bool:
    if document and document.requested_at:
        return True
    if entry.when_required is WhenRequired.IF_ENGLISH_TEST:
        return english_test is True
    return entry.when_required is WhenRequired.WITH_APPLICATION


def _is_shown(entry: Entry, document: Document | None, english_test: bool | None) -> bool:
    if document and document.state is not DocumentState.MISSING:
        return True
    may_be_needed = entry.when_required is WhenRequired.IF_ENGLISH_TEST and english_test is None
    return may_be_needed or _is_required(entry, document, english_test)


def _item(kind: DocumentKind, entry: Entry, document: Document | None, required: bool) -> ChecklistItem:
    if document is None:
        return ChecklistItem(kind, entry.title, DocumentState.MISSING, required, entry.several_pages)
    current = document.current
    from_referee = current is not None and current.sender is Role.REFEREE
    return ChecklistItem(
        kind,
        entry.title,
        document.state,
        required,
        entry.several_pages,
        reason=document.reason,
        file_name=current.file_name if current and not from_referee else None,
        from_referee=from_referee,
        received_at=current.received_at if current else None,
    )


def _with_link(item: ChecklistItem, asked_at: datetime | None) -> ChecklistItem:
    if asked_at is None or item.kind is not DocumentKind.LETTER_OF_RECOMMENDATION:
        return item
    return replace(item, asked_at=asked_at)
