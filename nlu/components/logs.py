"""Keeps what people wrote out of Rasa's log."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import structlog

KEPT = {"event", "level", "timestamp", "exc_info", "exception", "stack", "event_info", "event_key"}


def keep_private() -> None:
    """Lets Rasa log events and traces without what belongs to them.

    Rasa's channels log a message that they could not handle, and its tracebacks show the local variables of
    every frame. The list of processors is changed in place, because loggers that were used before hold on to it.
    """
    processors = structlog.get_config()["processors"]
    if _drop_fields in processors:
        return
    for place, processor in enumerate(processors):
        if isinstance(processor, structlog.processors.ExceptionRenderer):
            processors[place] = structlog.processors.format_exc_info
    processors.insert(0, _drop_fields)


def _drop_fields(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keeps the fields that say what happened, and drops those that say to whom."""
    for name in set(fields) - KEPT:
        del fields[name]
    return fields
