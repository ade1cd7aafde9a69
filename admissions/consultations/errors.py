"""Reasons to refuse what concerns a consultation."""

from admissions.errors import Refusal


class ConsultationRefusal(Refusal):
    """The root of what is refused around a consultation."""


class NoSuchDay(ConsultationRefusal):
    """The calendar has no such day: 30 February."""


class AwayUnclear(ConsultationRefusal):
    """It is not understood from when until when an advisor is away."""


class AwayInThePast(ConsultationRefusal):
    """The absence would be over already."""


class AdvisorsInvalid(Exception):
    """The file of advisors cannot be used; `problems` has one line for each, with its line and its field."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
