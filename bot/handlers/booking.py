"""A talk with an advisor: choose a day, a time, the topic, the medium; move it, cancel it, wait for one."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Final

from telegram import Update

from admissions import applicants, applications, consultations, places
from admissions.applicants import Clock
from admissions.consultations import Asks, Chooser, Consultation, ConsultationStatus, Slot, Wanted, Wish
from admissions.database import Session
from bot import consultation_bubbles as bubbles
from bot import forms, free_times, keyboards, living, picks, refusals, texts
from bot.bubbles import Bubble
from bot.calendars import send_calendar
from bot.context import Context, Services
from bot.handlers.chats import answer, chat_of, replace_bubble, tap_of
from bot.picks import Pick

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]

BOOKING: Final = "booking"
"""What the message is called in which an applicant chooses; there is one at a time."""
BOOK, MOVE, CANCEL = "book_consultation", "reschedule_consultation", "cancel_consultation"
INTENTS: Final = (BOOK, MOVE, CANCEL)


def explaining(handler: Handler) -> Handler:
    """Explain a refusal that a handler here meets, with what can be done instead."""

    @wraps(handler)
    async def explained(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except consultations.SlotTaken as taken:
            await _offer_nearest(update, context, taken.nearest)
        except (consultations.ChoiceExpired, consultations.SlotPast, consultations.OfferLapsed) as late:
            await show_days(update, context, refusals.explain(late))
        except consultations.AlreadyBooked as booked:
            await _show_talk(update, context, refusals.explain(booked))
        except consultations.TooLateToChange as late:
            await answer(
                update, context, Bubble(refusals.explain(late), keyboard=keyboards.rows([bubbles.PERSON]))
            )
        except consultations.ConsultationNotFound:
            await answer(update, context, bubbles.of_no_talk())

    return explained


async def begin(update: Update, context: Context, intent: str, words: str = "") -> None:
    """Begin to book, move or cancel a talk.

    Args:
        update: What the applicant wrote or tapped.
        context: What we work with.
        intent: One of `INTENTS`.
        words: What was written, which may say when.
    """

    @explaining
    async def begun(update: Update, context: Context) -> None:
        if intent == CANCEL:
            await _ask_to_cancel(update, context)
        elif intent == MOVE:
            await _changeable(context, chat_of(update))
            await choose_time(update, context, words, is_moving=True)
        elif await _find_talk(context, chat_of(update)):
            await _show_talk(update, context, texts.BOOKED_BEFORE)
        else:
            await choose_time(update, context, words, is_moving=False)

    await begun(update, context)


async def choose_time(update: Update, context: Context, words: str, *, is_moving: bool) -> None:
    """Show what is free, narrowed by what was written; ask for the place first where the clock is not known."""
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        chooser = Chooser(is_moving, await consultations.last_advisor(session, chat))
        clock = await applicants.clock_of(session, chat)
        if clock.is_known:
            offer = await free_times.load_offer(session, services, chat, chooser)
            bubble = await free_times.of_offer(session, services, chat, offer, words)
        else:
            bubble = await ask_place(session, services, chat, replace(chooser, words=words))
    await living.show_anew(context.bot, services, chat, BOOKING, bubble)


async def ask_place(session: Session, services: Services, chat: int, chooser: Chooser) -> Bubble:
    """Ask whether the clock of the application's country is right; where it has several, ask for the city."""
    now = services.now()
    await consultations.ask(session, chat, Asks.PLACE, chooser, at=now)
    country = await applications.citizenship(session, chat)
    guess = places.place_of_country(country, at=now) if country else None
    return bubbles.of_place_guess(guess, now) if guess else bubbles.of_place_question()


async def narrow(update: Update, context: Context, chooser: Chooser, wish: Wish) -> None:
    """Show what is free of what was written."""
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        offer = await free_times.load_offer(session, services, chat, chooser)
        bubble = free_times.of_wish(offer, wish, services)
    await living.show_anew(context.bot, services, chat, BOOKING, bubble)


async def show_days(update: Update, context: Context, lead: str = texts.CHOOSE_DAY) -> None:
    """Show the days that have free times, in place of what was tapped."""
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        offer = await free_times.load_offer(session, services, chat, await consultations.chooser_of(session, chat))
        bubble = await free_times.of_days(session, services, chat, offer, lead)
    await replace_bubble(update, context, bubble)


@explaining
async def go_to_days(update: Update, context: Context) -> None:
    """Show the days again."""
    await show_days(update, context)


@explaining
async def choose_advisor(update: Update, context: Context) -> None:
    """Ask with whom to talk."""
    async with context.services.database.reading() as session:
        advisors = await consultations.active_advisors(session)
    await replace_bubble(update, context, bubbles.of_advisors(advisors))


