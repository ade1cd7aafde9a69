"""What may be changed, and when."""

from collections.abc import Sequence

from admissions.applications.errors import AlreadyAnswered, ApplicationTaken, NothingToGoBackTo
from admissions.applications.models import Application, ApplicationStatus
from admissions.applications.rules.progress import show
from admissions.applications.values import Answers

CHANGEABLE = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED})
"""Until a coordinator has taken it, its applicant may change an application."""


def check_changeable(application: Application) -> None:
    """Check that the applicant may still change it.

    Raises:
        ApplicationTaken: A coordinator works on it.
    """
    if application.status not in CHANGEABLE:
        raise ApplicationTaken(application.taken_by)


def check_expected(application: Application, answers: Answers, question: str) -> None:
    """Check that a question waits for an answer: it has none, or is being corrected.

    Raises:
        AlreadyAnswered: It was answered meanwhile, perhaps on another device.
    """
    if question in answers and application.reopened != question:
        raise AlreadyAnswered(question, answers[question], show(question, answers[question]))


def question_before(history: Sequence[str], reopened: str | None) -> str:
    """Return the question to go back to.

    Args:
        history: The questions answered, in the order in which they were.
        reopened: The one being corrected, if any; one goes back from there.

    Raises:
        NothingToGoBackTo: There is none.
    """
    earlier = history[: history.index(reopened)] if reopened in history else history
    if not earlier:
        raise NothingToGoBackTo
    return earlier[-1]
