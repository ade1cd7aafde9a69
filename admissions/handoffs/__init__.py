"""The conversation passes to a human."""

from admissions.handoffs.errors import HandoffAlreadyRequested, HandoffAlreadyResolved, HandoffNotFound
from admissions.handoffs.models import Handoff, HandoffReason
from admissions.handoffs.service import find, request, resolve

__all__ = [
    "Handoff",
    "HandoffAlreadyRequested",
    "HandoffAlreadyResolved",
    "HandoffNotFound",
    "HandoffReason",
    "find",
    "request",
    "resolve",
]
