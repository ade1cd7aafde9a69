"""Files: received at any time, asked about once, never dropped in silence."""

import logging
from dataclasses import dataclass

from telegram import Message, Update
from telegram.error import TelegramError

from admissions import documents
from admissions.documents import DocumentsFile, Upload
from admissions.errors import Refusal
from bot import checklists, living, metrics, refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.document_bubbles import of_album, of_known, of_question, of_whose
from bot.handlers import asking
from bot.handlers.chats import chat_of, text_of
from bot.showing import show, typing

logger = logging.getLogger(__name__)

FAILURES = (TelegramError, OSError)
"""What can fail on the way from Telegram to the store; the file is then asked for again. Without the database it
waits for that, as every message does."""

NAMES_A_FILE = 5
"""Words: a caption of so few that names a document tells what the file is, and asks nothing."""


@dataclass(frozen=True)
class Sent:
    """A file that Telegram holds for us.

    Attributes:
        file_id: Telegram's.
        size: In bytes, where Telegram says it.
        name: What to call it.
        caption: What stands below it.
        album: What it was sent together with; None if it came alone.
    """

    file_id: str
    size: int | None
    name: str | None
    caption: str
    album: str | None


async def receive_file(update: Update, context: Context) -> None:
    """Keep a file, and ask which document it is; a question below it is answered."""
    sent = read_sent(update, context.services.documents_file)
    try:
        await _receive(update, context, sent)
    except Refusal as refusal:
        await refuse(update, context, refusals.explain(refusal))
    if sent.caption and not _names_a_file(sent.caption, context.services.documents_file):
        await asking.ask_below_file(update, context)


async def keep_silently(update: Update, context: Context) -> bool:
    """Keep a file without asking which document it is; where it cannot be kept, say so and what to do.

    Returns:
        Whether it is new, and kept.
    """
    sent = read_sent(update, context.services.documents_file)
    try:
        await keep(context, chat_of(update), sent)
    except documents.AlreadyReceived:
        return False
    except Refusal as refusal:
        await refuse(update, context, refusals.explain(refusal))
        return False
    except FAILURES:
        logger.exception("a file could not be kept")
        await refuse(update, context, texts.FILE_NOT_KEPT)
        return False
    return True


async def show_checklist(update: Update, context: Context) -> None:
    """Show which documents are here and which are missing."""
    await checklists.show(context.bot, context.services, chat_of(update))


def read_sent(update: Update, file: DocumentsFile) -> Sent:
    """Read what file a message brings."""
    message = update.effective_message
    assert message is not None, "registered for messages only"
    caption = text_of(update)
    upload = message.document or message.photo[-1]  # the last size is the largest
    return Sent(upload.file_id, upload.file_size, _name(message, caption, file), caption, message.media_group_id)


async def download(context: Context, sent: Sent) -> bytes:
    """Return a whole file.

    Raises:
        FileTooLarge: Nobody needs to look at it; Telegram was not asked for it.
    """
    if sent.size is not None and sent.size > documents.SIZE_AT_MOST:
        raise documents.FileTooLarge(documents.SIZE_AT_MOST)
    file = await context.bot.get_file(sent.file_id)
    return bytes(await file.download_as_bytearray())


async def refuse(update: Update, context: Context, words: str) -> None:
    """Answer below the very file, so that one sees which one of several is meant."""
    message = update.effective_message
    await show(context, chat_of(update), [Bubble(words)], reply_to=message.message_id if message else None)


async def _receive(update: Update, context: Context, sent: Sent) -> None:
    chat = chat_of(update)
    try:
        upload = await keep(context, chat, sent)
    except documents.AlreadyReceived as known:
        await _recognise(update, context, sent, known)
    except FAILURES:
        logger.exception("a file could not be kept")
        await refuse(update, context, texts.FILE_NOT_KEPT)
    else:
        await _ask_which(context, chat, sent, upload)


async def keep(context: Context, chat: int, sent: Sent) -> Upload:
    """Keep a file as a document of its sender, unsorted as yet.

    Raises:
        FileRefusal: It cannot be taken.
        AlreadyReceived: It is here.
    """
    services = context.services
    async with typing(context, chat), services.downloads:
        with metrics.counting_upload():
            content = await download(context, sent)
            async with services.database.transaction() as session:
                return await documents.receive(
                    session,
                    services.store,
                    chat,
                    content,
                    file_name=sent.name,
                    at=services.now(),
                    album=sent.album,
                )


async def _ask_which(context: Context, chat: int, sent: Sent, upload: Upload) -> None:
    """Ask about a file that came alone; about an album once, in a message that grows with it."""
    services, together = context.services, [upload]
    async with services.database.reading() as session:
        if sent.album is not None:
            unsorted = await documents.unsorted(session, chat)
            together = [each for each in unsorted if each.album == sent.album] or [upload]
        letters = await documents.letters_from(session, chat, at=services.now())
    if letters:
        bubble = of_whose(together, letters)
    else:
        bubble = of_album(services.documents_file, together, caption=sent.caption)
    await say_once(context, chat, sent, bubble)


async def _recognise(update: Update, context: Context, sent: Sent, known: documents.AlreadyReceived) -> None:
    """Say that a file is here already; one that was never sorted, perhaps in a crash, is asked about again."""
    if update.edited_message:
        return
    chat, services = chat_of(update), context.services
    async with services.database.reading() as session:
        upload = await documents.get_upload(session, known.upload_id, applicant_id=chat)
        letters = await documents.letters_from(session, chat, at=services.now())
    if known.kind is None and sent.album and upload.album == sent.album:
        await _ask_which(context, chat, sent, upload)
        return
    lead = refusals.explain(known)
    if known.kind is not None:
        bubble = of_known(services.documents_file, known, known.kind, lead)
    elif letters:
        bubble = of_whose([upload], letters, lead)
    else:
        bubble = of_question(services.documents_file, upload, lead, caption=sent.caption)
    await say_once(context, chat, sent, bubble)


async def say_once(context: Context, chat: int, sent: Sent, bubble: Bubble) -> None:
    """Answer a file; an album as a whole, in a message that is kept up to date."""
    if sent.album is None:
        await show(context, chat, [bubble])
    else:
        await living.keep_up(context.bot, context.services, chat, _about(sent.album), bubble)


def _name(message: Message, caption: str, file: DocumentsFile) -> str | None:
    """Return what a file is called; a photo has no name of its own, but perhaps a caption that names it."""
    if message.document:
        return message.document.file_name
    return caption if _names_a_file(caption, file) else texts.PHOTO_NAME


def _names_a_file(caption: str, file: DocumentsFile) -> bool:
    is_short = 0 < len(caption.split()) <= NAMES_A_FILE and "?" not in caption
    return is_short and bool(documents.guess_kinds(file.words, None, caption))


def _about(album: str) -> str:
    return f"album:{album}"
