"""Reasons to refuse, and what may be wrong with the answers file."""

from admissions.errors import Refusal


class UnknownAnswer(Refusal):
    """There is no answer of that name (any more)."""


class AnswersInvalid(Exception):
    """The answers file cannot be used; `problems` has one line for each, with the place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
