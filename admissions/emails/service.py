"""Put e-mails into their outbox, and take those that are due."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.emails.models import Email, EmailKind, EmailState

LEASE = timedelta(seconds=60)
"""How long a try may take; after that the e-mail is tried again, under the same name."""
FIRST_PAUSE = timedelta(seconds=2)
"""Before the second try; each pause is twice the one before, until the e-mail is of no use any more."""


async def enqueue(
    session: AsyncSession,
    kind: EmailKind,
    about: str,
    address: str | None,
    payload: Mapping[str, Any],
    *,
    at: datetime,
    stale_at: datetime,
) -> None:
    """Have an e-mail sent when this session commits; one without an address is written down and goes nowhere."""
    session.add(
        Email(
            kind=kind,
            about=about,
            address=address,
            payload=dict(payload) if address else None,
            stale_at=stale_at,
            state=EmailState.WAITING if address else EmailState.DROPPED,
            next_try_at=at,
            attempts=0,
        )
    )
    await session.flush()


async def take_due(session: AsyncSession, *, at: datetime, limit: int) -> Sequence[Email]:
    """Return the e-mails that are due, and note that each is being tried; those of no use any more are dropped."""
    stale = update(Email).where(Email.state == EmailState.WAITING, Email.stale_at <= at)
    await session.execute(stale.values(state=EmailState.DROPPED, payload=None))
    due = select(Email).where(Email.state == EmailState.WAITING, Email.next_try_at <= at)
    emails = (await session.scalars(due.order_by(Email.next_try_at).limit(limit).with_for_update())).all()
    for email in emails:
        email.attempts += 1
        email.next_try_at = at + LEASE
    await session.flush()
    return emails


async def note_sent(session: AsyncSession, email_id: int, *, at: datetime) -> None:
    """Note that an e-mail was taken by the mail server; what it said is forgotten."""
    email = await session.get_one(Email, email_id)
    email.state, email.sent_at, email.payload, email.problem = EmailState.SENT, at, None, None


async def note_failure(
    session: AsyncSession, email_id: int, problem: str, *, is_final: bool, at: datetime
) -> None:
    """Note that an e-mail was not taken: it is tried again later, or never where that would not help."""
    email = await session.get_one(Email, email_id)
    email.problem = problem
    email.next_try_at = at + FIRST_PAUSE * 2 ** (email.attempts - 1)
    if is_final:
        email.state, email.payload = EmailState.DEAD, None


async def forget(session: AsyncSession, *, before: datetime) -> None:
    """Remove e-mails that were of no use any more before a moment: an address is nothing to keep."""
    await session.execute(delete(Email).where(Email.stale_at < before))
