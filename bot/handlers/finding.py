"""What staff look at: what waits, who somebody is, all about them."""

from typing import Final

from telegram import Update

from admissions import answers, applicants, applications, consultations, documents, handoffs, placements, staff
from admissions.applications import ApplicationStatus, Found, Review
from admissions.database import Session
from admissions.handoffs import HandoffState
from admissions.staff import Actor
from bot.bubbles import Bubble
from bot.consultation_bubbles import of_outcome_question
from bot.context import Context, Services
from bot.desk import bubbles, whom
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.handlers.chats import tap_of, text_of
from bot.handlers.permitting import say, show

TALKS_SHOWN: Final = 3
NOTES_SHOWN: Final = 5
QUESTIONS_SHOWN: Final = 5
ENTRIES_SHOWN: Final = 30


async def show_queue(update: Update, context: Context, _actor: Actor) -> None:
    """Show what waits for staff."""
    services = context.services
    async with services.database.reading() as session:
        bubble = bubbles.of_queue(
            await handoffs.unresolved(session),
            await applications.to_review(session),
            await documents.to_review(session),
            await consultations.without_outcome(session, at=services.now()),
            services.documents_file,
            services.now(),
        )
    await show(update, context, bubble)


async def find(update: Update, context: Context, actor: Actor) -> None:
    """Show who may be meant; all about them, if it is one."""
    words = arguments(update)
    if not words:
        await say(update, context, usage("find"))
        return
    if found := await the_one(update, context, words):
        await say(update, context, await _card(context, found, actor))


async def show_applicant(update: Update, context: Context, actor: Actor) -> None:
    """Show all about one applicant."""
    if found := await meant(update, context, "applicant", arguments(update)):
        await say(update, context, await _card(context, found, actor))


async def open_card(update: Update, context: Context, actor: Actor) -> None:
    """Show all about the one whose button was tapped."""
    _, data = tap_of(update)
    found = await tapped(context, data.removeprefix(desk_keys.CARD))
    await show(update, context, await _card(context, found, actor))


async def show_answers(update: Update, context: Context, _actor: Actor) -> None:
    """Show an application as it was filled in."""
    _, data = tap_of(update)
    found = await tapped(context, data.removeprefix(desk_keys.ANSWERS))
    async with context.services.database.reading() as session:
        review = await _review(session, found)
    if review is None:
        raise applications.ApplicationNotFound
    await show(update, context, bubbles.of_answers(found, review))


async def show_history(update: Update, context: Context, _actor: Actor) -> None:
    """Show what happened to an application, and what staff did about it."""
    _, data = tap_of(update)
    found = await tapped(context, data.removeprefix(desk_keys.HISTORY))
    if found.application is None:
        raise applications.ApplicationNotFound
    async with context.services.database.reading() as session:
        changes = await placements.history(session, found.application.id)
        entries = (
            await staff.listed(session, limit=ENTRIES_SHOWN, applicant_id=found.applicant_id)
            if found.applicant_id
            else ()
        )
    await show(update, context, bubbles.of_history(found, changes, entries))


async def show_talk(update: Update, context: Context, _actor: Actor) -> None:
    """Ask how a talk went."""
    _, data = tap_of(update)
    async with context.services.database.reading() as session:
        talk = await consultations.get(session, int(data.removeprefix(desk_keys.TALK)))
    await say(update, context, of_outcome_question(talk))


async def meant(update: Update, context: Context, command: str, words: str) -> Found | None:
    """Return whom a command is about: who is named, else in an applicant's topic that applicant.

    Where neither is clear, it is said how the command is written, or who may be meant.
    """
    if words:
        return await the_one(update, context, words)
    message = update.effective_message
    async with context.services.database.reading() as session:
        thread = message.message_thread_id if message and message.is_topic_message else None
        applicant_id = await handoffs.whose_topic(session, thread) if thread else None
        if applicant_id is not None:
            return await applications.known_by_applicant(session, applicant_id)
    await say(update, context, usage(command))
    return None


async def the_one(update: Update, context: Context, words: str) -> Found | None:
    """Return who is meant, if it is clear; else show who may be."""
    async with context.services.database.reading() as session:
        found = await applications.find(session, words)
    if len(found) == 1:
        return found[0]
    await say(update, context, bubbles.of_found(found, words))
    return None


async def tapped(context: Context, key: str) -> Found:
    """Return whom a button is about.

    Raises:
        ApplicationNotFound: They are gone.
    """
    async with context.services.database.reading() as session:
        return await whom.by_key(session, key)


def arguments(update: Update) -> str:
    """Return what was written after a command."""
    _, *rest = text_of(update).split(maxsplit=1)
    return rest[0].strip() if rest else ""


def usage(command: str) -> Bubble:
    """Say how a command is written."""
    what, how = desk_texts.COMMANDS[command]
    return Bubble(desk_texts.USAGE.format(what=what, how=how))


async def _card(context: Context, found: Found, actor: Actor) -> Bubble:
    services = context.services
    card = bubbles.Card(found, services.now())
    async with services.database.reading() as session:
        if found.applicant_id is not None:
            person = await applicants.find(session, found.applicant_id)
            clock = await applicants.clock_of(session, found.applicant_id)
            card.account(clock, is_unreachable=person is not None and person.unreachable_at is not None)
        card.application(found.application, await _review(session, found))
        await _add_placement(session, card, found)
        if found.applicant_id is not None:
            await _add_doings(session, services, card, found.applicant_id)
        if found.application:
            notes = await placements.notes(session, found.application.id)
            card.notes(notes[-NOTES_SHOWN:])
    return card.bubble(actor)


async def _add_placement(session: Session, card: bubbles.Card, found: Found) -> None:
    if found.application:
        placement = await placements.open_placement(session, found.application.id)
        card.placement(placement, await placements.open_items(session, found.application.id))


async def _add_doings(session: Session, services: Services, card: bubbles.Card, applicant_id: int) -> None:
    english_test = await applications.english_test(session, applicant_id)
    checklist = await documents.checklist(
        session, services.documents_file, applicant_id, english_test=english_test, at=services.now()
    )
    card.documents((item.title, item.state.replace("_", " ")) for item in checklist.items)
    card.talks((await consultations.talks_of(session, applicant_id))[:TALKS_SHOWN])
    handoff = await handoffs.find_latest(session, applicant_id)
    if handoff and handoff.state is not HandoffState.RESOLVED:
        card.handoff(handoff)
    card.asked(await answers.last_asked(session, applicant_id, QUESTIONS_SHOWN))


async def _review(session: Session, found: Found) -> Review | None:
    application = found.application
    if application and application.reference:
        return await applications.review_by_reference(session, application.reference)
    if application and application.status is ApplicationStatus.DRAFT and found.applicant_id:
        return await applications.review(session, found.applicant_id)
    return None
