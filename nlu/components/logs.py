"""Keeps what people wrote out of Rasa's log, and writes its lines as the other parts write theirs."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import MutableMapping
from datetime import datetime, timezone
from typing import Any

import structlog
from nlu.components import tracing

KEPT = {"event", "level", "timestamp", "exc_info", "exception", "stack", "event_info", "event_key"}


class _Lines(logging.Formatter):
    """Lines of text for a person, or of JSON for a machine."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(thread_of)s: %(message)s")
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Writes a line with the id of the message that caused it."""
        correlation_id = tracing.current.get()
        if self._as_json:
            return json.dumps(self._fields(record, correlation_id), ensure_ascii=False)
        record.thread_of = f" [{correlation_id}]" if correlation_id else ""
        return super().format(record)

    def _fields(self, record: logging.LogRecord, correlation_id: str | None) -> dict[str, str]:
        fields = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": "rasa",
            "logger": record.name,
            "message": record.getMessage(),
        }
        if correlation_id:
            fields[tracing.METADATA] = correlation_id
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return fields


def keep_private() -> None:
    """Lets Rasa log events and traces without what belongs to them.

    Rasa's channels log a message that they could not handle, and its tracebacks show the local variables of
    every frame. The list of processors is changed in place, because loggers that were used before hold on to it.
    """
    _format_lines()
    processors = structlog.get_config()["processors"]
    if _drop_fields in processors:
        return
    for place, processor in enumerate(processors):
        if isinstance(processor, structlog.processors.ExceptionRenderer):
            processors[place] = structlog.processors.format_exc_info
    processors[-1] = _as_text
    processors.insert(0, _drop_fields)


def _format_lines() -> None:
    lines = _Lines(as_json=os.environ.get("LOG_FORMAT") == "json")
    for handler in logging.getLogger().handlers:
        handler.setFormatter(lines)
    logging.captureWarnings(capture=True)
    logging.getLogger(tracing.__name__).setLevel(logging.INFO)


def _drop_fields(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keeps the fields that say what happened, and drops those that say to whom."""
    for name in set(fields) - KEPT:
        del fields[name]
    return fields


def _as_text(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> str:
    """Writes an event as the text of a line."""
    return "\n".join(str(fields[name]) for name in ("event", "event_info", "exception") if fields.get(name))
