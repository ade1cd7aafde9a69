"""Reasons to refuse, and what may be wrong with the answers file."""

from admissions.errors import Refusal


class UnknownAnswer(Refusal):
    """There is no answer of that name (any more)."""


class AnswerUnsound(Refusal):
    """What an answer is to say does not pass the checks; `problems` has one line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__()
        self.problems = problems


class AnswerEditedMeanwhile(Refusal):
    """A colleague worded the answer anew after the one who edits it now looked at it."""

    def __init__(self, by: str) -> None:
        super().__init__()
        self.by = by


class AnswersInvalid(Exception):
    """The answers file cannot be used; `problems` has one line for each, with the place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
