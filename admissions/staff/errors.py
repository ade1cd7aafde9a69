"""Reasons to refuse, and what may be wrong with the roles file."""

from admissions.errors import Refusal
from admissions.staff.values import Permission, Role


class StaffRefusal(Refusal):
    """Something at the staff desk that is answered with a no."""


class NotOnStaff(StaffRefusal):
    """Only members of the staff's group may act at the desk."""


class NotPermitted(StaffRefusal):
    """Somebody of this role may not do that; `allowed` names the roles that may."""

    def __init__(self, permission: Permission, role: Role, allowed: tuple[Role, ...]) -> None:
        super().__init__()
        self.permission = permission
        self.role = role
        self.allowed = allowed


class ErrandNotFound(StaffRefusal):
    """What a button or a reply belongs to is finished, or was never begun."""


class ErrandOfAnother(StaffRefusal):
    """A colleague began it, and finishes it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class WordsMissing(StaffRefusal):
    """Nothing is written that could be sent."""


class WordsTooLong(StaffRefusal):
    """More than `limit` characters are written."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class RolesInvalid(Exception):
    """The roles file cannot be used; `problems` has one line for each, with its place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
