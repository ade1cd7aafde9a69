"""What happens later, by APScheduler; the rows in the database are the truth."""

import logging
from datetime import timedelta
from html import escape

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.constants import ParseMode
from telegram.error import Forbidden, TelegramError

from admissions import applications, documents, handoffs, inbox
from bot import checklists, keyboards, texts
from bot.context import App, Services

logger = logging.getLogger(__name__)

ALERT = "alert_staff"
ALERT_EVERY = timedelta(seconds=2)
FOLLOW_EVERY = timedelta(seconds=2)
PAUSE_AFTER_A_FAILURE = timedelta(minutes=1)
FORGET_AFTER = timedelta(days=7)
"""Telegram keeps an update for a day, so a number this old does not come again."""


def build_scheduler(app: App, services: Services) -> AsyncIOScheduler:
    """Build the scheduler with every job; it is started with the bot."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    alert_every, follow_every = (int(every.total_seconds()) for every in (ALERT_EVERY, FOLLOW_EVERY))
    scheduler.add_job(alert_staff, "interval", seconds=alert_every, args=[scheduler, app, services], id=ALERT)
    scheduler.add_job(
        follow_documents, "interval", seconds=follow_every, args=[app, services], id="follow_documents"
    )
    scheduler.add_job(remind_drafts, "interval", minutes=1, args=[app, services], id="remind_drafts")
    scheduler.add_job(forget_updates, "interval", hours=6, args=[services], id="forget_updates")
    scheduler.add_job(sweep_documents, "interval", hours=1, args=[services], id="sweep_documents")
    scheduler.add_job(expire_documents, "interval", hours=1, args=[services], id="expire_documents")
    return scheduler


async def alert_staff(scheduler: AsyncIOScheduler, app: App, services: Services) -> None:
    """Tell the staff group of each new handoff; one that cannot be sent now is tried again."""
    if services.staff_chat is None:
        return
    async with services.database.reading() as session:
        waiting = await handoffs.unalerted(session)
    for handoff in waiting:
        try:
            await app.bot.send_message(
                services.staff_chat,
                _alert(handoff),
                parse_mode=ParseMode.HTML,
                reply_markup=keyboards.resolve(handoff.id),
            )
        except TelegramError as error:
            logger.warning("the staff group could not be alerted: %s; is the bot a member of it?", error)
            scheduler.get_job(ALERT).modify(next_run_time=services.now() + PAUSE_AFTER_A_FAILURE)
            return
        async with services.database.transaction() as session:
            await handoffs.mark_alerted(session, handoff.id, at=services.now())


async def remind_drafts(app: App, services: Services) -> None:
    """Remind applicants of the drafts they left alone; the attempt is noted first, so that none comes twice."""
    async with services.database.reading() as session:
        due = await applications.drafts_to_remind(session, at=services.now())
    for draft in due:
        async with services.database.transaction() as session:
            is_ours = await applications.mark_reminded(
                session, draft.application_id, draft.number, at=services.now()
            )
        if is_ours:
            text = texts.REMINDER.format(left=draft.progress.left, total=draft.progress.total)
            buttons = [(texts.CONTINUE, "/resume_application"), (texts.MUTE, keyboards.MUTE)]
            try:
                await app.bot.send_message(draft.applicant_id, text, reply_markup=keyboards.rows(buttons))
            except TelegramError as error:
                logger.warning("a reminder could not be sent: %s", error)


async def forget_updates(services: Services) -> None:
    """Remove the numbers of updates that Telegram will not repeat."""
    async with services.database.transaction() as session:
        await inbox.forget(session, before=services.now() - FORGET_AFTER)


async def sweep_documents(services: Services) -> None:
    """Remove files that a crash left without a row."""
    async with services.database.reading() as session:
        removed = await documents.sweep(session, services.store, at=services.now())
    if removed:
        logger.info("%s files without a row were removed", removed)


async def expire_documents(services: Services) -> None:
    """Note which documents hold no longer; their applicants' checklists follow."""
    async with services.database.transaction() as session:
        await documents.expire(session, at=services.now())


async def follow_documents(app: App, services: Services) -> None:
    """Bring checklists up to date where staff, a deadline or an answer changed what they show."""
    for applicant_id in await checklists.outdated(services):
        try:
            await checklists.follow(app.bot, services, applicant_id)
        except Forbidden:
            logger.info("a checklist of someone who blocked the bot is left as it is")
        except TelegramError as error:
            logger.warning("a checklist could not be brought up to date, it is tried again: %s", error)
            async with services.database.transaction() as session:
                await documents.outdate_messages(session, applicant_id)


def _alert(handoff: handoffs.Handoff) -> str:
    name = escape(handoff.applicant.name, quote=False)
    applicant = f'<a href="tg://user?id={handoff.applicant_id}">{name}</a>'
    return texts.HANDOFF_ALERT.format(applicant=applicant, wish=texts.HANDOFF_WISHES[handoff.reason])
