"""Write down what only staff read."""

from telegram import Update

from admissions import applications, placements, staff
from admissions.staff import Actor, Deed, ErrandKind, errands
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import bubbles as desk_bubbles
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.handlers import finding, telling
from bot.handlers.chats import tap_of
from bot.handlers.permitting import say


async def ask_note(update: Update, context: Context, actor: Actor) -> None:
    """Ask for a note about an application."""
    _, data = tap_of(update)
    services = context.services
    found = await finding.tapped(context, data.removeprefix(desk_keys.NOTE))
    if found.application is None:
        raise applications.ApplicationNotFound
    async with services.database.transaction() as session:
        errand = await errands.begin(
            session,
            actor,
            ErrandKind.NOTE,
            f"application:{found.application.id}",
            asks="note",
            applicant_id=found.applicant_id,
            at=services.now(),
        )
    await telling.ask_reply(update, context, actor, errand, desk_texts.NOTE_ASKED.format(who=found.shown_name))


async def take_note(update: Update, context: Context, actor: Actor, errand_id: int, words: str) -> None:
    """Keep the note.

    Raises:
        WordsMissing: Nothing is written, or too much.
    """
    services = context.services
    async with services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        number = int(errand.about.partition(":")[2])
        await placements.note(session, number, words, by=actor.name, at=services.now())
        errands.end(errand, at=services.now())
        await staff.record(
            session,
            actor,
            Deed.NOTE_WRITTEN,
            about=errand.about,
            applicant_id=errand.applicant_id,
            after=words,
            at=services.now(),
        )
        found = await applications.known_by_application(session, number)
    written = desk_texts.NOTE_WRITTEN.format(who=found.shown_name)
    await say(update, context, Bubble(written, keyboard=desk_bubbles.back_to(found)))
