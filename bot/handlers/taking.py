"""What staff do with a handoff by its buttons: take, snooze, resolve, send once more."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Final

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from admissions import handoffs, staff
from admissions.database import Session
from admissions.errors import Refusal
from admissions.handoffs import Handoff, Member
from bot import metrics, refusals
from bot.context import Context, Services
from bot.desk import cards
from bot.desk import talk_texts as staff_texts
from bot.handlers.chats import chat_of, readable, tap_of
from bot.handlers.membership import may_act
from bot.handlers.refusing import Handler

OPENING: Final = "opening"

Work = Callable[[Session, int, Member], Awaitable[Handoff]]


def by_staff(handler: Handler) -> Handler:
    """Let staff alone tap, in their group; a refusal is explained to whoever tapped, and to no one else."""

    @wraps(handler)
    async def checked(update: Update, context: Context) -> None:
        query, _ = tap_of(update)
        if chat_of(update) != context.services.staff_chat or not await may_act(context, query.from_user.id):
            await _toast(query, staff_texts.NO_MEMBER)
            return
        try:
            await handler(update, context)
        except Refusal as refusal:
            await _toast(query, refusals.explain(refusal))
        else:
            await _toast(query, None)

    return checked


@by_staff
async def take(update: Update, context: Context) -> None:
    """Take a handoff; who taps second learns who has it."""
    services = context.services
    at = services.now()

    async def work(session: Session, number: int, by: Member) -> Handoff:
        handoff = await handoffs.take(session, number, by, rests=services.desk.assistant_rests, at=at)
        metrics.note_taken(handoff, await handoffs.requests(session, number), at=at)
        return handoff

    await _change(update, context, cards.TAKE, work)


@by_staff
async def resolve(update: Update, context: Context) -> None:
    """Note that an applicant was looked after; the assistant comes back and asks them whether it is solved."""
    at = context.services.now()

    async def work(session: Session, number: int, by: Member) -> Handoff:
        return await handoffs.resolve(session, number, by=by.name, at=at)

    await _change(update, context, cards.RESOLVE, work)


@by_staff
async def choose_snooze(update: Update, _context: Context) -> None:
    """Show how long a handoff may be snoozed."""
    query, data = tap_of(update)
    await query.edit_message_reply_markup(cards.snooze_keyboard(int(data.removeprefix(cards.SNOOZE))))


@by_staff
async def snooze(update: Update, context: Context) -> None:
    """Come back to an applicant later."""
    _, data = tap_of(update)
    services, (_, _, wait) = context.services, data.removeprefix(cards.STAFF_BUTTONS).split(":")
    at = services.now()
    until = _opening(services, at) if wait == OPENING else at + timedelta(minutes=int(wait))

    async def work(session: Session, number: int, by: Member) -> Handoff:
        return await handoffs.snooze(session, number, by, until=until, at=at)

    await _change(update, context, cards.SNOOZE_UNTIL, work)


@by_staff
async def show_card(update: Update, context: Context) -> None:
    """Show again what one can do with a handoff."""
    query, data = tap_of(update)
    async with context.services.database.reading() as session:
        handoff = await handoffs.find(session, int(data.removeprefix(cards.CARD)))
    if handoff is None:
        raise handoffs.HandoffNotFound
    await query.edit_message_reply_markup(cards.keyboard(handoff))


@by_staff
async def retry(update: Update, context: Context) -> None:
    """Send a message once more that did not arrive."""
    query, data = tap_of(update)
    services = context.services
    async with services.database.transaction() as session:
        await handoffs.retry(session, int(data.removeprefix(cards.RETRY)), at=services.now())
    services.news.set()
    await query.edit_message_text(staff_texts.ON_ITS_WAY)


def member_of(update: Update) -> Member:
    """Return who of the staff writes or taps."""
    person = update.effective_user
    assert person is not None, "registered for what people do"
    return Member(person.id, readable(person.full_name) or str(person.id))


async def _change(update: Update, context: Context, prefix: str, work: Work) -> None:
    _, data = tap_of(update)
    services = context.services
    number = int(data.removeprefix(prefix).partition(":")[0])
    async with services.database.transaction() as session:
        handoff = await work(session, number, member_of(update))
    services.news.set()
    await cards.refresh(context.bot, services, handoff.applicant_id)


def _opening(services: Services, at: datetime) -> datetime:
    opens_at = staff.opens_at(services.desk.office_hours(at), at)
    return opens_at or at + timedelta(days=1)


async def _toast(query: CallbackQuery, words: str | None) -> None:
    with suppress(TelegramError):  # Telegram forgets a tap after a while; what it asked for is done or refused
        await query.answer(words, show_alert=words is not None)
