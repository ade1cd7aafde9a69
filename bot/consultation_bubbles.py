"""What an applicant sees of consultations, in bubbles."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from admissions import consultations
from admissions.applicants import Clock
from admissions.consultations import Advisor, Consultation, Medium, Slot, Topic
from admissions.places import Place
from bot import clocks, keyboards, picks, texts
from bot.bubbles import Bubble
from bot.picks import Pick

DAYS_SHOWN: Final = 14
TIMES_SHOWN: Final = 24
PERSON: Final = (texts.PERSON, keyboards.HAND_OFF)


def of_days(slots: Sequence[Slot], clock: Clock, now: datetime, *, lead: str, is_moving: bool) -> Bubble:
    """Show the days that have free slots, by the applicant's calendar."""
    days = list(consultations.days(slots, clock.zone).items())[:DAYS_SHOWN]
    buttons = [
        (texts.DAY_BUTTON.format(day=clocks.day(_noon(day, clock)), count=count), picks.day_data(day))
        for day, count in days
    ]
    others = [(texts.CHOOSE_ADVISOR, picks.ADVISORS), (texts.MY_CLOCK, picks.OTHER_PLACE)]
    text = f"{lead}\n\n{clocks.now_both(now, clock)}"
    return Bubble(text, _title(is_moving=is_moving), keyboards.grid(buttons, across=2, below=others))


def of_times(
    slots: Sequence[Slot], day: date, page: int, clock: Clock, *, advisor_id: int | None, is_moving: bool
) -> Bubble:
    """Show the free times of a day, by both clocks."""
    shown = slots[page : page + TIMES_SHOWN]
    prefix = picks.SHIFT if is_moving else picks.TIME
    buttons = [(_time_button(slot, clock), Pick(slot.begins_at, advisor_id).data(prefix)) for slot in shown]
    rest = slots[page + TIMES_SHOWN :]
    later = [(texts.LATER_TIMES, picks.day_data(day, page + TIMES_SHOWN))] if rest else []
    keyboard = keyboards.grid(buttons, across=2, below=[*later, (texts.OTHER_DAYS, picks.DAYS)])
    text = texts.CHOOSE_TIME.format(day=clocks.day(_noon(day, clock)), place=clock.place)
    return Bubble(text, _title(is_moving=is_moving), keyboard)


def of_nearest(slots: Sequence[Slot], clock: Clock, *, advisor_id: int | None, is_moving: bool) -> Bubble:
    """Say that a time was taken, and show those nearest to it."""
    prefix = picks.SHIFT if is_moving else picks.TIME
    buttons = [
        (clocks.both(slot.begins_at, clock), Pick(slot.begins_at, advisor_id).data(prefix)) for slot in slots
    ]
    text = f"{texts.SLOT_TAKEN} {texts.NEAREST_TIMES if slots else ''}".strip()
    return Bubble(text, keyboard=keyboards.rows([*buttons, (texts.OTHER_DAYS, picks.DAYS)]))


def of_advisors(advisors: Sequence[Advisor]) -> Bubble:
    """Ask with whom to talk."""
    buttons = [(advisor.name, f"{picks.ADVISOR}{advisor.id}") for advisor in advisors]
    return Bubble(
        texts.WHICH_ADVISOR, keyboard=keyboards.rows([(texts.ANY_ADVISOR, f"{picks.ADVISOR}0"), *buttons])
    )


def of_topics(pick: Pick, clock: Clock) -> Bubble:
    """Ask what to talk about."""
    buttons = [(texts.TALK_TOPICS[topic], pick.about(topic).data(picks.TOPIC)) for topic in Topic]
    text = texts.WHICH_TOPIC.format(time=clocks.both(pick.begins_at, clock))
    return Bubble(text, texts.BOOK_TITLE, keyboards.rows([*buttons, (texts.OTHER_DAYS, picks.DAYS)]))


def of_media(pick: Pick, clock: Clock, media: Sequence[Medium], phone: str | None) -> Bubble:
    """Ask how to reach the applicant; the tap books."""
    buttons = [
        (texts.BOOK_BY[medium].format(phone=phone), pick.by(medium).data(picks.BOOK))
        for medium in media
        if medium is not Medium.PHONE or phone
    ]
    time, topic = clocks.both(pick.begins_at, clock), texts.TALK_TOPICS[pick.topic or Topic.OTHER]
    text = texts.WHICH_MEDIUM.format(time=time, topic=topic)
    return Bubble(text, texts.BOOK_TITLE, keyboards.rows([*buttons, (texts.OTHER_DAYS, picks.DAYS)]))


def of_talk(talk: Consultation, clock: Clock, title: str, *more: str) -> Bubble:
    """Show a booked talk with the ways to change it."""
    return Bubble("\n\n".join([words_of(talk, clock), *more]), title, change_buttons())


def words_of(talk: Consultation, clock: Clock) -> str:
    """Describe a talk: when by both clocks, with whom, how, about what."""
    words = texts.TALK.format(
        time=clocks.both(talk.begins_at, clock),
        minutes=minutes_of(talk),
        advisor=talk.advisor.name,
        medium=texts.BY_MEDIUM[talk.medium or Medium.TELEGRAM],
        topic=texts.TALK_TOPICS[talk.topic or Topic.OTHER],
    )
    link = consultations.video_link(talk)
    return f"{words}\n{texts.TALK_LINK.format(link=link)}" if link else words


