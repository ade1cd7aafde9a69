"""E-mails: what is due goes out over SMTP, under a name that stays the same however often it is tried."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from admissions import emails
from admissions.database import Database
from admissions.emails import Email, EmailKind
from bot import texts

logger = logging.getLogger(__name__)

TIMEOUT: Final = 20.0
"""Seconds a mail server may take: well within the lease of a try."""
AT_ONCE: Final = 10
REFUSED: Final = 500
"""Replies of a mail server from here on say that it will not take the e-mail at all."""


class Mailer:
    """Sends e-mails over a mail server.

    Args:
        url: "smtp://name:password@host:587" (STARTTLS where the server has it), or "smtps://..." for TLS at once.
        sender: The address that e-mails come from.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname, "the settings have checked it"
        is_tls = parts.scheme == "smtps"
        self._sender = sender
        self._server: Mapping[str, Any] = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if is_tls else 587),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": is_tls,
            "timeout": TIMEOUT,
        }

    async def send(self, email: Email) -> None:
        """Send an e-mail.

        Raises:
            aiosmtplib.SMTPException: The server did not take it.
            OSError: The server could not be reached.
        """
        assert email.address, "one without an address is never due"
        message = EmailMessage()
        domain = self._sender.rpartition("@")[2].rstrip(">")
        message["Message-ID"] = f"<{email.kind}.{email.about.replace(':', '.')}.{email.id}@{domain}>"
        message["From"], message["To"] = self._sender, email.address
        message["Auto-Submitted"] = "auto-generated"
        message["Subject"], body = _words(email)
        message.set_content(body)
        await aiosmtplib.send(message, **self._server)


async def send_due(database: Database, mailer: Mailer, now: Callable[[], datetime]) -> None:
    """Send the e-mails that are due; one that is not taken is tried again until it is of no use any more."""
    async with database.transaction() as session:
        due = await emails.take_due(session, at=now(), limit=AT_ONCE)
    for email in due:
        try:
            await mailer.send(email)
        except (aiosmtplib.SMTPException, OSError) as error:
            problem, is_final = type(error).__name__, getattr(error, "code", 0) >= REFUSED
            logger.warning("e-mail %s was not taken: %s", email.id, problem)
            async with database.transaction() as session:
                await emails.note_failure(session, email.id, problem, is_final=is_final, at=now())
        else:
            async with database.transaction() as session:
                await emails.note_sent(session, email.id, at=now())


def _words(email: Email) -> tuple[str, str]:
    assert email.kind is EmailKind.STATUS_CODE, "there is no other kind"
    return texts.CODE_SUBJECT, texts.CODE_EMAIL.format_map(email.payload or {})
