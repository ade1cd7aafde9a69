"""Reasons to refuse what concerns a consultation."""

from collections.abc import Sequence
from datetime import datetime

from admissions.consultations.values import ConsultationStatus, Slot
from admissions.errors import Refusal


class ConsultationRefusal(Refusal):
    """The root of what is refused around a consultation."""


class SlotTaken(ConsultationRefusal):
    """Somebody else was quicker, or the advisor is not free then; `nearest` are free slots near to it."""

    def __init__(self, nearest: Sequence[Slot] = ()) -> None:
        super().__init__()
        self.nearest = tuple(nearest)


class SlotPast(ConsultationRefusal):
    """It begins too soon, or has begun."""


class ChoiceExpired(ConsultationRefusal):
    """The times were offered more than ten minutes ago, or something else is being chosen now."""


class AlreadyBooked(ConsultationRefusal):
    """The applicant has a consultation to come: it can be moved; there is one at a time."""

    def __init__(self, begins_at: datetime) -> None:
        super().__init__()
        self.begins_at = begins_at


class ConsultationNotFound(ConsultationRefusal):
    """There is none to come, or not this one."""


class TooLateToChange(ConsultationRefusal):
    """It begins in less than `hours`: from then on only a person can change it."""

    def __init__(self, hours: int) -> None:
        super().__init__()
        self.hours = hours


class MediumUnavailable(ConsultationRefusal):
    """This advisor does not talk that way."""


class OfferLapsed(ConsultationRefusal):
    """The slot was held for a while and is not any more."""


class AdvisorNotFound(ConsultationRefusal):
    """There is no such advisor (any more), or the one who asks is none."""


class AbsenceNotFound(ConsultationRefusal):
    """There is no such absence."""


class NotOverYet(ConsultationRefusal):
    """The talk has not ended: its outcome is not known."""


class AlreadyConcluded(ConsultationRefusal):
    """Its outcome was noted before; `status` is what it was."""

    def __init__(self, status: ConsultationStatus) -> None:
        super().__init__()
        self.status = status


class NextStepMissing(ConsultationRefusal):
    """Nothing was written for the applicant."""


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
