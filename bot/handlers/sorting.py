"""Which document a file is: tapped, changed, left open; photos made into one PDF."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from telegram import Update

from admissions import documents
from admissions.documents import DocumentKind, Upload
from bot import checklists, keyboards, texts
from bot.context import Context
from bot.document_bubbles import of_question, of_sorted, of_unsorted, short_name, what_is_next
from bot.handlers import suggesting
from bot.handlers.chats import answer, chat_of, replace_bubble, tap_of
from bot.showing import show, typing


async def sort(update: Update, context: Context) -> None:
    """Save a file as the document that was tapped, and say so in place; a CV may answer questions."""
    _, data = tap_of(update)
    upload_id, kind = data.removeprefix(keyboards.SORT).split(":")
    upload, document = await _sort(context, chat_of(update), int(upload_id), DocumentKind(kind))
    await _say_sorted(update, context, upload, document)
    await _ask_next(context, chat_of(update), upload)
    await suggesting.suggest(update, context, upload, document.kind)


async def keep(update: Update, context: Context) -> None:
    """Leave open which document a file is, or leave it what it was."""
    upload, kind = await _find(update, context, keyboards.KEEP)
    kept = of_sorted(context.services.documents_file, upload, kind) if kind else of_unsorted(upload)
    await replace_bubble(update, context, kept)
    await checklists.refresh(context.bot, context.services, chat_of(update))
    if kind is None:
        await _ask_next(context, chat_of(update), upload)


async def change(update: Update, context: Context) -> None:
    """Ask again which document a file is: in place, or below when the checklist offered it."""
    _, data = tap_of(update)
    prefix = keyboards.WHICH if data.startswith(keyboards.WHICH) else keyboards.CHANGE
    upload, kind = await _find(update, context, prefix)
    bubble = of_question(context.services.documents_file, upload, short_name(upload), sorted_as=kind)
    if prefix == keyboards.WHICH:
        await answer(update, context, bubble)
    else:
        await replace_bubble(update, context, bubble)


async def set_apart(update: Update, context: Context) -> None:
    """Ask about photos that came together one by one."""
    first, kind = await _find(update, context, keyboards.APART)
    bubble = of_question(context.services.documents_file, first, short_name(first), sorted_as=kind)
    await replace_bubble(update, context, bubble)


async def merge(update: Update, context: Context) -> None:
    """Make one PDF of the photos that came together, and ask which document it is."""
    chat = chat_of(update)
    first, _ = await _find(update, context, keyboards.MERGE)
    photos = [each for each in await together(context, chat, first) if each.file_kind in documents.PHOTOS]
    if first.id not in {photo.id for photo in photos}:  # it was sorted by itself meanwhile
        raise documents.UploadNotFound
    async with typing(context, chat):
        whole = await _merge(context, chat, photos)
    lead = texts.ONE_PDF_MADE.format(count=len(photos), name=short_name(whole))
    await replace_bubble(update, context, of_question(context.services.documents_file, whole, lead))


async def _sort(
    context: Context, chat: int, upload_id: int, kind: DocumentKind
) -> tuple[Upload, documents.Document]:
    services = context.services
    async with services.database.transaction() as session:
        document = await documents.sort(
            session, services.documents_file, upload_id, kind, applicant_id=chat, at=services.now()
        )
        return await documents.get_upload(session, upload_id, applicant_id=chat), document


async def _say_sorted(update: Update, context: Context, upload: Upload, document: documents.Document) -> None:
    services, chat = context.services, chat_of(update)
    checklist, _ = await checklists.load(services, chat)
    replaces = [texts.FILE_REPLACES] if document.version > 1 else []
    more = [*replaces, what_is_next(checklist)]
    await replace_bubble(update, context, of_sorted(services.documents_file, upload, document.kind, *more))
    await checklists.refresh(context.bot, services, chat)


async def _merge(context: Context, chat: int, photos: Sequence[Upload]) -> Upload:
    services, parts = context.services, [photo.id for photo in photos]
    async with services.database.reading() as session:
        pdf = await documents.combine(session, services.store, chat, parts)
    name = PurePosixPath(photos[0].file_name).stem
    async with services.database.transaction() as session:
        return await documents.receive(
            session, services.store, chat, pdf, file_name=name, at=services.now(), parts=parts
        )


async def _ask_next(context: Context, chat: int, sorted_one: Upload) -> None:
    """Ask about the next file of the same album that came after this one."""
    later = [each for each in await together(context, chat, sorted_one) if each.id > sorted_one.id]
    if later:
        lead = texts.NEXT_FILE.format(name=short_name(later[0]))
        await show(context, chat, [of_question(context.services.documents_file, later[0], lead)])


async def together(context: Context, chat: int, upload: Upload) -> Sequence[Upload]:
    """Return what came together with a file, itself too, and is not sorted yet."""
    if upload.album is None:
        return []
    async with context.services.database.reading() as session:
        return [each for each in await documents.unsorted(session, chat) if each.album == upload.album]


async def _find(update: Update, context: Context, prefix: str) -> tuple[Upload, DocumentKind | None]:
    _, data = tap_of(update)
    async with context.services.database.reading() as session:
        upload_id = int(data.removeprefix(prefix))
        upload = await documents.get_upload(session, upload_id, applicant_id=chat_of(update))
        return upload, await documents.find_kind(session, upload)
