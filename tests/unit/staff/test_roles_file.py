"""The roles file: what it may say, and what is said of a slip."""

from pathlib import Path

import pytest

from admissions import staff
from admissions.staff import Role


def written(folder: Path, text: str) -> Path:
    file = folder / "roles.yml"
    file.write_text(text, "utf-8")
    return file


def test_the_file_that_comes_with_the_assistant_can_be_used() -> None:
    assert staff.read_roles().people == {}


def test_a_person_has_the_role_of_the_file(tmp_path: Path) -> None:
    roles = staff.read_roles(written(tmp_path, "people:\n  600000002: {name: Marcus, role: viewer}\n"))
    assert roles.role(600000002) is Role.VIEWER
    assert roles.role(600000003) is None


@pytest.mark.parametrize(
    "text",
    [
        "people:\n  600000002: {name: Marcus, role: boss}\n",
        "people:\n  marcus: {name: Marcus, role: lead}\n",
        "people:\n  600000002: {role: lead}\n",
        "people:\n  -100: {name: Marcus, role: lead}\n",
        "persons: {}\n",
    ],
)
def test_a_slip_is_named_and_nobody_gets_a_role_by_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(staff.RolesInvalid) as invalid:
        staff.read_roles(written(tmp_path, text))
    assert invalid.value.problems
