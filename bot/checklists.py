"""The one message in each applicant's chat that lists their documents."""

from collections.abc import Sequence
from typing import Final

from admissions import applications, documents
from admissions.documents import Checklist, Upload
from bot import living
from bot.api import Client
from bot.context import Services
from bot.document_bubbles import of_checklist

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
    bubble = of_checklist(*await load(services, applicant_id))
    await living.show_anew(bot, services, applicant_id, CHECKLIST, bubble)


async def refresh(bot: Client, services: Services, applicant_id: int) -> None:
    """Bring the checklist up to date in place, after anything that changed it."""
    bubble = of_checklist(*await load(services, applicant_id))
    await living.keep_up(bot, services, applicant_id, CHECKLIST, bubble)