@explaining
async def take_advisor(update: Update, context: Context) -> None:
    """Show the days of the tapped advisor, or of all."""
    _, data = tap_of(update)
    services, chat = context.services, chat_of(update)
    advisor_id = int(data.removeprefix(picks.ADVISOR)) or None
    async with services.database.transaction() as session:
        chooser = await consultations.chooser_of(session, chat)
        offer = await free_times.load_offer(session, services, chat, replace(chooser, advisor_id=advisor_id))
        lead = texts.CHOOSE_DAY
        if advisor_id:
            name = (await consultations.get_advisor(session, advisor_id)).name
            has_some = offer.chooser.advisor_id is not None
            lead = (texts.WITH_ADVISOR if has_some else texts.NOTHING_WITH_ADVISOR).format(name=name)
        bubble = await free_times.of_days(session, services, chat, offer, lead)
    await replace_bubble(update, context, bubble)


@explaining
async def choose_day(update: Update, context: Context) -> None:
    """Show the times of the tapped day."""
    _, data = tap_of(update)
    day, page = picks.read_day(data)
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        chooser = await consultations.require_choosing(session, chat, at=services.now())
        offer = await free_times.load_offer(session, services, chat, chooser)
    slots = consultations.on_day(offer.slots, day, offer.clock.zone)
    if not slots:
        raise consultations.SlotTaken(offer.slots[:3])
    await replace_bubble(update, context, free_times.of_times(offer, slots, day, page))


@explaining
async def choose_topic(update: Update, context: Context) -> None:
    """Ask what to talk about at the tapped time."""
    _, data = tap_of(update)
    await _go_on(update, context)
    clock = await _clock(context, chat_of(update))
    await replace_bubble(update, context, bubbles.of_topics(Pick.read(data), clock))


@explaining
async def choose_medium(update: Update, context: Context) -> None:
    """Ask how to reach the applicant; the next tap books."""
    _, data = tap_of(update)
    pick, chat = Pick.read(data), chat_of(update)
    await _go_on(update, context)
    async with context.services.database.reading() as session:
        clock = await applicants.clock_of(session, chat)
        media = await consultations.media(session, pick.advisor_id)
        phone = await applications.phone(session, chat)
    await replace_bubble(update, context, bubbles.of_media(pick, clock, media, phone))


@explaining
async def ask_to_shift(update: Update, context: Context) -> None:
    """Ask whether to move the booked talk to the tapped time."""
    _, data = tap_of(update)
    await _go_on(update, context)
    talk = await _changeable(context, chat_of(update))
    clock = await _clock(context, chat_of(update))
    await replace_bubble(update, context, bubbles.of_shift(talk, Pick.read(data), clock))


@explaining
async def book(update: Update, context: Context) -> None:
    """Book what the tapped message shows, or move the booked talk to it; the file for the calendar follows."""
    _, data = tap_of(update)
    pick, services, chat = Pick.read(data), context.services, chat_of(update)
    async with services.database.transaction() as session:
        talk = await consultations.find_upcoming(session, chat)
        if talk is None or talk.begins_at != pick.begins_at:  # else it is booked already, and was not shown to be
            await consultations.require_choosing(session, chat, at=services.now())
            talk = await _book(session, services, chat, pick)
        await consultations.stop(session, chat)
        clock = await applicants.clock_of(session, chat)
    title, caption = (
        (texts.BOOKED, texts.CALENDAR_FILE) if pick.topic else (texts.MOVED, texts.CALENDAR_FILE_MOVED)
    )
    await replace_bubble(update, context, bubbles.of_talk(talk, clock, title, texts.REMINDERS_COME))
    await send_calendar(context, chat, talk, caption)
    await _ask_form_again(update, context)


@explaining
async def cancel(update: Update, context: Context) -> None:
    """Cancel the talk that the tapped message shows."""
    _, data = tap_of(update)
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        talk = await consultations.get(session, int(data.removeprefix(picks.CANCEL)))
        if talk.applicant_id != chat:
            raise consultations.ConsultationNotFound
        if talk.status is not ConsultationStatus.CANCELLED:  # else it is cancelled already, and was not said to be
            talk = await consultations.cancel(session, chat, at=services.now(), notice=services.change_notice)
    await replace_bubble(update, context, bubbles.of_cancelled())
    await send_calendar(context, chat, talk, texts.CALENDAR_FILE_CANCELLED)
    await _ask_form_again(update, context)


