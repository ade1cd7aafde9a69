"""What happens later, by APScheduler, in the one process that leads; the rows in the database are the truth."""

import logging
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_SUBMITTED, JobExecutionEvent, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import Forbidden, TelegramError

from admissions import (
    alarms,
    applications,
    consultations,
    documents,
    emails,
    inbox,
    leadership,
    notifications,
    placements,
    privacy,
    reports,
    understanding,
)
from bot import checklists, leaving, mailing, metrics
from bot.context import App, Services
from bot.desk import setup as desk
from bot.outbox import Outbox

logger = logging.getLogger(__name__)

FOLLOW_EVERY = 2
PASS_ON_EVERY = 2
OFFER_EVERY = 20
FINISH_EVERY = 20
"""Seconds."""
FORGET_AFTER = timedelta(days=7)
"""Telegram keeps an update for a day, so a number this old does not come again."""
FORGET_NOTIFICATIONS_AFTER = timedelta(days=30)
FORGET_ALARMS_AFTER = timedelta(days=90)


async def lead(app: App, services: Services) -> None:
    """Do what one process alone may do, whenever it is this one; until cancelled."""

    async def work() -> None:
        outbox = Outbox(app.bot, services)
        scheduler = build_scheduler(app, services)

        def wake_at(due_at: datetime) -> None:
            scheduler.add_job(outbox.wake, "date", run_date=due_at, id="wake", replace_existing=True)

        scheduler.start()
        services.leading.begin(outbox)
        try:
            await outbox.run(wake_at)
        finally:
            services.leading.end()
            scheduler.shutdown(wait=False)

    await leadership.while_leading(services.database, work)


def build_scheduler(app: App, services: Services) -> AsyncIOScheduler:
    """Build the scheduler with every job that comes again; the outbox adds when it is to be woken."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
    scheduler.add_job(
        follow_documents, "interval", seconds=FOLLOW_EVERY, args=[app, services], id="follow_documents"
    )
    scheduler.add_job(offer_slots, "interval", seconds=OFFER_EVERY, args=[services], id="offer_slots")
    scheduler.add_job(pass_on_changes, "interval", seconds=PASS_ON_EVERY, args=[services], id="pass_on_changes")
    scheduler.add_job(send_emails, "interval", seconds=PASS_ON_EVERY, args=[services], id="send_emails")
    scheduler.add_job(remind_drafts, "interval", minutes=1, args=[services], id="remind_drafts")
    scheduler.add_job(forget, "interval", hours=6, args=[services], id="forget")
    scheduler.add_job(expire_data, "interval", hours=1, args=[app, services], id="expire_data")
    finish = [app.bot, services]
    scheduler.add_job(leaving.finish, "interval", seconds=FINISH_EVERY, args=finish, id="finish_forgetting")
    scheduler.add_job(sweep_documents, "interval", hours=1, args=[services], id="sweep_documents")
    scheduler.add_job(expire_documents, "interval", hours=1, args=[services], id="expire_documents")
    scheduler.add_job(
        plan_report, "interval", hours=1, args=[services], id="plan_report", next_run_time=services.now()
    )
    desk.add_jobs(scheduler, app, services)
    scheduler.add_listener(lambda event: _note_begun(event, services.now()), EVENT_JOB_SUBMITTED)
    scheduler.add_listener(_note_failed, EVENT_JOB_ERROR)
    return scheduler


def _note_begun(event: JobSubmissionEvent, now: datetime) -> None:
    metrics.scheduler_lag.observe(max(0.0, (now - event.scheduled_run_times[-1]).total_seconds()))


def _note_failed(event: JobExecutionEvent) -> None:
    metrics.job_failures.labels(event.job_id).inc()


async def pass_on_changes(services: Services) -> None:
    """Do what follows from changes of statuses, whoever made them, and have those told who are to know."""
    is_more = True
    while is_more:
        async with services.database.transaction() as session:
            is_more = await placements.pass_on(session, at=services.now())


async def send_emails(services: Services) -> None:
    """Send the e-mails that are due."""
    if services.mailer is not None:
        await mailing.send_due(services.database, services.mailer, services.now)


async def remind_drafts(services: Services) -> None:
    """Have applicants reminded of the drafts they left alone."""
    async with services.database.transaction() as session:
        await applications.remind(session, at=services.now())


async def offer_slots(services: Services) -> None:
    """Offer free slots to applicants who wait for one; note which talks are over."""
    async with services.database.transaction() as session:
        await consultations.tidy(session, at=services.now())
        await consultations.offer_freed(session, at=services.now())


async def forget(services: Services) -> None:
    """Remove what is over for long: numbers of updates, messages of ours, and what applicants wrote."""
    async with services.database.transaction() as session:
        await inbox.forget(session, before=services.now() - FORGET_AFTER)
        await emails.forget(session, before=services.now() - FORGET_AFTER)
        await notifications.forget(session, before=services.now() - FORGET_NOTIFICATIONS_AFTER)
        await understanding.forget(session, before=services.now() - services.messages_kept)
        await alarms.forget(session, before=services.now() - FORGET_ALARMS_AFTER)


async def expire_data(app: App, services: Services) -> None:
    """Warn those of whom nothing was heard for long, and forget those who were warned and stayed silent."""
    async with services.database.transaction() as session:
        await privacy.warn(session, services.keeping, at=services.now())
    async with services.database.reading() as session:
        over = await privacy.expired(session, services.keeping, at=services.now())
    for applicant_id in over:
        await leaving.expire(app.bot, services, applicant_id)


async def plan_report(services: Services) -> None:
    """Have the figures told to staff next Monday; looked at every hour, planned once."""
    async with services.database.transaction() as session:
        await reports.plan_weekly(session, at=services.now())


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
