"""Where a document may go next, and who may move it."""

from collections.abc import Mapping
from enum import StrEnum

from admissions.documents.errors import MoveNotAllowed
from admissions.documents.values import DocumentState, Role


class Move(StrEnum):
    """What can happen to a document."""

    UPLOAD = "upload"
    """A file arrives for it: the first, or one that replaces the last."""
    TAKE_OUT = "take_out"
    """Its only file turns out to be another document."""
    FALL_BACK = "fall_back"
    """Its current file turns out to be another document, and the one before it counts again."""
    START_REVIEW = "start_review"
    APPROVE = "approve"
    REJECT = "reject"
    EXPIRE = "expire"


MISSING, RECEIVED, IN_REVIEW = DocumentState.MISSING, DocumentState.RECEIVED, DocumentState.IN_REVIEW
APPROVED, REJECTED, EXPIRED = DocumentState.APPROVED, DocumentState.REJECTED, DocumentState.EXPIRED

SENDERS = frozenset({Role.APPLICANT, Role.REFEREE, Role.COORDINATOR})
SORTERS = frozenset({Role.APPLICANT, Role.COORDINATOR})
STAFF = frozenset({Role.COORDINATOR})
CLOCK = frozenset({Role.COORDINATOR, Role.SYSTEM})

TRANSITIONS: Mapping[tuple[DocumentState, Move], tuple[DocumentState, frozenset[Role]]] = {
    (MISSING, Move.UPLOAD): (RECEIVED, SENDERS),
    (RECEIVED, Move.UPLOAD): (RECEIVED, SENDERS),
    (RECEIVED, Move.TAKE_OUT): (MISSING, SORTERS),
    (RECEIVED, Move.FALL_BACK): (RECEIVED, SORTERS),
    (RECEIVED, Move.START_REVIEW): (IN_REVIEW, STAFF),
    (RECEIVED, Move.APPROVE): (APPROVED, STAFF),
    (RECEIVED, Move.REJECT): (REJECTED, STAFF),
    # a coordinator who approves a version that was replaced meanwhile is refused: see `reviewing`
    (IN_REVIEW, Move.UPLOAD): (RECEIVED, SENDERS),
    (IN_REVIEW, Move.TAKE_OUT): (MISSING, STAFF),
    (IN_REVIEW, Move.FALL_BACK): (RECEIVED, STAFF),
    (IN_REVIEW, Move.APPROVE): (APPROVED, STAFF),
    (IN_REVIEW, Move.REJECT): (REJECTED, STAFF),
    (APPROVED, Move.UPLOAD): (RECEIVED, SENDERS),
    (APPROVED, Move.REJECT): (REJECTED, STAFF),
    (APPROVED, Move.EXPIRE): (EXPIRED, CLOCK),
    (REJECTED, Move.UPLOAD): (RECEIVED, SENDERS),
    # "this is not your CV": the applicant may then say what it is
    (REJECTED, Move.TAKE_OUT): (MISSING, SORTERS),
    (REJECTED, Move.FALL_BACK): (RECEIVED, SORTERS),
    (REJECTED, Move.APPROVE): (APPROVED, STAFF),
    (EXPIRED, Move.UPLOAD): (RECEIVED, SENDERS),
    (EXPIRED, Move.APPROVE): (APPROVED, STAFF),
}
"""From a state, by a move: to a state, and by whom. What is not here is refused."""


def move(state: DocumentState, move: Move, role: Role) -> DocumentState:
    """Return the state that a move leads to.

    Raises:
        MoveNotAllowed: The move does not start in this state, or not by this role.
    """
    following, roles = TRANSITIONS.get((state, move), (state, frozenset()))
    if role not in roles:
        raise MoveNotAllowed(state, role)
    return following
