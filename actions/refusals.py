"""Every refusal that an action can meet, explained once by a response of Rasa's."""

from functools import singledispatch

from admissions import handoffs
from admissions.errors import Refusal


@singledispatch
def explain(refusal: Refusal) -> str:
    """Name the response that says why something was refused, and what to do.

    Raises:
        NotImplementedError: Nobody has explained this refusal; `tests/test_agreement.py` sees to it.
    """
    raise NotImplementedError(type(refusal).__name__)


@explain.register
def _(_: handoffs.HandoffAlreadyRequested) -> str:
    return "utter_handoff_already_requested"
