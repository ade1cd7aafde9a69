"""Words that staff have listed: a person takes over, whatever the assistant would have understood."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from admissions import handoffs
from admissions.handoffs import Asked, HandoffAlreadyRequested, HandoffReason
from bot import texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import office
from bot.handlers import relaying
from bot.handlers.chats import answer, chat_of, text_of


async def hear(update: Update, context: Context) -> None:
    """Ask for a person where listed words are written; in a crisis the emergency number is named first.

    A question that has such a word is answered all the same: "do you give refunds?".

    Raises:
        ApplicationHandlerStop: It was answered; what goes on between people goes its way.
    """
    services, text = context.services, text_of(update)
    found = services.words.find(text)
    if found is None:
        return
    name, entry = found
    is_news = await _request(context, chat_of(update), Asked(said=text, listed=name, is_crisis=entry.is_crisis))
    is_resting = await relaying.is_resting(context, chat_of(update))
    if entry.is_crisis:
        await answer(update, context, Bubble(texts.CRISIS))
    elif is_news and not is_resting:
        told = await office.with_hours(services, chat_of(update), Bubble(texts.PERSON_COMING))
        await answer(update, context, told)
    if not is_resting and (entry.is_crisis or is_news):
        await relaying.show_staff(update, context)
        if entry.is_crisis or "?" not in text:
            raise ApplicationHandlerStop


async def _request(context: Context, applicant_id: int, asked: Asked) -> bool:
    services = context.services
    try:
        async with services.database.transaction() as session:
            await handoffs.request(
                session, applicant_id, HandoffReason.LISTED_WORDS, at=services.now(), asked=asked
            )
    except HandoffAlreadyRequested:
        return False
    return True
