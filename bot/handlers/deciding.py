"""An offered place: accept it or decline it, each with a second tap that counts."""

from collections.abc import Callable

from telegram import Update

from admissions import applicants, placements
from admissions.applicants import Clock
from admissions.placements import Place
from bot import clocks, keyboards, status_bubbles, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.handlers.chats import chat_of, replace_bubble, tap_of


async def ask_accept(update: Update, context: Context) -> None:
    """Ask whether to accept the tapped offer, and say before what that may cost."""
    await _ask(update, context, status_bubbles.of_accepting)


async def ask_decline(update: Update, context: Context) -> None:
    """Ask whether to decline the tapped offer."""
    await _ask(update, context, status_bubbles.of_declining)


async def accept(update: Update, context: Context) -> None:
    """Accept the tapped offer."""
    services = context.services
    async with placements.auditing(services.database, at=services.now()) as session:
        await placements.accept(session, chat_of(update), _number(update), at=services.now())
    await _show_answered(update, context, texts.OFFER_ACCEPTED)


async def decline(update: Update, context: Context) -> None:
    """Decline the tapped offer."""
    services = context.services
    async with placements.auditing(services.database, at=services.now()) as session:
        await placements.decline(session, chat_of(update), _number(update), at=services.now())
    await _show_answered(update, context, texts.OFFER_DECLINED)


async def keep(update: Update, context: Context) -> None:
    """Leave the tapped offer open."""
    place, clock = await _offer(update, context)
    kept = texts.OFFER_KEPT.format(reply_by=clocks.both(place.reply_by, clock))
    buttons = [*status_bubbles.offer_buttons(place), status_bubbles.PERSON]
    await replace_bubble(update, context, Bubble(kept, keyboard=keyboards.rows(buttons)))


async def _ask(update: Update, context: Context, bubble_of: Callable[[Place, Clock], Bubble]) -> None:
    await replace_bubble(update, context, bubble_of(*await _offer(update, context)))


async def _offer(update: Update, context: Context) -> tuple[Place, Clock]:
    services, chat = context.services, chat_of(update)
    async with services.database.reading() as session:
        placement = await placements.get_offer(session, chat, _number(update), at=services.now())
        return placements.place_of(placement), await applicants.clock_of(session, chat)


async def _show_answered(update: Update, context: Context, text: str) -> None:
    buttons = [(texts.STATUS, keyboards.STATUS), status_bubbles.PERSON]
    await replace_bubble(update, context, Bubble(text, keyboard=keyboards.rows(buttons)))


def _number(update: Update) -> int:
    _, data = tap_of(update)
    return int(data.rpartition(":")[2])
