"""The states of applications and placements: from where to where, and who may move them. All else is refused.

The table `status_transitions` holds the same, for the database's triggers and for whoever reads the contract
(docs/shared-database.md); a test sees that they agree.
"""

from collections.abc import Mapping
from typing import Final

from admissions.applications import ApplicationStatus
from admissions.placements.errors import MoveNotAllowed
from admissions.placements.models import PlacementStatus, Role, Subject

Status = ApplicationStatus | PlacementStatus
NEW: Final = "new"
"""The status, so to say, of what does not exist yet."""

APPLICANT, SYSTEM, PROGRAM = Role.APPLICANT, Role.SYSTEM, Role.PROGRAM
LEADS: Final = frozenset({Role.LEAD, PROGRAM})
STAFF: Final = frozenset({Role.COORDINATOR, Role.LEAD, PROGRAM})
"""A program stands for the staff who use it."""

A, P = ApplicationStatus, PlacementStatus
APPLICATION_MOVES: Final[Mapping[tuple[str, ApplicationStatus], frozenset[Role]]] = {
    (NEW, A.DRAFT): frozenset({APPLICANT}),
    (NEW, A.SUBMITTED): frozenset({PROGRAM}),
    (A.DRAFT, A.SUBMITTED): frozenset({APPLICANT}),
    (A.DRAFT, A.WITHDRAWN): frozenset({APPLICANT}),
    (A.SUBMITTED, A.IN_REVIEW): STAFF,
    (A.SUBMITTED, A.MATCHED): STAFF | {SYSTEM},
    (A.SUBMITTED, A.NOT_PLACED): LEADS,
    (A.SUBMITTED, A.WITHDRAWN): STAFF | {APPLICANT},
    (A.IN_REVIEW, A.INTERVIEW): STAFF,
    (A.IN_REVIEW, A.MATCHED): STAFF | {SYSTEM},
    (A.IN_REVIEW, A.NOT_PLACED): LEADS,
    (A.IN_REVIEW, A.WITHDRAWN): STAFF | {APPLICANT},
    (A.INTERVIEW, A.IN_REVIEW): STAFF,
    (A.INTERVIEW, A.MATCHED): STAFF | {SYSTEM},
    (A.INTERVIEW, A.NOT_PLACED): LEADS,
    (A.INTERVIEW, A.WITHDRAWN): STAFF | {APPLICANT},
    (A.MATCHED, A.IN_REVIEW): STAFF | {SYSTEM},
    (A.MATCHED, A.NOT_PLACED): LEADS,
    (A.MATCHED, A.WITHDRAWN): STAFF | {APPLICANT},
    (A.MATCHED, A.COMPLETED): frozenset({SYSTEM}),
    (A.NOT_PLACED, A.IN_REVIEW): LEADS,
}
PLACEMENT_MOVES: Final[Mapping[tuple[str, PlacementStatus], frozenset[Role]]] = {
    (NEW, P.OFFERED): STAFF,
    # a lead answers for an applicant who did so by e-mail or on the phone
    (P.OFFERED, P.ACCEPTED): frozenset({APPLICANT, Role.LEAD}),
    (P.OFFERED, P.DECLINED): frozenset({APPLICANT, Role.LEAD}),
    (P.OFFERED, P.LAPSED): frozenset({SYSTEM}),
    (P.OFFERED, P.CANCELLED): STAFF | {SYSTEM},
    (P.ACCEPTED, P.CONFIRMED): STAFF,
    (P.ACCEPTED, P.CANCELLED): STAFF | {SYSTEM},
    (P.CONFIRMED, P.PREPARATION): STAFF,
    (P.CONFIRMED, P.CANCELLED): LEADS | {SYSTEM},
    (P.PREPARATION, P.IN_PROGRESS): STAFF,
    (P.PREPARATION, P.CANCELLED): LEADS | {SYSTEM},
    (P.IN_PROGRESS, P.COMPLETED): STAFF,
    (P.IN_PROGRESS, P.CANCELLED): LEADS | {SYSTEM},
}
MOVES: Final[Mapping[Subject, Mapping[tuple[str, Status], frozenset[Role]]]] = {
    Subject.APPLICATION: {(before, after): roles for (before, after), roles in APPLICATION_MOVES.items()},
    Subject.PLACEMENT: {(before, after): roles for (before, after), roles in PLACEMENT_MOVES.items()},
}

OPEN: Final = (P.OFFERED, P.ACCEPTED, P.CONFIRMED, P.PREPARATION, P.IN_PROGRESS)
"""A placement in one of these counts; an application has at most one."""
OFFERABLE: Final = (A.SUBMITTED, A.IN_REVIEW, A.INTERVIEW, A.MATCHED)
"""An application in one of these may be offered a place."""
CANCELLING_COSTS: Final = (P.CONFIRMED, P.PREPARATION, P.IN_PROGRESS)
"""From here on fact W11 holds: 25 % is withheld when a confirmed rotation is cancelled."""

FOLLOWING: Final[Mapping[PlacementStatus, ApplicationStatus]] = {
    P.OFFERED: A.MATCHED,
    P.DECLINED: A.IN_REVIEW,
    P.LAPSED: A.IN_REVIEW,
    P.CANCELLED: A.IN_REVIEW,
    P.COMPLETED: A.COMPLETED,
}
"""Where the system moves an application after its placement."""
ENDING: Final = (A.WITHDRAWN, A.NOT_PLACED)
"""An application that ends so takes its open placement along: the system cancels that."""


def subject_of(status: Status) -> Subject:
    """Tell whose status it is."""
    return Subject.PLACEMENT if isinstance(status, PlacementStatus) else Subject.APPLICATION


def possible(before: str, after: type[Status], role: Role) -> tuple[Status, ...]:
    """Return where a role may move something from a status.

    Args:
        before: The status it has.
        after: Whether it is an application's, or a placement's.
        role: Who wants to.
    """
    moves = MOVES[Subject.PLACEMENT if after is PlacementStatus else Subject.APPLICATION]
    return tuple(following for (status, following), roles in moves.items() if status == before and role in roles)


def check_move(before: str, after: Status, role: Role) -> None:
    """Check that a role may move something from a status to another.

    Raises:
        MoveNotAllowed: Not from there, or not by this role.
    """
    if role not in MOVES[subject_of(after)].get((before, after), frozenset()):
        raise MoveNotAllowed(before, after, role, possible(before, type(after), role))
