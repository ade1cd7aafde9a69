"""The one message in each applicant's chat that lists their documents."""

from collections.abc import Sequence
from typing import Final

from admissions import applications, documents
from admissions.documents import Checklist, DocumentKind, Upload
from bot import living
from bot.api import Client
from bot.bubbles import Bubble
from bot.context import Services
from bot.document_bubbles import of_checklist, of_documents

CHECKLIST: Final = "checklist"


async def load(services: Services, applicant_id: int) -> tuple[Checklist, Sequence[Upload]]:
    """Return an applicant's checklist, and what they sent and did not sort."""
    async with services.database.reading() as session:
        english_test = await applications.english_test(session, applicant_id)
        checklist = await documents.checklist(
            session, services.documents_file, applicant_id, english_test=english_test, at=services.now()
        )
        return checklist, await documents.unsorted(session, applicant_id)


async def show(bot: Client, services: Services, applicant_id: int) -> None:
    """Show the checklist below everything; there is one at a time."""
    await living.show_anew(bot, services, applicant_id, CHECKLIST, await _current(services, applicant_id))


async def of_named(services: Services, applicant_id: int, kinds: Sequence[str]) -> Bubble:
    """Say how it stands with some documents; the whole list is a tap away."""
    checklist, _ = await load(services, applicant_id)
    return of_documents(services.documents_file, checklist, [DocumentKind(kind) for kind in kinds])


async def refresh(bot: Client, services: Services, applicant_id: int) -> None:
    """Bring the checklist up to date in place, after anything that changed it."""
    await living.keep_up(bot, services, applicant_id, CHECKLIST, await _current(services, applicant_id))


async def outdated(services: Services) -> Sequence[int]:
    """Return the applicants whose checklist shows what is no longer so."""
    async with services.database.reading() as session:
        return await documents.outdated(session, CHECKLIST)


async def follow(bot: Client, services: Services, applicant_id: int) -> None:
    """Bring a checklist up to date of which something changed elsewhere; one that is gone is not shown anew."""
    bubble = await _current(services, applicant_id)
    async with services.database.reading() as session:
        message_id = await documents.find_message(session, applicant_id, CHECKLIST)
    if message_id is not None:
        await living.edit(bot, applicant_id, message_id, bubble)


async def _current(services: Services, applicant_id: int) -> Bubble:
    async with services.database.transaction() as session:
        await documents.count_as_current(session, applicant_id, CHECKLIST)
    return of_checklist(*await load(services, applicant_id))
