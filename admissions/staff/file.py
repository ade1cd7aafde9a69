"""The roles file: who is something else at the desk than the staff's group says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from admissions import editable
from admissions.staff.errors import RolesInvalid
from admissions.staff.values import Role

ROLES_FILE = Path(__file__).with_name("roles.yml")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PersonEntry(_Part):
    """One person in the file."""

    name: Annotated[str, Field(min_length=1)]
    role: Role


class RolesFile(_Part):
    """The whole file: the roles that somebody gave, by Telegram id."""

    people: Mapping[Annotated[int, Field(gt=0)], PersonEntry]

    def role(self, person_id: int) -> Role | None:
        """Return the role that somebody was given, if any."""
        entry = self.people.get(person_id)
        return entry.role if entry else None


def read_roles(file: Path = ROLES_FILE) -> RolesFile:
    """Read and check the roles.

    Raises:
        RolesInvalid: Something in the file cannot be used; each problem names its place.
    """
    try:
        return editable.read(file, RolesFile)
    except editable.EditableInvalid as invalid:
        raise RolesInvalid(invalid.problems) from invalid
