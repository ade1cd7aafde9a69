"""What an applicant says of a talk with a person: that the assistant shall wake, and whether all is solved."""

from telegram import Update

from admissions import handoffs
from bot import texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import cards, handoff_notices, office
from bot.handlers.chats import answer, chat_of, replace_bubble, tap_of
from bot.handlers.refusing import explaining


async def wake(update: Update, context: Context) -> None:
    """Let the assistant answer again, though a person talks."""
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        was_resting = await handoffs.wake(session, chat, at=services.now())
        handoff = await handoffs.find_latest(session, chat)
    if not was_resting or handoff is None:
        await answer(update, context, Bubble(texts.AWAKE_ALREADY))
        return
    services.news.set()
    await answer(update, context, Bubble(texts.AWAKE.format(name=handoff.taken_by_name)))
    await cards.refresh(context.bot, services, chat)


@explaining
async def say_solved(update: Update, context: Context) -> None:
    """Take what the applicant says of the end of a talk; what is not solved waits for a person again."""
    _, data = tap_of(update)
    services, chat = context.services, chat_of(update)
    number, _, said = data.removeprefix(handoff_notices.SOLVED).partition(":")
    is_solved = said == "1"
    async with services.database.transaction() as session:
        await handoffs.answer_solved(session, int(number), chat, is_solved=is_solved, at=services.now())
    services.news.set()
    bubble = (
        Bubble(texts.SOLVED) if is_solved else await office.with_hours(services, chat, Bubble(texts.NOT_SOLVED))
    )
    await replace_bubble(update, context, bubble)
    await cards.refresh(context.bot, services, chat)
