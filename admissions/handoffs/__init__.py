"""The conversation passes to a human."""

from admissions.handoffs.errors import HandoffAlreadyRequested, HandoffAlreadyResolved, HandoffNotFound
from admissions.handoffs.models import Handoff, HandoffReason
from admissions.handoffs.service import mark_alerted, request, resolve, unalerted

__all__ = [
    "Handoff",
    "HandoffAlreadyRequested",
    "HandoffAlreadyResolved",
    "HandoffNotFound",
    "HandoffReason",
    "mark_alerted",
    "request",
    "resolve",
    "unalerted",
]
