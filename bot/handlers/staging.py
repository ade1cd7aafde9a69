"""Move applications and placements on: only where the state machine allows it, and from what was seen."""

import re
from dataclasses import dataclass
from typing import Final

from telegram import Update

from admissions import applicants, applications, placements, staff
from admissions.applicants import Clock
from admissions.applications import Application, ApplicationStatus, Found
from admissions.database import Session
from admissions.placements import MovedMeanwhile, Mover, Placement, PlacementStatus, Shown, Standing, Status
from admissions.staff import Actor, Deed, Role
from bot import clocks, keyboards, status_bubbles, texts
from bot.bubbles import Bubble
from bot.context import Context
from bot.desk import bubbles as desk_bubbles
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.desk import whom
from bot.handlers import finding, telling
from bot.handlers.chats import tap_of
from bot.handlers.permitting import say, show
from bot.status_notices import SAYS_MORE

PLACEMENT: Final = "p"
APPLICATION: Final = "a"
COSTS: Final = placements.CANCELLING_COSTS


@dataclass(frozen=True)
class Move:
    """A move that a button or a command asks for.

    Attributes:
        row_id: The application's id, or the placement's.
        seen: The status that whoever moves it saw.
    """

    to: Status
    row_id: int
    seen: str

    @property
    def data(self) -> str:
        """The button's data."""
        kind = PLACEMENT if isinstance(self.to, PlacementStatus) else APPLICATION
        return f"{desk_keys.MOVE}{kind}:{self.row_id}:{self.seen}:{self.to}"

    @classmethod
    def read(cls, data: str) -> "Move":
        """Read a button's data."""
        kind, row_id, seen, to = data.removeprefix(desk_keys.MOVE).split(":")
        status: Status = PlacementStatus(to) if kind == PLACEMENT else ApplicationStatus(to)
        return cls(status, int(row_id), seen)


async def stage(update: Update, context: Context, actor: Actor) -> None:
    """Show where an application and its placement can go; move one at once where a status is written too."""
    who, status = _parted(finding.arguments(update))
    found = await finding.meant(update, context, "stage", who)
    if found is None:
        return
    moves = await _moves(context, found, actor)
    if not status:
        await say(update, context, await _of_moves(context, found, actor))
    elif move := next((each for each in moves if each.to == status), None):
        await _move(update, context, actor, move)
    else:
        possible = ", ".join(desk_texts.STATUSES[each.to] for each in moves) or desk_texts.POSSIBLE_NOTHING
        text = desk_texts.STAGE_UNKNOWN.format(words=desk_texts.STATUSES[status], possible=possible)
        await say(update, context, Bubble(text))


async def choose_move(update: Update, context: Context, actor: Actor) -> None:
    """Show where an application and its placement can go."""
    _, data = tap_of(update)
    found = await finding.tapped(context, data.removeprefix(desk_keys.STAGE))
    await say(update, context, await _of_moves(context, found, actor))


async def move(update: Update, context: Context, actor: Actor) -> None:
    """Move what the tapped button says."""
    _, data = tap_of(update)
    await _move(update, context, actor, Move.read(data))


async def _move(update: Update, context: Context, actor: Actor, wanted: Move) -> None:
    services, now = context.services, context.services.now()
    try:
        async with placements.auditing(services.database, at=now) as session:
            application_id, placement = await _carry_out(session, actor, wanted, context)
            found = await applications.known_by_application(session, application_id)
            standing = await placements.status_of(session, application_id, at=now)
            clock = await applicants.clock_of(session, found.applicant_id or 0)
    except MovedMeanwhile as meanwhile:
        await _show_meanwhile(update, context, actor, wanted, meanwhile)
        return
    what = desk_texts.OF_PLACEMENT if placement else desk_texts.OF_APPLICATION
    before, after = desk_texts.STATUSES[wanted.seen], desk_texts.STATUSES[wanted.to]
    text = desk_texts.MOVED.format(who=found.shown_name, what=what, before=before, after=after)
    await show(update, context, Bubble(text, keyboard=desk_bubbles.back_to(found)))
    if placements.is_news(wanted.to, placements.Role(actor.role or Role.COORDINATOR)):
        words = words_of(wanted.to, standing, placement, clock)
        about = f"placement:{placement.id}" if placement else f"application:{application_id}"
        await telling.ask(update, context, actor, found, about=about, words=words)


async def _carry_out(
    session: Session, actor: Actor, wanted: Move, context: Context
) -> tuple[int, Placement | None]:
    """Move it, do what follows, write it down; return whose application it is, and the placement if it is one."""
    at = context.services.now()
    if isinstance(wanted.to, PlacementStatus):
        placement = await placements.move_placement(
            session, wanted.row_id, wanted.to, mover_of(actor), seen=wanted.seen, tell=False, at=at
        )
        await placements.follow(session, placement.application_id, placement.id, at=at)
        applicant_id = placement.application.applicant_id
        await _record(session, actor, Deed.PLACEMENT_MOVED, wanted, applicant_id, context)
        return placement.application_id, placement
    application = await placements.move_application(
        session, wanted.row_id, wanted.to, mover_of(actor), seen=wanted.seen, tell=False, at=at
    )
    await placements.follow(session, application.id, None, at=at)
    await _record(session, actor, Deed.APPLICATION_MOVED, wanted, application.applicant_id, context)
    return application.id, None


