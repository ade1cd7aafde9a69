"""An applicant wants a copy of what is kept of them."""

from typing import Final

from telegram import Update
from telegram.constants import ChatAction

from admissions import privacy
from bot import privacy_bubbles, texts
from bot.context import Context
from bot.handlers.chats import chat_of

TAKES_AT_MOST: Final = 120.0
"""Seconds to send an archive of up to 50 MB."""


async def send_data(update: Update, context: Context) -> None:
    """Send the archive, or archives; who asks again at once is told when.

    Raises:
        PrivacyRefusal: As `privacy.collect` has them.
    """
    services, applicant_id = context.services, chat_of(update)
    async with services.database.reading() as session:
        kept = await privacy.collect(session, applicant_id, at=services.now())
    said = await services.conversations.of(applicant_id) if services.conversations else ()
    await context.bot.send_chat_action(applicant_id, ChatAction.UPLOAD_DOCUMENT)
    total, words = len(kept.archives), privacy_bubbles.in_the_archive()
    async with services.downloads:
        number = 0
        async for file in privacy.archives(kept, said, services.store, words, at=services.now()):
            number += 1
            await context.bot.send_document(
                applicant_id,
                file,
                filename=texts.DATA_FILE.format(number=number),
                caption=texts.DATA_SENT.format(number=number, total=total),
                write_timeout=TAKES_AT_MOST,
                read_timeout=TAKES_AT_MOST,
            )
    async with services.database.transaction() as session:
        await privacy.note_sent(session, applicant_id, at=services.now())
