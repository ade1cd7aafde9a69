"""Where an applicant is, so that every time they read is by their own clock."""

from collections.abc import Sequence

from telegram import ReplyKeyboardRemove, Update

from admissions import applicants, applications, consultations, places
from admissions.consultations import Asks, Chooser
from admissions.places import Place
from bot import consultation_bubbles as bubbles
from bot import living, picks, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers import booking
from bot.handlers.chats import answer, chat_of, tap_of
from bot.handlers.receiving import receive_other


async def ask(update: Update, context: Context) -> None:
    """Ask in which city the applicant is, to go on to the free times."""
    await _ask(update, context, Asks.PLACE)


async def set_clock(update: Update, context: Context) -> None:
    """Ask in which city the applicant is, for its own sake."""
    await _ask(update, context, Asks.CLOCK)


async def take(update: Update, context: Context) -> None:
    """Keep the tapped place, and go on to what is free by its clock."""
    _, data = tap_of(update)
    if data.startswith(picks.PLACE):
        place = places.get_place(int(data.removeprefix(picks.PLACE)))
    else:
        place = places.place_of_zone(data.removeprefix(picks.ZONE))
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        await applicants.settle(session, chat, place)
        is_all = await consultations.find_asked(session, chat, at=services.now()) is Asks.CLOCK
        chooser = await consultations.chooser_of(session, chat)
        has_talk = await consultations.find_upcoming(session, chat) is not None
    saved = Bubble(texts.PLACE_SAVED.format(place=place.label), keyboard=ReplyKeyboardRemove())
    await answer(update, context, saved)
    if has_talk or not is_all:
        intent = booking.MOVE if chooser.is_moving else booking.BOOK
        await booking.begin(update, context, intent, chooser.words)


async def share(update: Update, context: Context) -> None:
    """Ask whether the clock at a shared location is right."""
    message = update.effective_message
    assert message is not None, "registered for messages"
    assert message.location is not None, "registered for locations"
    services, chat = context.services, chat_of(update)
    place = places.place_at(message.location.latitude, message.location.longitude)
    async with services.database.reading() as session:
        asks = await consultations.find_asked(session, chat, at=services.now())
    if asks not in (Asks.PLACE, Asks.CLOCK):
        await receive_other(update, context)
    elif place is None:
        await answer(update, context, bubbles.of_place_question(texts.PLACE_UNKNOWN))
    else:
        await answer(update, context, bubbles.of_place_guess(place, services.now()))


async def find(context: Context, chat: int, words: str) -> Sequence[Place]:
    """Return the places that an applicant may have meant."""
    async with context.services.database.reading() as session:
        country = await applications.citizenship(session, chat)
    return places.find_places(words, country=country, at=context.services.now())


async def show_found(update: Update, context: Context, found: Sequence[Place]) -> None:
    """Ask whether the one place is right, or which of several."""
    now = context.services.now()
    bubble = bubbles.of_place_guess(found[0], now) if len(found) == 1 else bubbles.of_places(found, now)
    await living.show_anew(context.bot, context.services, chat_of(update), booking.BOOKING, bubble)


async def _ask(update: Update, context: Context, asks: Asks) -> None:
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        chooser = await consultations.chooser_of(session, chat) if asks is Asks.PLACE else Chooser()
        await consultations.ask(session, chat, asks, chooser, at=services.now())
    await answer(update, context, bubbles.of_place_question())
