"""What became of an answer: a value, or a refusal with its data."""

from collections.abc import Callable
from datetime import date
from typing import Any

from admissions.applications import AnswerRefused, Context

TODAY = date(2026, 11, 23)
"""A Monday."""
IN_PAKISTAN = Context(TODAY, citizenship="PK")
NOWHERE = Context(TODAY)

Refused = tuple[type[AnswerRefused], dict[str, Any]]


def refused(kind: type[AnswerRefused], **data: object) -> Refused:
    return kind, data


def outcome(read: Callable[[str, Context], Any], text: str, context: Context = IN_PAKISTAN) -> Any:
    try:
        return read(text, context)
    except AnswerRefused as refusal:
        return type(refusal), vars(refusal)
