"""Who is what at the desk, and what each may do."""

from collections.abc import Mapping
from typing import Final

from admissions.staff.errors import NotOnStaff, NotPermitted, WordsMissing, WordsTooLong
from admissions.staff.values import Actor, Permission, Role, Standing

LEAD, COORDINATOR, ADVISOR, VIEWER = Role.LEAD, Role.COORDINATOR, Role.ADVISOR, Role.VIEWER

PERMISSIONS: Final[Mapping[Permission, frozenset[Role]]] = {
    Permission.LOOK: frozenset({LEAD, COORDINATOR, ADVISOR, VIEWER}),
    Permission.NOTE: frozenset({LEAD, COORDINATOR, ADVISOR}),
    Permission.TALK: frozenset({LEAD, COORDINATOR, ADVISOR}),
    Permission.CONCLUDE_TALKS: frozenset({LEAD, COORDINATOR, ADVISOR}),
    Permission.PLAN_ABSENCES: frozenset({LEAD, COORDINATOR, ADVISOR}),
    Permission.REVIEW_DOCUMENTS: frozenset({LEAD, COORDINATOR}),
    Permission.MOVE: frozenset({LEAD, COORDINATOR}),
    Permission.OFFER: frozenset({LEAD, COORDINATOR}),
    Permission.LABEL_MESSAGES: frozenset({LEAD, COORDINATOR, ADVISOR}),
    Permission.EDIT_ANSWERS: frozenset({LEAD}),
    Permission.HOLD: frozenset({LEAD}),
}
"""Who may do what. The only table of it: the desk's help and its buttons are made from it too."""

BY_STANDING: Final[Mapping[Standing, Role]] = {
    Standing.OWNER: LEAD,
    Standing.ADMINISTRATOR: LEAD,
    Standing.MEMBER: COORDINATOR,
}


def role_of(standing: Standing, *, assigned: Role | None, is_advisor: bool) -> Role | None:
    """Return what somebody is at the desk; None for a stranger, whatever the roles file says of them.

    Args:
        standing: What they are in the staff's group, this moment.
        assigned: What the roles file makes them.
        is_advisor: Whether they advise applicants: a plain member who does is an advisor.
    """
    if standing is Standing.STRANGER:
        return None
    if assigned is not None:
        return assigned
    return ADVISOR if is_advisor and standing is Standing.MEMBER else BY_STANDING[standing]


def may(role: Role | None, permission: Permission) -> bool:
    """Tell whether a role may do something."""
    return role in PERMISSIONS[permission]


def require(actor: Actor, permission: Permission) -> None:
    """Check that somebody may do something.

    Raises:
        NotOnStaff: They have no business at the desk.
        NotPermitted: Others may, not they.
    """
    if actor.role is None:
        raise NotOnStaff
    if not may(actor.role, permission):
        allowed = tuple(role for role in Role if may(role, permission))
        raise NotPermitted(permission, actor.role, allowed)


def check_words(words: str, longest: int) -> str:
    """Return what was written, without the space around it.

    Raises:
        WordsMissing: Nothing is written.
        WordsTooLong: It has more than `longest` characters.
    """
    written = words.strip()
    if not written:
        raise WordsMissing
    if len(written) > longest:
        raise WordsTooLong(longest)
    return written