def change_buttons(*before: tuple[str, str]) -> InlineKeyboardMarkup:
    """Return the buttons that move and cancel a talk, below others."""
    return keyboards.rows([*before, (texts.MOVE_TALK, picks.MOVE), (texts.CANCEL_TALK, picks.CANCEL_ASKED)])


def minutes_of(talk: Consultation) -> int:
    """Return how long a talk is planned to take."""
    return round((talk.ends_at - talk.begins_at).total_seconds() / 60)


def of_shift(talk: Consultation, pick: Pick, clock: Clock) -> Bubble:
    """Ask whether to move a talk."""
    before, after = clocks.both(talk.begins_at, clock), clocks.both(pick.begins_at, clock)
    buttons = [(texts.MOVE_IT, pick.data(picks.BOOK)), (texts.KEEP_IT_THERE, picks.KEEP_TALK)]
    return Bubble(texts.MOVE_OR_NOT.format(before=before, after=after), texts.MOVE_TITLE, keyboards.rows(buttons))


def of_cancelling(talk: Consultation, clock: Clock) -> Bubble:
    """Ask whether to cancel a talk."""
    buttons = [
        (texts.CANCEL_IT, f"{picks.CANCEL}{talk.id}"),
        (texts.MOVE_TALK, picks.MOVE),
        (texts.KEEP_IT_THERE, picks.KEEP_TALK),
    ]
    return Bubble(f"{words_of(talk, clock)}\n\n{texts.CANCEL_OR_NOT}", keyboard=keyboards.rows(buttons))


def of_cancelled() -> Bubble:
    """Say that a talk is cancelled."""
    return Bubble(texts.TALK_CANCELLED, keyboard=keyboards.rows([(texts.BOOK_ANOTHER, "/book_consultation")]))


def of_no_talk() -> Bubble:
    """Say that there is no talk to change."""
    return Bubble(texts.NO_TALK, keyboard=keyboards.rows([(texts.BOOK, "/book_consultation"), PERSON]))


def of_no_slot(*, is_waiting: bool) -> Bubble:
    """Say that no time is free, and offer the wait list."""
    if is_waiting:
        return of_waiting()
    return Bubble(texts.NO_SLOT, keyboard=keyboards.rows([(texts.JOIN_WAIT_LIST, picks.WAIT), PERSON]))


def of_waiting() -> Bubble:
    """Say that an applicant is on the wait list."""
    return Bubble(
        texts.ON_WAIT_LIST, keyboard=keyboards.rows([(texts.LEAVE_WAIT_LIST, picks.STOP_WAITING), PERSON])
    )


def of_offer(talk: Consultation, clock: Clock) -> Bubble:
    """Offer a freed slot to whoever waits."""
    assert talk.offered_until is not None, "an offer has an end"
    text = texts.OFFER.format(
        time=clocks.both(talk.begins_at, clock),
        advisor=talk.advisor.name,
        until=clocks.hour(talk.offered_until.astimezone(clock.zone)),
    )
    buttons = [(texts.TAKE_OFFER, picks.TAKE_OFFER), (texts.DECLINE_OFFER, picks.STOP_WAITING)]
    return Bubble(text, keyboard=keyboards.rows(buttons))


def of_place_guess(place: Place, now: datetime) -> Bubble:
    """Ask whether a zone is right, by the time that it makes."""
    zone = ZoneInfo(place.zone)
    time = clocks.hour(now.astimezone(zone))
    shown = clocks.now_both(now, Clock(zone, place.label, is_known=False))
    text = f"{texts.PLACE_GUESS.format(time=time)}\n\n{shown}"
    buttons = [(texts.PLACE_YES.format(time=time), _place_data(place)), (texts.PLACE_NO, picks.OTHER_PLACE)]
    return Bubble(text, keyboard=keyboards.rows(buttons))


def of_places(places: Sequence[Place], now: datetime) -> Bubble:
    """Ask which of several places was meant; each shows the time there."""
    buttons = [
        (
            texts.PLACE_BUTTON.format(
                place=place.full_name, time=clocks.hour(now.astimezone(ZoneInfo(place.zone)))
            ),
            _place_data(place),
        )
        for place in places
    ]
    return Bubble(
        texts.WHICH_OF_PLACES, keyboard=keyboards.rows([*buttons, (texts.OTHER_PLACE, picks.OTHER_PLACE)])
    )


def of_place_question(lead: str = "") -> Bubble:
    """Ask for the city, with a button that shares the location."""
    share = KeyboardButton(texts.SHARE_LOCATION, request_location=True)
    keyboard = ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
    return Bubble(f"{lead} {texts.WHICH_PLACE}".strip(), keyboard=keyboard)


def _place_data(place: Place) -> str:
    return f"{picks.ZONE}{place.zone}" if place.id is None else f"{picks.PLACE}{place.id}"


def _title(*, is_moving: bool) -> str:
    return texts.MOVE_TITLE if is_moving else texts.BOOK_TITLE


def _noon(day: date, clock: Clock) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.zone)


def _time_button(slot: Slot, clock: Clock) -> str:
    theirs, houston = slot.begins_at.astimezone(clock.zone), slot.begins_at.astimezone(clocks.HOUSTON)
    return texts.TIME_BUTTON.format(theirs=clocks.hour(theirs), houston=clocks.hour(houston))
