"""A referee's letter: asked for by a link, sent by whoever opened it, never shown to the applicant."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from telegram import Update
from telegram.helpers import create_deep_linked_url

from admissions import applications, documents
from admissions.documents import Letter, Upload
from admissions.errors import Refusal
from bot import checklists, keyboards, refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.document_bubbles import of_album
from bot.handlers import uploading
from bot.handlers.chats import answer, chat_of, replace_bubble, tap_of, text_of
from bot.handlers.sorting import together
from bot.showing import typing

logger = logging.getLogger(__name__)

LETTER: Final = "letter_"
"""What the payload of a referee's link begins with; the token follows."""
OPENS_LINK: Final = rf"^/start(@\w+)?\s+{LETTER}"


async def ask_referee(update: Update, context: Context) -> None:
    """Give an applicant a link to pass on to a referee."""
    services, chat, now = context.services, chat_of(update), context.services.now()
    async with services.database.transaction() as session:
        token = await documents.ask_referee(session, services.documents_file, chat, at=now)
    link = create_deep_linked_url(context.bot.username, f"{LETTER}{token}")
    days = services.documents_file.referee_link_days
    date = refusals.day(now + timedelta(days=days))
    await answer(update, context, Bubble(texts.REFEREE_LINK.format(link=link, days=days, date=date)))
    await checklists.refresh(context.bot, services, chat)


async def open_link(update: Update, context: Context) -> None:
    """Tell a referee for whom the letter is, and ask for it; there is nothing else for them here."""
    services, chat, now = context.services, chat_of(update), context.services.now()
    token = text_of(update).partition(LETTER)[2]
    async with services.database.transaction() as session:
        letter = await documents.redeem(session, token, by=chat, at=now)
    wanted = texts.LETTER_WANTED.format(name=letter.applicant_name, date=refusals.day(letter.expires_at))
    await answer(update, context, Bubble(wanted))


async def receive_file(update: Update, context: Context) -> None:
    """Take a file for the one letter it can only be; any other is its sender's own, or is asked about."""
    sent = uploading.read_sent(update, context.services.documents_file)
    letter = None if update.edited_message else await _plainly_of(context, chat_of(update), sent)
    if letter is None:
        await uploading.receive_file(update, context)
        return
    try:
        upload = await uploading.keep(context, chat_of(update), sent)
        told = await _hand_over(context, chat_of(update), letter, [upload], joins=letter.is_here)
    except Refusal as refusal:
        await uploading.refuse(update, context, refusals.explain(refusal))
    except uploading.FAILURES:
        logger.exception("a letter could not be kept")
        await uploading.refuse(update, context, texts.FILE_NOT_KEPT)
    else:
        await uploading.say_once(context, chat_of(update), sent, told)


async def send_on(update: Update, context: Context) -> None:
    """Send files on as a letter, or as more pages of it, as was tapped."""
    _, data = tap_of(update)
    prefix = keyboards.PAGE if data.startswith(keyboards.PAGE) else keyboards.LETTER
    upload_id, link_id = (int(number) for number in data.removeprefix(prefix).split(":"))
    services, chat = context.services, chat_of(update)
    async with services.database.reading() as session:
        upload = await documents.get_upload(session, upload_id, applicant_id=chat)
        letters = await documents.letters_from(session, chat, at=services.now())
    letter = next((each for each in letters if each.link_id == link_id), None)
    if letter is None:
        raise documents.LinkUsed
    uploads = await together(context, chat, upload) or [upload]
    told = await _hand_over(context, chat, letter, uploads, joins=prefix == keyboards.PAGE)
    await replace_bubble(update, context, told)


async def keep_own(update: Update, context: Context) -> None:
    """Ask which of the sender's own documents files are."""
    _, data = tap_of(update)
    async with context.services.database.reading() as session:
        upload_id = int(data.removeprefix(keyboards.OWN))
        upload = await documents.get_upload(session, upload_id, applicant_id=chat_of(update))
    uploads = await together(context, chat_of(update), upload) or [upload]
    await replace_bubble(update, context, of_album(context.services.documents_file, uploads, caption=None))


async def _plainly_of(context: Context, chat: int, sent: uploading.Sent) -> Letter | None:
    """Return the letter that a file belongs to where that is no question.

    It is none for a referee of one applicant who has no documents of their own, and for the photos of one album.
    """
    services = context.services
    async with services.database.reading() as session:
        letters = await documents.letters_from(session, chat, at=services.now())
        is_applicant = bool(letters) and (
            await documents.has_sent(session, chat) or await applications.find_active(session, chat) is not None
        )
    same_album = [letter for letter in letters if letter.is_here and sent.album and letter.album == sent.album]
    if same_album or len(letters) != 1 or letters[0].is_here or is_applicant:
        return next(iter(same_album), None)
    return letters[0]


async def _hand_over(
    context: Context, chat: int, letter: Letter, uploads: Sequence[Upload], *, joins: bool
) -> Bubble:
    """Make a letter of files, tell its applicant that it came, and thank the referee."""
    services, parts = context.services, [upload.id for upload in uploads]
    async with typing(context, chat), services.downloads:
        async with services.database.reading() as session:
            content = await documents.letter_content(session, services.store, letter, parts, by=chat, joins=joins)
        async with services.database.transaction() as session:
            document = await documents.receive_letter(
                session,
                services.store,
                letter,
                content,
                by=chat,
                file_name=uploads[0].file_name,
                at=services.now(),
                parts=parts,
                album=uploads[-1].album,
            )
    if not letter.is_here:
        await _update_checklist(context, letter)
    pages = document.current.pages if document.current else None
    words = texts.LETTER_PAGES if joins or len(uploads) > 1 else texts.LETTER_THANKS
    thanks = words.format(name=letter.applicant_name, pages=pages)
    return Bubble(f"{thanks}\n\n{texts.LETTER_MORE}")


async def _update_checklist(context: Context, letter: Letter) -> None:
    """Show the applicant that the letter is here; they are told of it, whether or not this can be done now."""
    try:
        await checklists.refresh(context.bot, context.services, letter.applicant_id)
    except uploading.FAILURES:
        logger.warning("an applicant's checklist could not be brought up to date", exc_info=True)
