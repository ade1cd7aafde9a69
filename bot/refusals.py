"""Every refusal of the core, explained once."""

from functools import singledispatch

from admissions import answers, handoffs
from admissions.errors import Refusal
from bot import texts


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
