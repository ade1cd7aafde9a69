"""What is shown of an applicant's documents, in bubbles."""

from collections.abc import Sequence
from textwrap import shorten

from admissions import documents
from admissions.documents import (
    Checklist,
    ChecklistItem,
    DocumentKind,
    DocumentsFile,
    DocumentState,
    Letter,
    Upload,
)
from bot import keyboards, texts
from bot.bubbles import Bubble

LETTER = DocumentKind.LETTER_OF_RECOMMENDATION
NAME_AT_MOST = 40
"""Characters of a file's name that are shown; a button holds little more."""
REASON_AT_MOST = 300
"""Characters of a coordinator's reason in the checklist, which has to stay one message."""
UNSORTED_AT_MOST = 5
"""Unsorted files that the checklist names; the others follow once these are sorted."""


def of_checklist(checklist: Checklist, unsorted: Sequence[Upload]) -> Bubble:
    """Show which documents are here, which are not, and what is next."""
    named = [(short_name(upload), upload.id) for upload in unsorted[:UNSORTED_AT_MOST]]
    lines = [
        *(_line(item) for item in checklist.items),
        *(texts.DOCUMENT_UNSORTED.format(name=name) for name, _ in named),
    ]
    text = "\n".join(lines) + f"\n\n{what_is_next(checklist)}"
    may_ask_referee = any(item.kind is LETTER and item.is_open for item in checklist.items)
    return Bubble(text, texts.DOCUMENTS_TITLE, keyboards.checklist(named, may_ask_referee=may_ask_referee))


def of_documents(file: DocumentsFile, checklist: Checklist, kinds: Sequence[DocumentKind]) -> Bubble:
    """Say how it stands with some documents, and what to do with what is missing."""
    items = {item.kind: item for item in checklist.items}
    lines = [
        _line(items[kind]) if kind in items else texts.DOCUMENT_NOT_ASKED.format(title=file.documents[kind].title)
        for kind in kinds
    ]
    is_open = any(items[kind].is_open and not items[kind].asked_at for kind in kinds if kind in items)
    may_ask_referee = LETTER in kinds and LETTER in items and items[LETTER].is_open
    text = "\n".join([*lines, *(["", texts.SEND_IT_HERE] if is_open else [])])
    return Bubble(text, keyboard=keyboards.named_documents(may_ask_referee=may_ask_referee))


def what_is_next(checklist: Checklist) -> str:
    """Say what an applicant does next."""
    if checklist.next is None:
        return texts.DOCUMENTS_COMPLETE if checklist.is_complete else texts.DOCUMENTS_AWAITED
    is_new = checklist.next.state is DocumentState.MISSING
    return (texts.NEXT_DOCUMENT if is_new else texts.NEXT_DOCUMENT_AGAIN).format(title=checklist.next.title)


def of_question(
    file: DocumentsFile,
    upload: Upload,
    lead: str,
    *,
    caption: str | None = None,
    sorted_as: DocumentKind | None = None,
) -> Bubble:
    """Ask which document a file is, the likeliest kinds first.

    Args:
        file: The file of documents.
        upload: What was sent.
        lead: What is said before the question.
        caption: What stood below it.
        sorted_as: What it was taken for until now.
    """
    guesses = documents.guess_kinds(file.words, upload.file_name, caption)
    others = [kind for kind in file.documents if kind not in guesses]
    titles = [(file.documents[kind].title, kind.value) for kind in (*guesses, *others) if kind is not sorted_as]
    keyboard = keyboards.kinds(upload.id, titles, is_sorted=sorted_as is not None)
    return Bubble(f"{lead}\n\n{texts.WHICH_DOCUMENT}".strip(), keyboard=keyboard)


def of_whose(uploads: Sequence[Upload], letters: Sequence[Letter], lead: str = "") -> Bubble:
    """Ask a referee whether files that came together are a letter, more pages of one, or their own document."""
    first, *others = uploads
    received = texts.FILE_RECEIVED.format(name=short_name(first))
    if others:
        received = texts.REFEREE_FILES_RECEIVED.format(count=len(uploads))
    choices = [choice for letter in letters for choice in _choices_of(letter)]
    return Bubble(f"{lead or received}\n\n{texts.FOR_WHOM}", keyboard=keyboards.whose(first.id, choices))


def of_album(file: DocumentsFile, uploads: Sequence[Upload], *, caption: str | None) -> Bubble:
    """Ask about files that came together: whether they are one document, or which one the first is."""
    first, *others = uploads
    if not others:
        return of_question(file, first, texts.FILE_RECEIVED.format(name=short_name(first)), caption=caption)
    if all(upload.file_kind in documents.PHOTOS for upload in uploads):
        return Bubble(texts.PHOTOS_RECEIVED.format(count=len(uploads)), keyboard=keyboards.album(first.id))
    lead = texts.FILES_RECEIVED.format(count=len(uploads), name=short_name(first))
    return of_question(file, first, lead, caption=caption)


def of_sorted(file: DocumentsFile, upload: Upload, kind: DocumentKind, *more: str) -> Bubble:
    """Say what a file was saved as, and let it be changed."""
    saved = texts.FILE_SORTED.format(name=short_name(upload), title=file.documents[kind].title)
    return Bubble("\n\n".join([saved, *more]), keyboard=keyboards.change(upload.id, texts.CHANGE_DOCUMENT))


def of_unsorted(upload: Upload) -> Bubble:
    """Say that a file is kept, though nobody said what it is."""
    text = texts.FILE_KEPT_UNSORTED.format(name=short_name(upload))
    return Bubble(text, keyboard=keyboards.change(upload.id, texts.SAY_WHICH))


def of_known(file: DocumentsFile, known: documents.AlreadyReceived, kind: DocumentKind, lead: str) -> Bubble:
    """Say that a file was sent before, and as what it was saved."""
    words = texts.FILE_KNOWN_AS if known.state else texts.FILE_KNOWN_OLDER
    text = f"{lead} {words.format(title=file.documents[kind].title)}"
    return Bubble(text, keyboard=keyboards.change(known.upload_id, texts.CHANGE_DOCUMENT))


def short_name(upload: Upload) -> str:
    """Return a file's name, its middle left out where it is long."""
    name, half = upload.file_name, NAME_AT_MOST // 2
    return name if len(name) <= NAME_AT_MOST else f"{name[:half]}…{name[-half + 1 :]}"


def _choices_of(letter: Letter) -> Sequence[tuple[str, str, int]]:
    name = shorten(letter.applicant_name, NAME_AT_MOST, placeholder="…")
    if not letter.is_here:
        return [(texts.FOR_LETTER.format(name=name), keyboards.LETTER, letter.link_id)]
    return [
        (texts.FOR_PAGE.format(name=name), keyboards.PAGE, letter.link_id),
        (texts.FOR_REPLACEMENT.format(name=name), keyboards.LETTER, letter.link_id),
    ]


def _line(item: ChecklistItem) -> str:
    is_missing = item.state is DocumentState.MISSING
    if is_missing and item.asked_at:
        return texts.DOCUMENT_ASKED.format(title=item.title)
    if is_missing and not item.required:
        return texts.DOCUMENT_PERHAPS.format(title=item.title)
    reason = shorten(item.reason or "", REASON_AT_MOST, placeholder=" …")
    return texts.DOCUMENT_LINES[item.state].format(title=item.title, reason=reason).strip()
