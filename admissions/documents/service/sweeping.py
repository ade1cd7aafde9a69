"""Remove files that no row names."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from admissions.documents.models import Upload
from admissions.documents.storage import Store

OLD_ENOUGH = timedelta(hours=1)
"""A file whose row is about to be committed is far younger."""

AT_ONCE = 500


async def sweep(session: AsyncSession, store: Store, *, at: datetime) -> int:
    """Remove the files that a crash, or a removed applicant, left without a row; return how many.

    Only names such as the store gives are looked at. The database must be the one the store belongs to.

    Args:
        session: An open session; one that only reads will do.
        store: Where the files are.
        at: Now, aware, as the store's clock has it: younger files than an hour stay.
    """
    old = [file.name for file in await store.list() if file.written_at <= at - OLD_ENOUGH]
    batches = (old[start : start + AT_ONCE] for start in range(0, len(old), AT_ONCE))
    orphans = [name for batch in batches for name in await _without_row(session, batch)]
    for name in orphans:
        await store.remove(name)
    return len(orphans)


async def _without_row(session: AsyncSession, names: Sequence[str]) -> list[str]:
    known = set(await session.scalars(select(Upload.stored_as).where(Upload.stored_as.in_(names))))
    return [name for name in names if name not in known]
