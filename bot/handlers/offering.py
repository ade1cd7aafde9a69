"""Offer a place: step by step with buttons and replies, or in one line; and look at a placement."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from telegram import Update

from admissions import applicants, applications, dates, placements, staff
from admissions.applications import FEWEST_WEEKS, Found
from admissions.database import Session
from admissions.placements import Offer, PeriodProblem, PeriodRefused, Placement, PlacementStatus
from admissions.staff import Actor, Deed, Errand, ErrandKind, errands
from bot import clocks, keyboards
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import bubbles as desk_bubbles
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.desk import whom
from bot.handlers import finding, staging, telling
from bot.handlers.chats import tap_of
from bot.handlers.permitting import say, show

OPTIONS: Final = "options"
NAME: Final = "name"
SITES_SHOWN: Final = 6
LONGEST: Final = 100
"""Characters of a site's or a specialty's name."""
MONDAY: Final = 0
WEEK: Final = timedelta(weeks=1)
DAY_ENDS: Final = time(23, 59)
"""An offer holds until the end of its last day in Houston."""
WEEKS_OFFERED: Final = (4, 6, 8, 12)
DAYS_TO_REPLY: Final = (3, 5, 7, 14)
DATE: Final = "%Y-%m-%d"


class Unclear(ValueError):
    """What was written is no such thing."""


def read_name(words: str, _today: date) -> str:
    """Read the name of a site or a specialty.

    Raises:
        WordsMissing: Nothing is written.
        WordsTooLong: It is no name.
    """
    return staff.check_words(" ".join(words.split()), LONGEST)


def read_first_day(words: str, today: date) -> str:
    """Read a first day.

    Raises:
        Unclear: It is no day.
        PeriodRefused: It is no Monday.
    """
    day = _read_day(words, today)
    if day.weekday() != MONDAY:
        raise PeriodRefused(PeriodProblem.NOT_MONDAY, day)
    return day.isoformat()


def read_weeks(words: str, _today: date) -> str:
    """Read how many weeks.

    Raises:
        Unclear: It is no number of weeks.
    """
    number = re.search(r"\d{1,2}", words)
    if number is None or not FEWEST_WEEKS <= int(number.group()) <= applications.MOST_WEEKS:
        raise Unclear
    return number.group()


def read_reply_by(words: str, today: date) -> str:
    """Read the last day to accept.

    Raises:
        Unclear: It is no day.
    """
    return _read_day(words, today).isoformat()


FIELDS: Final[Mapping[str, tuple[str, Callable[[str, date], str]]]] = {
    "site": (desk_texts.OFFER_SITE, read_name),
    "specialty": (desk_texts.OFFER_SPECIALTY, read_name),
    "first_day": (desk_texts.OFFER_FIRST_DAY, read_first_day),
    "weeks": (desk_texts.OFFER_WEEKS, read_weeks),
    "reply_by": (desk_texts.OFFER_REPLY_BY, read_reply_by),
}
"""What an offer needs, in the order in which it is asked."""


async def offer(update: Update, context: Context, actor: Actor) -> None:
    """Begin an offer; make ready at once what is written in one line."""
    who, *parts = [part.strip() for part in finding.arguments(update).split(";")]
    if parts and len(parts) != len(FIELDS):
        _, how = desk_texts.COMMANDS["offer"]
        await say(update, context, Bubble(desk_texts.OFFER_INCOMPLETE.format(how=how)))
        return
    if found := await finding.meant(update, context, "offer", who):
        await _begin(update, context, actor, found, parts)


async def begin(update: Update, context: Context, actor: Actor) -> None:
    """Begin an offer for the one whose button was tapped."""
    _, data = tap_of(update)
    found = await finding.tapped(context, data.removeprefix(desk_keys.OFFER))
    await _begin(update, context, actor, found, ())


async def pick(update: Update, context: Context, actor: Actor) -> None:
    """Take what a button offers for the field that is asked."""
    _, data = tap_of(update)
    errand_id, field, place = data.removeprefix(desk_keys.OFFER_PICK).split(":")
    async with context.services.database.transaction() as session:
        errand = await errands.get(session, int(errand_id), actor)
        if errand.asks != field:
            raise staff.ErrandNotFound
        errands.fill(errand, **{field: errand.fields[OPTIONS][int(place)][1]})
    await _go_on(update, context, actor, int(errand_id))


async def take_field(update: Update, context: Context, actor: Actor, errand_id: int, words: str) -> None:
    """Take what is written for the field that is asked."""
    today = _today(context)
    async with context.services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        assert errand.asks is not None, "a reply answers a question"
        ask, read = FIELDS[errand.asks]
        try:
            errands.fill(errand, **{errand.asks: read(words, today)})
        except Unclear:
            unclear = desk_texts.OFFER_UNCLEAR.format(ask=ask)
        else:
            unclear = ""
    if unclear:
        asked = await say(update, context, Bubble(unclear))
        await telling.remember_question(context, errand_id, asked.message_id)
        return
    await _go_on(update, context, actor, errand_id)


async def begin_anew(update: Update, context: Context, actor: Actor) -> None:
    """Ask for everything once more."""
    _, data = tap_of(update)
    errand_id = int(data.removeprefix(desk_keys.OFFER_ANEW))
    async with context.services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        errand.fields = {NAME: errand.fields[NAME]}
    await _go_on(update, context, actor, errand_id)


async def make(update: Update, context: Context, actor: Actor) -> None:
    """Make the offer that is shown, and ask whether to tell the applicant."""
    _, data = tap_of(update)
    services, at = context.services, context.services.now()
    async with placements.auditing(services.database, at=at) as session:
        errand = await errands.get(session, int(data.removeprefix(desk_keys.OFFER_MAKE)), actor)
        application_id = int(errand.about.partition(":")[2])
        placement = await placements.offer(
            session, application_id, _offer_of(errand.fields), staging.mover_of(actor), tell=False, at=at
        )
        await placements.follow(session, application_id, placement.id, at=at)
        errands.end(errand, at=at)
        place, reply_by = desk_bubbles.place_line(placement), clocks.houston(placement.reply_by)
        await staff.record(
            session,
            actor,
            Deed.PLACEMENT_OFFERED,
            about=f"placement:{placement.id}",
            applicant_id=errand.applicant_id,
            before="new",
            after=f"{placement.status}: {place}, until {placement.reply_by:{DATE}}",
            at=at,
        )
        found = await applications.known_by_application(session, application_id)
        standing = await placements.status_of(session, application_id, at=at)
        clock = await applicants.clock_of(session, found.applicant_id or 0)
    made = desk_texts.OFFER_MADE.format(who=found.shown_name, place=place, reply_by=reply_by)
    await show(update, context, Bubble(made, keyboard=desk_bubbles.back_to(found)))
    words = staging.words_of(PlacementStatus.OFFERED, standing, placement, clock)
    await telling.ask(update, context, actor, found, about=f"placement:{placement.id}", words=words)


async def place(update: Update, context: Context, actor: Actor) -> None:
    """Show the placement of an applicant, with what can be done about it."""
    if found := await finding.meant(update, context, "place", finding.arguments(update)):
        await say(update, context, await _of_placement(context, found, actor))


async def _begin(update: Update, context: Context, actor: Actor, found: Found, parts: Sequence[str]) -> None:
    if found.application is None:
        raise applications.ApplicationNotFound
    today = _today(context)
    try:
        written = {name: read(part, today) for part, (name, (_, read)) in zip(parts, FIELDS.items(), strict=False)}
    except Unclear:
        _, how = desk_texts.COMMANDS["offer"]
        await say(update, context, Bubble(desk_texts.OFFER_INCOMPLETE.format(how=how)))
        return
    async with context.services.database.transaction() as session:
        errand = await errands.begin(
            session,
            actor,
            ErrandKind.OFFER,
            f"application:{found.application.id}",
            fields={NAME: found.shown_name, **written},
            applicant_id=found.applicant_id,
            at=context.services.now(),
        )
    await _go_on(update, context, actor, errand.id)


async def _go_on(update: Update, context: Context, actor: Actor, errand_id: int) -> None:
    """Ask for what is missing; show the whole offer once nothing is."""
    async with context.services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        missing = next((name for name in FIELDS if name not in errand.fields), None)
        errands.ask(errand, missing)
        if missing:
            options = await _options(session, context, errand, missing)
            errands.fill(errand, **{OPTIONS: options})
            bubble = _of_step(errand, missing, options)
        else:
            bubble = _of_review(errand)
    asked = await say(update, context, bubble)
    if missing:
        await telling.remember_question(context, errand_id, asked.message_id)


async def _options(session: Session, context: Context, errand: Errand, field: str) -> list[tuple[str, str]]:
    """Return what is offered for a field, as titles and values."""
    wishes = await _wishes(session, errand)
    if field == "site":
        return [(name, name) for name in await placements.last_sites(session, limit=SITES_SHOWN)]
    if field == "specialty":
        return [(name, name) for name in wishes.get("specialties", [])]
    if field == "weeks":
        return [(desk_texts.WEEKS_BUTTON.format(weeks=weeks), str(weeks)) for weeks in WEEKS_OFFERED]
    today = _today(context)
    if field == "reply_by":
        days = [today + timedelta(days=ahead) for ahead in DAYS_TO_REPLY]
    else:
        wanted = date.fromisoformat(wishes["period"]["start"]) if wishes.get("period") else today
        first = applications.possible_start(wanted, today)
        days = [first + ahead * WEEK for ahead in range(4)]
    return [(desk_bubbles.written(day), day.isoformat()) for day in days]


async def _wishes(session: Session, errand: Errand) -> Mapping[str, Any]:
    return await applications.wishes(session, int(errand.about.partition(":")[2]))


def _of_step(errand: Errand, field: str, options: Sequence[tuple[str, str]]) -> Bubble:
    ask, _ = FIELDS[field]
    so_far = [errand.fields[name] for name in FIELDS if name in errand.fields]
    lines = [ask, *([desk_texts.OFFER_SO_FAR.format(so_far="; ".join(so_far))] if so_far else [])]
    buttons = [
        (title, f"{desk_keys.OFFER_PICK}{errand.id}:{field}:{place}") for place, (title, _) in enumerate(options)
    ]
    drop = [(desk_texts.OFFER_DROP, f"{desk_keys.DROP}{errand.id}")]
    title = desk_texts.OFFER_TITLE.format(who=errand.fields[NAME])
    return Bubble("\n\n".join(lines), title, keyboards.grid(buttons, across=2, below=drop))


def _of_review(errand: Errand) -> Bubble:
    offered = _offer_of(errand.fields)
    line = desk_texts.PLACE_LINE.format(
        site=offered.site,
        specialty=offered.specialty,
        first=desk_bubbles.written(offered.first_day),
        last=desk_bubbles.written(offered.last_day),
    )
    buttons = [
        (desk_texts.OFFER_MAKE, f"{desk_keys.OFFER_MAKE}{errand.id}"),
        (desk_texts.OFFER_ANEW, f"{desk_keys.OFFER_ANEW}{errand.id}"),
        (desk_texts.OFFER_DROP, f"{desk_keys.DROP}{errand.id}"),
    ]
    text = desk_texts.OFFER_REVIEW.format(place=line, reply_by=clocks.houston(offered.reply_by))
    return Bubble(text, desk_texts.OFFER_TITLE.format(who=errand.fields[NAME]), keyboards.rows(buttons))


def _offer_of(fields: Mapping[str, Any]) -> Offer:
    first_day, last_to_reply = date.fromisoformat(fields["first_day"]), date.fromisoformat(fields["reply_by"])
    return Offer(
        site=fields["site"],
        specialty=fields["specialty"],
        first_day=first_day,
        last_day=first_day + int(fields["weeks"]) * WEEK - timedelta(days=3),
        reply_by=datetime.combine(last_to_reply, DAY_ENDS, clocks.HOUSTON),
    )


async def _of_placement(context: Context, found: Found, actor: Actor) -> Bubble:
    application = found.application
    async with context.services.database.reading() as session:
        placement = await placements.open_placement(session, application.id) if application else None
    title = desk_texts.PLACE_TITLE.format(who=found.shown_name)
    key, role = whom.key_of(found), actor.role
    if placement is None:
        may_offer = application is not None and staff.may(role, staff.Permission.OFFER)
        buttons = [(desk_texts.MAKE_OFFER, desk_keys.OFFER + key)] if may_offer else []
    else:
        may_move = staff.may(role, staff.Permission.MOVE)
        buttons = [(desk_texts.MOVE_ON, desk_keys.STAGE + key)] if may_move else []
    keyboard = keyboards.rows([*buttons, (desk_texts.BACK_TO_CARD, desk_keys.CARD + key)])
    text = _described(placement) if placement else desk_texts.PLACE_NONE.format(who=found.shown_name)
    return Bubble(text, title, keyboard)


def _described(placement: Placement) -> str:
    return desk_texts.PLACE_TEXT.format(
        place=desk_bubbles.place_line(placement),
        status=desk_texts.STATUSES[placement.status],
        reply_by=clocks.houston(placement.reply_by),
        mentor=placement.mentor or desk_texts.UNKNOWN,
        what_to_bring=placement.what_to_bring or desk_texts.UNKNOWN,
    )


def _read_day(words: str, today: date) -> date:
    try:
        _, found = dates.take_days(dates.mend_months(words.casefold()), today)
    except dates.NotInCalendar:
        raise Unclear from None
    if len(found) != 1:
        raise Unclear
    return found[0].day


def _today(context: Context) -> date:
    return context.services.now().astimezone(clocks.HOUSTON).date()
