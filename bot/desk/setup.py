"""The staff's desk: its handlers, and what is done there again and again by the one process that leads."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from admissions import handoffs, staff, understanding
from bot.context import App, Services
from bot.desk import cards, handoff_notices
from bot.handlers import listening, membership, relaying, taking, waking

logger = logging.getLogger(__name__)

Job = Callable[[App, Services], Awaitable[None]]

ANNOUNCE_EVERY = 1
"""Seconds."""
MAKE_TOPICS_EVERY = 2
REFRESH_EVERY = 20
ESCALATE_EVERY = 20
ASK_MEANINGS_EVERY = 300
CLEAR_EVERY = 60
BEFORE_ALL, BEFORE_REST = -4, -3
"""Groups of handlers: listed words are heard first, then a talk between people is looked at, then all else."""


def add_handlers(app: App, staff_chat: int | None) -> None:
    """Add the handlers of the desk, in the order in which they are tried."""
    private = filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & ~filters.COMMAND
    app.add_handler(MessageHandler(private & (filters.TEXT | filters.CAPTION), listening.hear), group=BEFORE_ALL)
    app.add_handler(MessageHandler(private, relaying.from_applicant), group=BEFORE_REST)
    app.add_handler(ChatMemberHandler(membership.note_change, ChatMemberHandler.CHAT_MEMBER), group=BEFORE_REST)
    app.add_handler(CallbackQueryHandler(waking.wake, f"^{handoff_notices.WAKE}$"))
    app.add_handler(CallbackQueryHandler(waking.say_solved, rf"^{handoff_notices.SOLVED}\d+:[01]$"))
    for begins, handler in (
        (cards.TAKE, taking.take),
        (cards.RESOLVE, taking.resolve),
        (cards.SNOOZE, taking.choose_snooze),
        (cards.SNOOZE_UNTIL, taking.snooze),
        (cards.CARD, taking.show_card),
        (cards.RETRY, taking.retry),
    ):
        app.add_handler(CallbackQueryHandler(handler, f"^{begins}"))
    if staff_chat is not None:
        in_topic = filters.Chat(staff_chat) & filters.IS_TOPIC_MESSAGE & ~filters.StatusUpdate.ALL
        app.add_handler(MessageHandler(in_topic & ~filters.COMMAND, relaying.from_staff), group=1)


def add_jobs(scheduler: AsyncIOScheduler, app: App, services: Services) -> None:
    """Add what is done again and again; without a group for staff there is nothing to do."""
    if services.staff_chat is None:
        return
    for job, seconds in (
        (announce, ANNOUNCE_EVERY),
        (make_topics, MAKE_TOPICS_EVERY),
        (refresh_cards, REFRESH_EVERY),
        (escalate, ESCALATE_EVERY),
        (ask_meanings, ASK_MEANINGS_EVERY),
        (clear, CLEAR_EVERY),
    ):
        alone = _alone(job, app, services)
        scheduler.add_job(alone, "interval", seconds=seconds, id=job.__name__, max_instances=2)


async def announce(_app: App, services: Services) -> None:
    """Have staff told of new requests, and of snoozes that are over."""
    async with services.database.reading() as session:
        if not await handoffs.has_news(session, at=services.now()):
            return
    async with services.database.transaction() as session:
        await handoffs.end_snoozes(session, at=services.now())
        await handoffs.announce(session, at=services.now())
    services.news.set()


async def make_topics(app: App, services: Services) -> None:
    """Make the topics that are missing, one after the other: a group takes twenty messages a minute."""
    async with services.database.reading() as session:
        missing = await handoffs.without_topic(session)
    for applicant_id in missing:
        try:
            await cards.keep_up(app.bot, services, applicant_id)
        except TelegramError as error:
            logger.info("a topic is made later: %s", error)
            return


async def refresh_cards(app: App, services: Services) -> None:
    """Bring the cards, and the messages about many, up to date with what happened elsewhere."""
    async with services.database.reading() as session:
        open_ones = await handoffs.unresolved(session)
        with_topic = [
            each.applicant_id
            for each in open_ones
            if (topic := await handoffs.find_topic(session, each.applicant_id)) and topic.card
        ]
    try:
        for applicant_id in with_topic:
            await cards.keep_up(app.bot, services, applicant_id)
        await cards.refresh_digests(app.bot, services)
    except TelegramError as error:
        logger.info("the cards are brought up to date later: %s", error)


async def clear(app: App, services: Services) -> None:
    """Take commands and their answers away that have stood in the group for long: they show applicants."""
    async with services.database.reading() as session:
        old = await staff.to_clear(session, at=services.now())
    if not old or services.staff_chat is None:
        return
    try:
        await app.bot.delete_messages(services.staff_chat, old)
    except BadRequest as error:
        logger.warning("old answers stay in the staff's group; may we delete messages there? %s", error)
    except TelegramError as error:
        logger.info("old answers are taken away later: %s", error)
        return
    async with services.database.transaction() as session:
        await staff.cleared(session, old)


async def escalate(_app: App, services: Services) -> None:
    """Have staff told again of what nobody took in time."""
    now, desk = services.now(), services.desk
    patience = desk.ask_duty_after, desk.ask_lead_after
    async with services.database.transaction() as session:
        if await handoffs.escalate(session, desk.office_hours(now), patience, at=now):
            services.news.set()


async def ask_meanings(_app: App, services: Services) -> None:
    """Have staff asked, once a day, what messages meant that were not surely understood."""
    now = services.now()
    async with services.database.transaction() as session:
        if await understanding.ask_staff(session, services.desk.office_hours(now), at=now):
            services.news.set()


def _alone(job: Job, app: App, services: Services) -> Callable[[], Awaitable[None]]:
    """Let a job be, as long as its last run is still at work: making many topics takes minutes."""
    at_work = asyncio.Lock()

    async def run() -> None:
        if not at_work.locked():
            async with at_work:
                await job(app, services)

    return run
