"""How far an application has come."""

from dataclasses import dataclass

from admissions.applications.errors import AnswerOutdated, AnswerRefused
from admissions.applications.rules.questions import ASKED, BY_NAME, QUESTIONS, get_question, next_question
from admissions.applications.values import Answers, Context, Value


@dataclass(frozen=True)
class Progress:
    """How far one has come.

    Attributes:
        answered: How many questions are answered or skipped.
        total: How many there are.
        question: The name of the one to be asked now; None when there is none left.
        is_correction: Whether that one has an answer already, which is to be changed.
    """

    answered: int
    total: int
    question: str | None
    is_correction: bool = False

    @property
    def left(self) -> int:
        """How many questions are left."""
        return self.total - self.answered


@dataclass(frozen=True)
class ReviewLine:
    """One question and its answer in plain words; None where it was skipped or not yet given."""

    number: int
    question: str
    shown: str | None
    is_answered: bool


def check_current(answers: Answers, context: Context) -> None:
    """Check that answers given some time ago are still right.

    Raises:
        AnswerOutdated: One is not.
    """
    for name, value in answers.items():
        if value is None or name not in BY_NAME:
            continue
        try:
            BY_NAME[name].check(value, context)
        except AnswerRefused as refusal:
            raise AnswerOutdated(name, refusal) from None


def missing_answers(answers: Answers) -> tuple[str, ...]:
    """Return the questions without which an application cannot be submitted, in the order they are asked."""
    return tuple(
        question.name for question in ASKED if answers.get(question.name) is None and not question.may_skip
    )


def progress_of(answers: Answers, reopened: str | None = None) -> Progress:
    """Tell how far one has come.

    Args:
        answers: The answers given so far.
        reopened: The question that is being corrected, if any; it is the one to be asked.
    """
    following = next_question(answers)
    asked = reopened or (following.name if following else None)
    return Progress(sum(name in BY_NAME for name in answers), len(QUESTIONS), asked, asked in answers)


def review_of(answers: Answers) -> tuple[ReviewLine, ...]:
    """Show all questions and answers in plain words, in the order of their numbers."""
    return tuple(
        ReviewLine(
            number, question.name, show(question.name, answers.get(question.name)), question.name in answers
        )
        for number, question in enumerate(QUESTIONS, start=1)
    )


def show(name: str, value: Value | None) -> str | None:
    """Show an answer in plain words; None where it was skipped.

    Raises:
        UnknownQuestion: There is no such question.
    """
    return None if value is None else get_question(name).show(value)
