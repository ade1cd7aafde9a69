"""Answers found in a CV: shown to be confirmed, never taken unasked."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import date

from telegram import Update

from admissions import applications, documents
from admissions.applications import ApplicationStatus, Suggestion, Value
from admissions.documents import DocumentKind, FileKind, Upload
from bot import forms, texts
from bot.context import Context
from bot.handlers.chats import answer, chat_of
from bot.showing import typing

logger = logging.getLogger(__name__)

READERS = {FileKind.PDF: applications.text_of_pdf, FileKind.DOCX: applications.text_of_docx}


async def suggest(update: Update, context: Context, upload: Upload, kind: DocumentKind) -> None:
    """Show which open questions of the application a file answers, if it is a CV with a text."""
    if kind is not DocumentKind.CV or upload.file_kind not in READERS:
        return
    chat = chat_of(update)
    try:
        async with typing(context, chat), context.services.downloads:
            found = await _find(context, chat, upload)
    except applications.FileUnreadable as unreadable:
        logger.info("a CV suggests nothing: %s", unreadable.reason)
        return
    except OSError:  # the CV is sorted and said to be; what it suggests is an extra
        logger.exception("a CV could not be fetched from the store")
        return
    if new := await _keep(context, chat, found):
        await answer(update, context, forms.of_suggestions(new, texts.FOUND_IN_CV))


async def _find(context: Context, chat: int, upload: Upload) -> Mapping[str, Value]:
    services = context.services
    async with services.database.reading() as session:
        file = await documents.read(
            session, services.store, upload.id, role=documents.Role.APPLICANT, applicant_id=chat
        )
        today = await applications.today(session, chat, at=services.now())
    return await asyncio.to_thread(_look, file, today)


def _look(file: documents.File, today: date) -> Mapping[str, Value]:
    return applications.suggest_from_cv(READERS[file.kind](file.content), today)


async def _keep(context: Context, chat: int, found: Mapping[str, Value]) -> Sequence[Suggestion]:
    """Keep what was found; return all that waits if any of it is new."""
    if not found:
        return []
    services = context.services
    async with services.database.transaction() as session:
        application = await applications.find_active(session, chat)
        if application and application.status is not ApplicationStatus.DRAFT:
            return []
        waiting = await applications.keep_suggestions(session, chat, found, at=services.now())
    return waiting if any(each.question in found for each in waiting) else []
