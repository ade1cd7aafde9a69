"""Tell the applicant? The exact words are shown to staff, and go out once somebody says yes."""

from typing import Final

from telegram import ForceReply, Update

from admissions import applicants, notifications, staff
from admissions.applications import Found
from admissions.database import Session
from admissions.notifications import Kind
from admissions.staff import Actor, Deed, Errand, ErrandKind, errands
from bot import keyboards
from bot.bubbles import Bubble, Mention
from bot.context import Context
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.handlers.chats import tap_of
from bot.handlers.permitting import say, show

WORDS: Final = "words"
NAME: Final = "name"
LONGEST: Final = 3000
"""Characters that go out in one message, with room for what stands above them in the group."""


async def ask(update: Update, context: Context, actor: Actor, found: Found, *, about: str, words: str) -> None:
    """Ask whether to tell an applicant of a change, with the exact words.

    Args:
        update: What changed it.
        context: The context.
        actor: Who changed it, and decides.
        found: Whom it concerns.
        about: What changed, such as "document:12".
        words: What they would read.
    """
    services = context.services
    if found.applicant_id is None:
        await say(update, context, Bubble(desk_texts.NO_ACCOUNT))
        return
    async with services.database.transaction() as session:
        person = await applicants.find(session, found.applicant_id)
        if person is None or person.unreachable_at is not None:
            bubble = Bubble(desk_texts.UNREACHABLE.format(who=found.shown_name))
        else:
            errand = await errands.begin(
                session,
                actor,
                ErrandKind.TELL,
                about,
                fields={WORDS: words, NAME: found.shown_name},
                applicant_id=found.applicant_id,
                at=services.now(),
            )
            bubble = of_question(errand)
    await say(update, context, bubble)


async def tell(update: Update, context: Context, actor: Actor) -> None:
    """Send the words that are shown above the tapped button."""
    services = context.services
    async with services.database.transaction() as session:
        errand = await _tapped(session, update, actor, desk_keys.TELL)
        assert errand.applicant_id is not None, "somebody is told"
        words, name = errand.fields[WORDS], errand.fields[NAME]
        errands.end(errand, at=services.now())
        await notifications.enqueue(
            session,
            errand.applicant_id,
            Kind.STAFF_NEWS,
            f"errand:{errand.id}",
            due_at=services.now(),
            payload={WORDS: words, "about": errand.about},
        )
        await _record(session, context, actor, errand, Deed.APPLICANT_TOLD, words)
    services.news.set()
    await show(update, context, Bubble(desk_texts.TOLD.format(who=name, words=words)))


async def keep_quiet(update: Update, context: Context, actor: Actor) -> None:
    """Send nothing."""
    services = context.services
    async with services.database.transaction() as session:
        errand = await _tapped(session, update, actor, desk_keys.KEEP_QUIET)
        errands.end(errand, at=services.now())
        await _record(session, context, actor, errand, Deed.APPLICANT_NOT_TOLD, None)
    await show(update, context, Bubble(desk_texts.NOT_TOLD.format(who=errand.fields[NAME])))


async def ask_words(update: Update, context: Context, actor: Actor) -> None:
    """Ask for other words."""
    async with context.services.database.transaction() as session:
        errand = await _tapped(session, update, actor, desk_keys.REWORD)
        errands.ask(errand, WORDS)
    await ask_reply(update, context, actor, errand, desk_texts.TELL_ASKED.format(who=errand.fields[NAME]))


async def take_words(update: Update, context: Context, actor: Actor, errand_id: int, words: str) -> None:
    """Show the other words, and ask again.

    Raises:
        WordsMissing: Nothing is written.
        WordsTooLong: It does not fit into one message.
    """
    async with context.services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        errands.fill(errand, **{WORDS: staff.check_words(words, LONGEST)})
        errands.ask(errand, None)
    await say(update, context, of_question(errand))


async def ask_reply(update: Update, context: Context, actor: Actor, errand: Errand, question: str) -> None:
    """Ask somebody for words, to be given as a reply, and remember which message asks."""
    mention = Mention(actor.id, actor.name)
    asked = await say(update, context, Bubble(question, subject=mention, keyboard=ForceReply(selective=True)))
    await remember_question(context, errand.id, asked.message_id)


async def remember_question(context: Context, errand_id: int, message_id: int) -> None:
    """Remember which message asks, so that a reply to it is understood."""
    async with context.services.database.transaction() as session:
        await errands.asked_in(session, errand_id, message_id)


def of_question(errand: Errand) -> Bubble:
    """Ask whether to tell, with the exact words."""
    buttons = [
        (desk_texts.TELL_YES, f"{desk_keys.TELL}{errand.id}"),
        (desk_texts.TELL_NO, f"{desk_keys.KEEP_QUIET}{errand.id}"),
        (desk_texts.TELL_REWORD, f"{desk_keys.REWORD}{errand.id}"),
    ]
    text = desk_texts.TELL_TEXT.format(words=errand.fields[WORDS])
    return Bubble(text, desk_texts.TELL_TITLE.format(who=errand.fields[NAME]), keyboards.rows(buttons))


async def _tapped(session: Session, update: Update, actor: Actor, prefix: str) -> Errand:
    _, data = tap_of(update)
    return await errands.get(session, int(data.removeprefix(prefix)), actor)


async def _record(
    session: Session, context: Context, actor: Actor, errand: Errand, deed: Deed, words: str | None
) -> None:
    await staff.record(
        session,
        actor,
        deed,
        about=errand.about,
        applicant_id=errand.applicant_id,
        after=words,
        at=context.services.now(),
    )
