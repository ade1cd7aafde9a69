"""Reasons to refuse."""

from admissions.errors import Refusal


class MessageNotFound(Refusal):
    """There is no such message; it may have been forgotten."""


class MessageAlreadyLabelled(Refusal):
    """A colleague was quicker."""

    def __init__(self, by: str) -> None:
        super().__init__()
        self.by = by
