"""What is typed while a place or a time is asked: looked at before Rasa, which does not know what was asked."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from admissions import applicants, consultations
from admissions.consultations import Asks, NoSuchDay
from bot import consultation_bubbles as bubbles
from bot import refusals, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers import booking, placing
from bot.handlers.chats import answer, chat_of, text_of


async def take_typed(update: Update, context: Context) -> None:
    """Take a typed city or a wish for a time, if one is asked and nothing else is said; all else goes its way.

    Raises:
        ApplicationHandlerStop: It was taken.
    """
    services, chat, words = context.services, chat_of(update), text_of(update)
    async with services.database.reading() as session:
        asks = await consultations.find_asked(session, chat, at=services.now())
    if asks is Asks.TIME:
        await _take_time(update, context, words)
    elif asks and (found := await placing.find(context, chat, words)):
        await placing.show_found(update, context, found)
        raise ApplicationHandlerStop


async def _take_time(update: Update, context: Context, words: str) -> None:
    services, chat = context.services, chat_of(update)
    async with services.database.reading() as session:
        today = services.now().astimezone((await applicants.clock_of(session, chat)).zone).date()
        chooser = await consultations.chooser_of(session, chat)
    try:
        wish = consultations.read_wish(words, today=today)
    except NoSuchDay as refusal:
        await answer(update, context, Bubble(refusals.explain(refusal)))
        raise ApplicationHandlerStop from None
    if wish and wish.is_whole:
        await booking.narrow(update, context, chooser, wish)
        raise ApplicationHandlerStop


async def ask_again(context: Context, chat: int) -> Bubble | None:
    """Ask once more for the place that is asked now, where what was typed was not understood."""
    services = context.services
    async with services.database.reading() as session:
        asks = await consultations.find_asked(session, chat, at=services.now())
    return bubbles.of_place_question(texts.PLACE_UNKNOWN) if asks in (Asks.PLACE, Asks.CLOCK) else None
