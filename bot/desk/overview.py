"""How things stand with an applicant, in a few words for staff."""

from admissions import applications, documents
from admissions.database import Session
from bot import texts
from bot.context import Services


async def stage(session: Session, applicant_id: int) -> str:
    """Say how far an applicant's application is."""
    application = await applications.find_active(session, applicant_id)
    if application is None:
        return texts.NO_APPLICATION
    progress = await applications.progress(session, applicant_id)
    return texts.BRIEF_STAGES[application.status].format(
        answered=progress.answered, total=progress.total, reference=application.reference
    )


async def open_documents(session: Session, services: Services, applicant_id: int) -> str:
    """Name the documents that an applicant has still to send."""
    english_test = await applications.english_test(session, applicant_id)
    checklist = await documents.checklist(
        session, services.documents_file, applicant_id, english_test=english_test, at=services.now()
    )
    return ", ".join(item.title for item in checklist.items if item.is_open) or texts.NOTHING
