"""Every permission times every role: what is written here holds, and nothing else."""

import itertools

import pytest

from admissions import staff
from admissions.staff import Actor, Permission, Role, Standing

LEAD, COORDINATOR, ADVISOR, VIEWER = Role.LEAD, Role.COORDINATOR, Role.ADVISOR, Role.VIEWER
ALLOWED = {
    Permission.LOOK: {LEAD, COORDINATOR, ADVISOR, VIEWER},
    Permission.NOTE: {LEAD, COORDINATOR, ADVISOR},
    Permission.TALK: {LEAD, COORDINATOR, ADVISOR},
    Permission.CONCLUDE_TALKS: {LEAD, COORDINATOR, ADVISOR},
    Permission.PLAN_ABSENCES: {LEAD, COORDINATOR, ADVISOR},
    Permission.REVIEW_DOCUMENTS: {LEAD, COORDINATOR},
    Permission.MOVE: {LEAD, COORDINATOR},
    Permission.OFFER: {LEAD, COORDINATOR},
    Permission.LABEL_MESSAGES: {LEAD, COORDINATOR, ADVISOR},
    Permission.EDIT_ANSWERS: {LEAD},
    Permission.HOLD: {LEAD},
}


def test_the_table_names_every_permission() -> None:
    assert set(ALLOWED) == {*Permission} == set(staff.PERMISSIONS)


@pytest.mark.parametrize(("permission", "role"), [*itertools.product(Permission, Role)])
def test_a_role_may_do_what_the_table_says_and_nothing_else(permission: Permission, role: Role) -> None:
    actor = Actor(1, "Grace", role)
    if role in ALLOWED[permission]:
        staff.require(actor, permission)
        return
    with pytest.raises(staff.NotPermitted) as refused:
        staff.require(actor, permission)
    assert set(refused.value.allowed) == ALLOWED[permission]


@pytest.mark.parametrize("permission", Permission)
def test_whoever_is_not_of_the_staff_may_do_nothing(permission: Permission) -> None:
    with pytest.raises(staff.NotOnStaff):
        staff.require(Actor(1, "Mallory", None), permission)


@pytest.mark.parametrize(
    ("standing", "assigned", "is_advisor", "role"),
    [
        (Standing.OWNER, None, False, LEAD),
        (Standing.ADMINISTRATOR, None, True, LEAD),
        (Standing.MEMBER, None, False, COORDINATOR),
        (Standing.MEMBER, None, True, ADVISOR),
        (Standing.MEMBER, LEAD, True, LEAD),
        (Standing.MEMBER, COORDINATOR, True, COORDINATOR),
        (Standing.OWNER, VIEWER, False, VIEWER),
        (Standing.STRANGER, None, True, None),
        (Standing.STRANGER, LEAD, True, None),
    ],
)
def test_a_role_follows_from_the_group_the_file_and_the_advisors(
    standing: Standing, assigned: Role | None, is_advisor: bool, role: Role | None
) -> None:
    assert staff.role_of(standing, assigned=assigned, is_advisor=is_advisor) is role
