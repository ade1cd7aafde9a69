"""Reasons to refuse a file, a move or a link; and what may be wrong with the file of documents."""

from datetime import datetime

from admissions.documents.values import DocumentKind, DocumentState, Role
from admissions.errors import Refusal


class DocumentRefusal(Refusal):
    """Something about documents that is answered with a no."""


class FileRefusal(DocumentRefusal):
    """The file cannot be taken as it is; another one may."""


class FileEmpty(FileRefusal):
    """There is nothing in it."""


class FileTooLarge(FileRefusal):
    """It has more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class FileEncrypted(FileRefusal):
    """It opens with a password only."""


class FileTypeUnsupported(FileRefusal):
    """It is none of the kinds we take; `found` is what it is instead, such as zip, exe, video or unknown."""

    def __init__(self, found: str) -> None:
        super().__init__()
        self.found = found


class FileBroken(FileRefusal):
    """It is damaged, incomplete, or says it is far larger than it is."""


class PictureTooLarge(FileRefusal):
    """It has more than `limit` pixels."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class PagesNotJoinable(FileRefusal):
    """A DOCX cannot be put together with other pages."""


class TooManyPhotos(FileRefusal):
    """More than `limit` photos cannot become one PDF."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class TooManyPages(FileRefusal):
    """A document of this kind has one page, this file more."""

    def __init__(self, kind: DocumentKind, pages: int) -> None:
        super().__init__()
        self.kind = kind
        self.pages = pages


class AlreadyReceived(DocumentRefusal):
    """The very same file was sent before.

    Attributes:
        upload_id: The upload that it is the same as, or that it became a page of.
        received_at: When that one arrived, aware.
        kind: As what it was sorted; None if it was not.
        state: Where that document stands; None if unsorted or replaced by a newer version.
    """

    def __init__(
        self, upload_id: int, received_at: datetime, kind: DocumentKind | None, state: DocumentState | None
    ) -> None:
        super().__init__()
        self.upload_id = upload_id
        self.received_at = received_at
        self.kind = kind
        self.state = state


class AlreadySorted(DocumentRefusal):
    """The upload is the current version of that document already."""

    def __init__(self, kind: DocumentKind) -> None:
        super().__init__()
        self.kind = kind


class UploadNotFound(DocumentRefusal):
    """There is no such upload, or none that the one who asks may have."""


class DocumentNotFound(DocumentRefusal):
    """There is no such document."""


class DocumentReplaced(DocumentRefusal):
    """A newer version came meanwhile; `version` is its number."""

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


class DocumentAlreadyRequested(DocumentRefusal):
    """A coordinator asked for it before; whether it came is on the checklist."""


class MoveNotAllowed(DocumentRefusal):
    """A document in this state cannot be moved so, or not by this role.

    Attributes:
        state: Where the document stands.
        role: Who wanted to move it.
    """

    def __init__(self, state: DocumentState, role: Role) -> None:
        super().__init__()
        self.state = state
        self.role = role


class ReasonMissing(DocumentRefusal):
    """A document is rejected with a reason, so that the applicant knows what to do."""


class LinkRefusal(DocumentRefusal):
    """The referee's link does not lead anywhere (any more)."""


class LinkUnknown(LinkRefusal):
    """We gave no such link."""


class LinkExpired(LinkRefusal):
    """It held until `expired_at`, aware."""

    def __init__(self, expired_at: datetime) -> None:
        super().__init__()
        self.expired_at = expired_at


class LinkUsed(LinkRefusal):
    """The letter has come, or somebody else opened the link first."""


class LinkIsYours(LinkRefusal):
    """An applicant opened their own link, which is for the referee; it stays good."""


class DocumentsInvalid(Exception):
    """The file of documents cannot be used; `problems` has one line for each, with its place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
