"""Every state, every move, every role: what is written down happens, all else is refused."""

from itertools import product

import pytest

from admissions.documents import TRANSITIONS, DocumentState, Move, MoveNotAllowed, Role
from admissions.documents.rules.transitions import move

TABLE = """
missing    upload        received   applicant referee coordinator
received   upload        received   applicant referee coordinator
in_review  upload        received   applicant referee coordinator
approved   upload        received   applicant referee coordinator
rejected   upload        received   applicant referee coordinator
expired    upload        received   applicant referee coordinator
received   take_out      missing    applicant coordinator
rejected   take_out      missing    applicant coordinator
in_review  take_out      missing    coordinator
received   fall_back     received   applicant coordinator
rejected   fall_back     received   applicant coordinator
in_review  fall_back     received   coordinator
received   start_review  in_review  coordinator
received   approve       approved   coordinator
in_review  approve       approved   coordinator
rejected   approve       approved   coordinator
expired    approve       approved   coordinator
received   reject        rejected   coordinator
in_review  reject        rejected   coordinator
approved   reject        rejected   coordinator
approved   expire        expired    coordinator system
"""
ALLOWED = {
    (state, what, role): following
    for state, what, following, *roles in (line.split() for line in TABLE.strip().splitlines())
    for role in roles
}


@pytest.mark.parametrize(("state", "what", "role"), [*product(DocumentState, Move, Role)])
def test_a_document_moves_as_the_table_says(state: DocumentState, what: Move, role: Role) -> None:
    if following := ALLOWED.get((state, what, role)):
        assert move(state, what, role) == following
        return
    with pytest.raises(MoveNotAllowed) as refused:
        move(state, what, role)
    assert (refused.value.state, refused.value.role) == (state, role)


def test_every_state_but_missing_can_be_reached_and_left() -> None:
    assert {following for following, _ in TRANSITIONS.values()} == set(DocumentState)
    assert {state for state, _ in TRANSITIONS} == set(DocumentState)
