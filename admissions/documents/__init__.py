"""The papers HMC asks for: received as files, sorted, reviewed; and the letters that referees send."""

from admissions.documents.errors import (
    AlreadyReceived,
    AlreadySorted,
    DocumentAlreadyRequested,
    DocumentNotFound,
    DocumentRefusal,
    DocumentReplaced,
    DocumentsInvalid,
    FileBroken,
    FileEmpty,
    FileEncrypted,
    FileRefusal,
    FileTooLarge,
    FileTypeUnsupported,
    LinkExpired,
    LinkIsYours,
    LinkRefusal,
    LinkUnknown,
    LinkUsed,
    MoveNotAllowed,
    PictureTooLarge,
    ReasonMissing,
    TooManyPages,
    TooManyPhotos,
    UploadNotFound,
)
from admissions.documents.file import DocumentEntry, DocumentsFile, read_documents
from admissions.documents.models import Document, DocumentChange, LivingMessage, RefereeLink, Upload
from admissions.documents.rules.checklist import Checklist, ChecklistItem
from admissions.documents.rules.guessing import guess_kinds
from admissions.documents.rules.inspecting import SIZE_AT_MOST, FileFacts, inspect
from admissions.documents.rules.photos import PHOTOS, merge_photos
from admissions.documents.rules.transitions import TRANSITIONS, Move
from admissions.documents.service.listing import checklist
from admissions.documents.service.moving import get
from admissions.documents.service.receiving import File, combine, find_kind, get_upload, read, receive, unsorted
from admissions.documents.service.referees import LetterAwaited, ask_referee, awaited_from, receive_letter, redeem
from admissions.documents.service.reviewing import approve, expire, reject, request, start_review, to_review
from admissions.documents.service.showing import find_message, remember_message
from admissions.documents.service.sorting import sort
from admissions.documents.service.sweeping import sweep
from admissions.documents.storage import Store
from admissions.documents.values import DocumentKind, DocumentState, FileKind, Role, WhenRequired

__all__ = [
    "PHOTOS",
    "SIZE_AT_MOST",
    "TRANSITIONS",
    "AlreadyReceived",
    "AlreadySorted",
    "Checklist",
    "ChecklistItem",
    "Document",
    "DocumentAlreadyRequested",
    "DocumentChange",
    "DocumentEntry",
    "DocumentKind",
    "DocumentNotFound",
    "DocumentRefusal",
    "DocumentReplaced",
    "DocumentState",
    "DocumentsFile",
    "DocumentsInvalid",
    "File",
    "FileBroken",
    "FileEmpty",
    "FileEncrypted",
    "FileFacts",
    "FileKind",
    "FileRefusal",
    "FileTooLarge",
    "FileTypeUnsupported",
    "LetterAwaited",
    "LinkExpired",
    "LinkIsYours",
    "LinkRefusal",
    "LinkUnknown",
    "LinkUsed",
    "LivingMessage",
    "Move",
    "MoveNotAllowed",
    "PictureTooLarge",
    "ReasonMissing",
    "RefereeLink",
    "Role",
    "Store",
    "TooManyPages",
    "TooManyPhotos",
    "Upload",
    "UploadNotFound",
    "WhenRequired",
    "approve",
    "ask_referee",
    "awaited_from",
    "checklist",
    "combine",
    "expire",
    "find_kind",
    "find_message",
    "get",
    "get_upload",
    "guess_kinds",
    "inspect",
    "merge_photos",
    "read",
    "read_documents",
    "receive",
    "receive_letter",
    "redeem",
    "reject",
    "remember_message",
    "request",
    "sort",
    "start_review",
    "sweep",
    "to_review",
    "unsorted",
]
