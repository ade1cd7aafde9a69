"""Logs without secrets."""

import logging
import sys

from typing_extensions import override

QUIET = ("httpx", "httpcore", "apscheduler", "aiosqlite", "sanic", "uvicorn.access")
"""Libraries whose INFO lines hold addresses with the token, or only noise."""


class _Masking(logging.Formatter):
    """A formatter that blanks a secret wherever it stands, tracebacks included."""

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace(self._secret, "***") if self._secret else line


def keep_private(secret: str | None = None) -> None:
    """Log to standard error, with a secret blanked out.

    Args:
        secret: What must never be seen in a log.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Masking(secret))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
