"""Every refusal of the core, explained once."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Final

from admissions import answers, applications, documents, handoffs
from admissions.errors import Refusal
from bot import texts

OF_APPLICATIONS: Final[Mapping[type[applications.ApplicationRefusal], str]] = {
    applications.AlreadyAnswered: texts.ALREADY_ANSWERED,
    applications.AnswerOutdated: texts.ANSWER_OUTDATED,
    applications.AnswersMissing: texts.ANSWERS_MISSING,
    applications.ApplicationNotFound: texts.APPLICATION_NOT_FOUND,
    applications.ApplicationTaken: texts.APPLICATION_TAKEN,
    applications.NothingToGoBackTo: texts.NOTHING_TO_GO_BACK_TO,
    applications.SuggestionNotFound: texts.SUGGESTION_NOT_FOUND,
    applications.TooManySpecialties: texts.TOO_MANY_SPECIALTIES,
    applications.UnknownQuestion: texts.UNKNOWN_QUESTION,
}
"""What a tap can meet; Rasa explains what is wrong with a written answer."""


@singledispatch
def explain(refusal: Refusal) -> str:
    """Say in plain words why something was refused, and what to do.

    Raises:
        NotImplementedError: Nobody has explained this refusal; `tests/test_agreement.py` sees to it.
    """
    raise NotImplementedError(type(refusal).__name__)


@explain.register
def _(_: answers.UnknownAnswer) -> str:
    return texts.ANSWER_GONE


@explain.register
def _(_: handoffs.HandoffAlreadyRequested) -> str:
    return texts.PERSON_ALREADY_COMING


@explain.register
def _(refusal: handoffs.HandoffAlreadyResolved) -> str:
    return texts.HANDOFF_DONE_BEFORE.format(name=refusal.resolved_by)


@explain.register
def _(_: handoffs.HandoffNotFound) -> str:
    return texts.HANDOFF_GONE


@explain.register
def _(refusal: applications.ApplicationRefusal) -> str:
    return OF_APPLICATIONS.get(type(refusal), texts.APPLICATION_REFUSED).format_map(vars(refusal))


@explain.register
def _(_: documents.DocumentRefusal) -> str:
    return texts.DOCUMENT_REFUSED
