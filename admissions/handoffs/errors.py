"""Reasons to refuse."""

from admissions.errors import Refusal


class HandoffAlreadyRequested(Refusal):
    """The applicant asked for a person before, for the same reason, and staff have not resolved it."""


class HandoffNotFound(Refusal):
    """There is no such handoff."""


class HandoffAlreadyResolved(Refusal):
    """Someone of the staff has resolved the handoff."""

    def __init__(self, resolved_by: str) -> None:
        super().__init__()
        self.resolved_by = resolved_by
