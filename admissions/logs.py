"""Logs without secrets: lines of text for a person, or of JSON for a machine."""

import json
import logging
import sys
from datetime import UTC, datetime

from typing_extensions import override

from admissions import tracing

QUIET = ("alembic", "httpx", "httpcore", "apscheduler", "aiosqlite", "sanic", "uvicorn.access")
"""Libraries whose INFO lines hold addresses with the token, or only noise."""


class _Masking(logging.Formatter):
    """A formatter that blanks a secret wherever it stands, tracebacks included."""

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(thread_of)s: %(message)s")
        self._secret = secret

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = self._line(record, tracing.current())
        return line.replace(self._secret, "***") if self._secret else line

    def _line(self, record: logging.LogRecord, correlation_id: str | None) -> str:
        record.thread_of = f" [{correlation_id}]" if correlation_id else ""
        return super().format(record)


class _AsJson(_Masking):
    """One JSON object a line."""

    def __init__(self, secret: str | None, part: str) -> None:
        super().__init__(secret)
        self._part = part

    @override
    def _line(self, record: logging.LogRecord, correlation_id: str | None) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": self._part,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if correlation_id:
            fields[tracing.METADATA] = correlation_id
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def keep_private(secret: str | None = None, *, part: str = "", as_json: bool = False) -> None:
    """Log to standard error, with a secret blanked out.

    Args:
        secret: What must never be seen in a log.
        part: Whose log it is.
        as_json: Whether each line is a JSON object.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_AsJson(secret, part) if as_json else _Masking(secret))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