async def _record(
    session: Session, actor: Actor, deed: Deed, wanted: Move, applicant_id: int | None, context: Context
) -> None:
    kind = "placement" if deed is Deed.PLACEMENT_MOVED else "application"
    await staff.record(
        session,
        actor,
        deed,
        about=f"{kind}:{wanted.row_id}",
        applicant_id=applicant_id,
        before=wanted.seen,
        after=wanted.to,
        at=context.services.now(),
    )


async def _show_meanwhile(
    update: Update, context: Context, actor: Actor, wanted: Move, meanwhile: MovedMeanwhile
) -> None:
    """Show the second of two what the first has done."""
    async with context.services.database.reading() as session:
        if isinstance(wanted.to, PlacementStatus):
            application_id = (await placements.get_placement(session, wanted.row_id)).application_id
        else:
            application_id = wanted.row_id
        found = await applications.known_by_application(session, application_id)
    text = desk_texts.MOVED_MEANWHILE.format(
        by=meanwhile.by or desk_texts.BY_ROLE[meanwhile.role],
        status=desk_texts.STATUSES[meanwhile.status],
        time=clocks.houston(meanwhile.at),
    )
    await show(update, context, Bubble(text))
    await say(update, context, await _of_moves(context, found, actor))


async def _of_moves(context: Context, found: Found, actor: Actor) -> Bubble:
    application = found.application
    if application is None:
        return Bubble(desk_texts.NO_APPLICATION)
    placement = await _placement(context, application)
    lines = [_application_line(application), *([_placement_line(placement)] if placement else [])]
    moves = await _moves(context, found, actor)
    if not moves:
        lines.append(desk_texts.STAGE_NOWHERE.format(role=desk_texts.ROLES[actor.role or Role.VIEWER]))
    if any(each.to is PlacementStatus.CANCELLED and each.seen in COSTS for each in moves):
        lines.append(desk_texts.STAGE_COSTS)
    buttons = [(_button(each), each.data) for each in moves]
    keyboard = keyboards.rows([*buttons, (desk_texts.BACK_TO_CARD, desk_keys.CARD + whom.key_of(found))])
    return Bubble("\n".join(lines), desk_texts.STAGE_TITLE.format(who=found.shown_name), keyboard)


async def _moves(context: Context, found: Found, actor: Actor) -> list[Move]:
    """Return where this one may move it from where it stands."""
    application = found.application
    if application is None or actor.role is None or not staff.may(actor.role, staff.Permission.MOVE):
        return []
    role, placement = placements.Role(actor.role), await _placement(context, application)
    moves = [
        Move(to, application.id, application.status)
        for to in placements.possible(application.status, ApplicationStatus, role)
    ]
    if placement:
        moves += [
            Move(to, placement.id, placement.status)
            for to in placements.possible(placement.status, PlacementStatus, role)
        ]
    return moves


async def _placement(context: Context, application: Application) -> Placement | None:
    async with context.services.database.reading() as session:
        return await placements.open_placement(session, application.id)


def mover_of(actor: Actor) -> Mover:
    """Return somebody at the desk as the state machine knows them."""
    assert actor.role is not None, "the gate let them through"
    return Mover(placements.Role(actor.role), actor.name)


def words_of(status: Status, standing: Standing, placement: Placement | None, clock: Clock) -> str:
    """Return what an applicant reads of a status, unless staff change the words.

    Args:
        status: What something was moved to.
        standing: How things stand since then, as the applicant is shown it.
        placement: What was moved, if it is a placement.
        clock: The applicant's.
    """
    shown = placements.shown_as(status)
    place = placements.place_of(placement) if placement else None
    if place and shown is Shown.OFFERED:
        offer = status_bubbles.of_offer(place, clock)
        return f"{offer.title}\n\n{offer.text}"
    parts = [texts.NEWS[shown]]
    if place and shown is Shown.CONFIRMED:
        parts.append(status_bubbles.words_of(place))
    if standing.status is shown and (shown in SAYS_MORE or shown in placements.ENDED):
        parts.append(status_bubbles.comes_next(standing, clock))
    return "\n\n".join(parts)


def _parted(words: str) -> tuple[str, str | None]:
    """Part "7K4M-WQ3X in review" into whom it is about and the status, if one stands at the end."""
    plain = " " + re.sub(r"[\s_]+", " ", words).strip()
    for status, title in sorted(desk_texts.STATUSES.items(), key=lambda each: -len(each[1])):
        if plain.casefold().endswith(f" {title}"):
            return plain[: -len(title)].strip(), status
    return words, None


def _button(move: Move) -> str:
    template = (
        desk_texts.STAGE_PLACEMENT_BUTTON if isinstance(move.to, PlacementStatus) else desk_texts.STAGE_BUTTON
    )
    return template.format(status=desk_texts.STATUSES[move.to])


def _application_line(application: Application) -> str:
    reference = application.reference or desk_texts.DRAFT_REFERENCE
    return desk_texts.STAGE_APPLICATION.format(reference=reference, status=desk_texts.STATUSES[application.status])


def _placement_line(placement: Placement) -> str:
    return desk_texts.STAGE_PLACEMENT.format(
        site=placement.site.name, status=desk_texts.STATUSES[placement.status]
    )