@explaining
async def keep(update: Update, context: Context) -> None:
    """Leave the booked talk as it is."""
    async with context.services.database.transaction() as session:
        await consultations.stop(session, chat_of(update))
    await _show_talk(update, context, texts.TALK_KEPT)
    await _ask_form_again(update, context)


@explaining
async def wait(update: Update, context: Context) -> None:
    """Put the applicant on the wait list."""
    async with context.services.database.transaction() as session:
        await consultations.wait(session, chat_of(update), at=context.services.now())
    await replace_bubble(update, context, bubbles.of_waiting())


@explaining
async def stop_waiting(update: Update, context: Context) -> None:
    """Take the applicant off the wait list."""
    async with context.services.database.transaction() as session:
        await consultations.stop_waiting(session, chat_of(update))
    await replace_bubble(update, context, Bubble(texts.OFF_WAIT_LIST))


@explaining
async def take_offer(update: Update, context: Context) -> None:
    """Ask what to talk about in the slot that is held for the applicant."""
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        talk = await consultations.get_offer(session, chat, at=services.now())
        chooser = Chooser(advisor_id=talk.advisor_id)
        await consultations.ask(session, chat, Asks.TIME, chooser, at=services.now())
        clock = await applicants.clock_of(session, chat)
    pick = Pick(talk.begins_at, talk.advisor_id)
    await replace_bubble(update, context, bubbles.of_topics(pick, clock))


@explaining
async def reply(update: Update, context: Context) -> None:
    """Tell the advisor what the applicant says to a reminder."""
    _, data = tap_of(update)
    said, services = consultations.Reply(data.partition(":")[0]), context.services
    async with services.database.transaction() as session:
        await consultations.reply(session, chat_of(update), said, at=services.now())
    noted = texts.COMING_NOTED if said is consultations.Reply.COMING else texts.LATE_NOTED
    await answer(update, context, Bubble(noted))


async def _book(session: Session, services: Services, chat: int, pick: Pick) -> Consultation:
    if pick.topic and pick.medium:
        wanted = Wanted(pick.begins_at, pick.advisor_id, pick.topic, pick.medium)
        return await consultations.book(session, chat, wanted, at=services.now())
    return await consultations.move(
        session, chat, pick.begins_at, pick.advisor_id, at=services.now(), notice=services.change_notice
    )


async def _offer_nearest(update: Update, context: Context, nearest: Sequence[Slot]) -> None:
    services, chat = context.services, chat_of(update)
    async with services.database.reading() as session:
        chooser = await consultations.chooser_of(session, chat)
        clock = await applicants.clock_of(session, chat)
    bubble = bubbles.of_nearest(nearest, clock, advisor_id=chooser.advisor_id, is_moving=chooser.is_moving)
    await replace_bubble(update, context, bubble)


async def _ask_to_cancel(update: Update, context: Context) -> None:
    talk = await _changeable(context, chat_of(update))
    clock = await _clock(context, chat_of(update))
    await living.show_anew(
        context.bot, context.services, chat_of(update), BOOKING, bubbles.of_cancelling(talk, clock)
    )


async def _show_talk(update: Update, context: Context, title: str) -> None:
    talk = await _find_talk(context, chat_of(update))
    clock = await _clock(context, chat_of(update))
    bubble = bubbles.of_talk(talk, clock, title) if talk else bubbles.of_no_talk()
    await living.show_anew(context.bot, context.services, chat_of(update), BOOKING, bubble)


async def _find_talk(context: Context, chat: int) -> Consultation | None:
    services = context.services
    async with services.database.transaction() as session:
        await consultations.tidy(session, at=services.now())
        return await consultations.find_upcoming(session, chat)


async def _changeable(context: Context, chat: int) -> Consultation:
    services = context.services
    async with services.database.transaction() as session:
        await consultations.tidy(session, at=services.now())
        return await consultations.require_changeable(
            session, chat, at=services.now(), notice=services.change_notice
        )


async def _go_on(update: Update, context: Context) -> None:
    """Check that what was offered still holds, and let the next step hold as long."""
    services, chat = context.services, chat_of(update)
    async with services.database.transaction() as session:
        chooser = await consultations.require_choosing(session, chat, at=services.now())
        await consultations.ask(session, chat, Asks.TIME, chooser, at=services.now())


async def _clock(context: Context, chat: int) -> Clock:
    async with context.services.database.reading() as session:
        return await applicants.clock_of(session, chat)


async def _ask_form_again(update: Update, context: Context) -> None:
    """Ask what the application asks, where a talk was booked in between."""
    services, chat = context.services, chat_of(update)
    async with services.database.reading() as session:
        today = await applications.today(session, chat, at=services.now())
        question = await forms.of_open_question(session, chat, today)
    if question:
        await answer(update, context, question)
