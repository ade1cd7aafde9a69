"""A referee's letter: asked for by a link, sent by whoever opened it, never shown to the applicant."""

import logging
from datetime import timedelta
from typing import Final

from telegram import Update
from telegram.helpers import create_deep_linked_url

from admissions import documents
from admissions.documents import LetterAwaited
from admissions.errors import Refusal
from bot import checklists, refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers import uploading
from bot.handlers.chats import answer, chat_of, text_of
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
        first, *_ = await documents.awaited_from(session, chat, at=now)
    wanted = texts.LETTER_WANTED.format(name=letter.applicant_name, date=refusals.day(letter.expires_at))
    other = [] if first == letter else [Bubble(texts.LETTER_FIRST.format(name=first.applicant_name))]
    await answer(update, context, Bubble(wanted), *other)


async def receive_file(update: Update, context: Context) -> None:
    """Take a file for the letter that is awaited from its sender; any other is the sender's own document."""
    letter = None if update.edited_message else await _next_letter(context, chat_of(update))
    if letter is None:
        await uploading.receive_file(update, context)
        return
    try:
        await _keep(update, context, letter)
    except Refusal as refusal:
        await uploading.refuse(update, context, refusals.explain(refusal))
    except uploading.FAILURES:
        logger.exception("a letter could not be kept")
        await uploading.refuse(update, context, texts.FILE_NOT_KEPT)
    else:
        await _update_checklist(context, letter)
        await _thank(update, context, letter)


async def _next_letter(context: Context, referee: int) -> LetterAwaited | None:
    services = context.services
    async with services.database.reading() as session:
        return next(iter(await documents.awaited_from(session, referee, at=services.now())), None)


async def _keep(update: Update, context: Context, letter: LetterAwaited) -> None:
    services, chat = context.services, chat_of(update)
    sent = uploading.read_sent(update, services.documents_file)
    async with typing(context, chat), services.downloads:
        content = await uploading.download(context, sent)
        async with services.database.transaction() as session:
            await documents.receive_letter(
                session, services.store, letter, content, by=chat, file_name=sent.name, at=services.now()
            )


async def _thank(update: Update, context: Context, letter: LetterAwaited) -> None:
    following = await _next_letter(context, chat_of(update))
    words = texts.LETTER_THANKS_NEXT if following else texts.LETTER_THANKS
    others = {"next": following.applicant_name} if following else {}
    await answer(update, context, Bubble(words.format(name=letter.applicant_name, **others)))


async def _update_checklist(context: Context, letter: LetterAwaited) -> None:
    """Show the applicant that the letter is here; they are told of it, whether or not this can be done now."""
    try:
        await checklists.refresh(context.bot, context.services, letter.applicant_id)
    except uploading.FAILURES:
        logger.warning("an applicant's checklist could not be brought up to date", exc_info=True)
