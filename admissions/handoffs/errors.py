"""Reasons to refuse."""

from admissions.errors import Refusal


class WordsInvalid(Exception):
    """The file of words cannot be used; `problems` has one line for each, with its place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class HandoffAlreadyRequested(Refusal):
    """The applicant asked for a person before, for the same reason, and staff have not resolved it."""


class HandoffNotFound(Refusal):
    """There is no such handoff, or a later one of the same applicant took its place."""


class HandoffAlreadyTaken(Refusal):
    """A colleague looks after the applicant."""

    def __init__(self, taken_by: str) -> None:
        super().__init__()
        self.taken_by = taken_by


class HandoffAlreadyResolved(Refusal):
    """Someone of the staff has resolved the handoff."""

    def __init__(self, resolved_by: str) -> None:
        super().__init__()
        self.resolved_by = resolved_by


class RelayNotFound(Refusal):
    """There is no such message to send once more, or it arrived."""
