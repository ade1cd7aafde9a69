"""Begin something at the desk, go on with it, finish it once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.staff.errors import ErrandNotFound, ErrandOfAnother
from admissions.staff.models import Errand, ErrandKind
from admissions.staff.values import Actor


async def begin(
    session: AsyncSession,
    actor: Actor,
    kind: ErrandKind,
    about: str,
    *,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
    asks: str | None = None,
    applicant_id: int | None = None,
) -> Errand:
    """Note that somebody begins something that takes more than one step."""
    errand = Errand(
        kind=kind,
        actor_id=actor.id,
        actor_name=actor.name,
        applicant_id=applicant_id,
        about=about,
        fields=dict(fields or {}),
        asks=asks,
        begun_at=at,
    )
    session.add(errand)
    await session.flush()
    return errand


async def get(session: AsyncSession, errand_id: int, actor: Actor) -> Errand:
    """Return what somebody began and has not finished, locked.

    Raises:
        ErrandNotFound: It is finished, or there is none.
        ErrandOfAnother: A colleague began it.
    """
    errand = await session.get(Errand, errand_id, with_for_update=True, populate_existing=True)
    if errand is None or errand.ended_at is not None:
        raise ErrandNotFound
    if errand.actor_id != actor.id:
        raise ErrandOfAnother(errand.actor_name)
    return errand


async def drop(session: AsyncSession, errand_id: int, actor: Actor, *, at: datetime) -> Errand:
    """Drop what somebody began.

    Raises:
        ErrandNotFound: It is finished, or there is none.
        ErrandOfAnother: A colleague began it.
    """
    errand = await get(session, errand_id, actor)
    end(errand, at=at)
    return errand


async def find_asked(session: AsyncSession, message_id: int) -> Errand | None:
    """Return the open errand to whose question a reply to this message answers, if it is one."""
    asking = select(Errand).where(
        Errand.message_id == message_id, Errand.ended_at.is_(None), Errand.asks.is_not(None)
    )
    errand: Errand | None = await session.scalar(asking)
    return errand


def fill(errand: Errand, **fields: Any) -> None:  # noqa: ANN401 - as JSON has it
    """Note what is known by now."""
    errand.fields = {**errand.fields, **fields}  # a new mapping: SQLAlchemy sees no change within one


def ask(errand: Errand, what: str | None) -> None:
    """Note which field is asked now; None where buttons alone lead on."""
    errand.asks = what
    errand.message_id = None


async def asked_in(session: AsyncSession, errand_id: int, message_id: int) -> None:
    """Note which message asks, so that a reply to it is understood."""
    errand = await session.get(Errand, errand_id, with_for_update=True)
    if errand is not None:
        errand.message_id = message_id


def end(errand: Errand, *, at: datetime) -> None:
    """Note that it is finished or dropped; its buttons and replies lead nowhere from now on."""
    errand.ended_at = at
