"""Staff say what a message meant that the assistant did not surely understand; it learns from that."""

from telegram import Update

from admissions import staff, understanding
from admissions.staff import Actor, Deed
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import keys as desk_keys
from bot.desk import meanings
from bot.desk import texts as desk_texts
from bot.handlers.chats import tap_of
from bot.handlers.permitting import say, show


async def ask(update: Update, context: Context, _actor: Actor) -> None:
    """Show what waits to be told the meaning of; it comes by the outbox, as every morning."""
    services = context.services
    async with services.database.transaction() as session:
        count = await understanding.ask_more(session, at=services.now())
    services.news.set()
    words = desk_texts.MEANT_FOLLOWS.format(count=count) if count else desk_texts.MEANT_NOTHING
    await say(update, context, Bubble(words))


async def label(update: Update, context: Context, actor: Actor) -> None:
    """Note what a message meant, and show who said so.

    Raises:
        MessageNotFound: It is forgotten by now.
        MessageAlreadyLabelled: A colleague was quicker.
    """
    _, data = tap_of(update)
    number, _, intent = data.removeprefix(desk_keys.LABEL).partition(":")
    services = context.services
    async with services.database.transaction() as session:
        message = await understanding.label(session, int(number), intent, by=actor.name, at=services.now())
        await staff.record(
            session,
            actor,
            Deed.MESSAGE_LABELLED,
            about=f"message:{message.id}",
            applicant_id=message.applicant_id,
            before=message.done,
            after=intent,
            at=services.now(),
        )
        bubble = await meanings.of_message(session, message)
    await show(update, context, bubble)


async def show_topics(update: Update, context: Context, _actor: Actor) -> None:
    """Show the topics of all that a message can mean."""
    _, data = tap_of(update)
    async with context.services.database.reading() as session:
        message = await understanding.get(session, int(data.removeprefix(desk_keys.LABEL_TOPICS)))
        bubble = await meanings.of_topics(session, message)
    await show(update, context, bubble)


async def show_topic(update: Update, context: Context, _actor: Actor) -> None:
    """Show all of a topic that a message can mean."""
    _, data = tap_of(update)
    number, _, place = data.removeprefix(desk_keys.LABEL_TOPIC).partition(":")
    async with context.services.database.reading() as session:
        message = await understanding.get(session, int(number))
        bubble = await meanings.of_topic(session, message, int(place))
    await show(update, context, bubble)


async def show_message(update: Update, context: Context, _actor: Actor) -> None:
    """Show the likeliest meanings again."""
    _, data = tap_of(update)
    async with context.services.database.reading() as session:
        message = await understanding.get(session, int(data.removeprefix(desk_keys.LABEL_BACK)))
        bubble = await meanings.of_message(session, message)
    await show(update, context, bubble)
