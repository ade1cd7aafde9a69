"""How things stand with an application and its placement, in words for the applicant."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from telegram import InlineKeyboardMarkup

from admissions.applicants import Clock
from admissions.placements import Difference, Looked, Mark, Place, Shown, Standing, Step
from bot import clocks, keyboards, texts
from bot.bubbles import Bubble
from bot.timelines import Row

PERSON: Final = (texts.PERSON, keyboards.HAND_OFF)
APPLY, BOOK, CONTINUE = "/apply", "/book_consultation", "/resume_application"
IN_REVIEW: Final = (Shown.SUBMITTED, Shown.IN_REVIEW, Shown.INTERVIEW)


def rows(steps: Sequence[Step]) -> list[Row]:
    """Put the steps of the process into words, as the picture and the text have them."""
    return [Row(step.mark, texts.STAGES[step.stage], texts.MARKS[step.mark][1], _days(step)) for step in steps]


def title(standing: Standing) -> str:
    """Return what stands above the timeline."""
    if standing.reference is None:
        return texts.STATUS_TITLE_OF_DRAFT
    return texts.STATUS_TITLE.format(reference=standing.reference)


def timeline(standing: Standing) -> Bubble:
    """Say what the picture of the timeline shows, for who cannot see it."""
    return Bubble("\n".join(_line(row) for row in rows(standing.steps)), title(standing))


def of_standing(looked: Looked, clock: Clock, now: datetime) -> Bubble:
    """Show how things stand, who must act, what comes next, and what has changed."""
    standing = looked.standing
    return Bubble(
        "\n\n".join(
            part
            for part in (
                _changes(looked, clock, now),
                f"{texts.STATUSES[standing.status]}\n{waiting(standing, clock, now)}".strip(),
                words_of(standing.place) if standing.place else "",
                comes_next(standing, clock),
            )
            if part
        ),
        keyboard=keyboards.rows(_buttons(standing)),
    )


def waiting(standing: Standing, clock: Clock, now: datetime) -> str:
    """Say in one line who must act."""
    if standing.waiting is None:
        return "" if standing.has_ended else texts.NOBODY_WAITS
    party, items = standing.waiting.party, standing.waiting.items
    of_status = [texts.WAITED_FOR[standing.status]] if standing.status in (Shown.OFFERED, Shown.DRAFT) else []
    what = ", ".join([*of_status, *items]) or texts.WAITED_FOR[standing.status]
    return texts.WAITING[party].format(what=what, since=_since(standing.waiting.since, clock, now))


def comes_next(standing: Standing, clock: Clock) -> str:
    """Say what comes next, or what can be done now where it has ended."""
    place = standing.place
    told = texts.COMES_NEXT[standing.status].format(
        reply_by=clocks.both(place.reply_by, clock) if place else "",
        last_day=full_day(place.last_day) if place else "",
    )
    costs = standing.status in (Shown.OFFERED, Shown.ACCEPTED, Shown.CONFIRMED)
    return f"{told}\n\n{texts.CANCELLING_COSTS}" if costs else told


def words_of(place: Place) -> str:
    """Describe a place."""
    lines = [
        texts.PLACE.format(
            site=place.site,
            specialty=place.specialty,
            first_day=full_day(place.first_day),
            last_day=full_day(place.last_day),
        )
    ]
    if place.mentor:
        lines.append(texts.PLACE_MENTOR.format(mentor=place.mentor))
    if place.what_to_bring:
        lines.append(texts.PLACE_BRING.format(what_to_bring=place.what_to_bring))
    return "\n".join(lines)


def in_short(place: Place) -> str:
    """Name a place in one line."""
    return texts.OFFERED_PLACE.format(
        site=place.site,
        specialty=place.specialty,
        first_day=full_day(place.first_day),
        last_day=full_day(place.last_day),
    )


def of_no_application(*, may_claim: bool) -> Bubble:
    """Say that no application is known."""
    claim = [(texts.APPLIED_OTHERWISE, keyboards.CLAIM)] if may_claim else []
    return Bubble(texts.NO_STATUS, keyboard=keyboards.rows([(texts.APPLY, APPLY), *claim, PERSON]))


def of_not_theirs(reference: str, *, may_claim: bool) -> Bubble:
    """Say that an application is not shown, and nothing about whether there is one."""
    claim = [(texts.APPLIED_OTHERWISE, keyboards.CLAIM)] if may_claim else []
    buttons = [*claim, (texts.STATUS, keyboards.STATUS), PERSON]
    return Bubble(texts.NOT_YOURS.format(reference=reference), keyboard=keyboards.rows(buttons))


def of_offer(place: Place, clock: Clock) -> Bubble:
    """Offer a place."""
    until = texts.OFFER_UNTIL.format(reply_by=clocks.both(place.reply_by, clock))
    text = f"{words_of(place)}\n\n{until}\n\n{texts.CANCELLING_COSTS}"
    return Bubble(text, texts.OFFER_TITLE, keyboards.rows([*offer_buttons(place), PERSON]))


def of_accepting(place: Place, clock: Clock) -> Bubble:
    """Ask whether to accept a place, and say before what that may cost."""
    text = texts.ACCEPT_OR_NOT.format(
        place=words_of(place), costs=texts.CANCELLING_COSTS, reply_by=clocks.both(place.reply_by, clock)
    )
    return Bubble(text, keyboard=_answer_buttons(texts.ACCEPT_IT, keyboards.ACCEPT, place))


def of_declining(place: Place, clock: Clock) -> Bubble:
    """Ask whether to decline a place."""
    text = texts.DECLINE_OR_NOT.format(place=words_of(place), reply_by=clocks.both(place.reply_by, clock))
    return Bubble(text, keyboard=_answer_buttons(texts.DECLINE_IT, keyboards.DECLINE, place))


def offer_buttons(place: Place) -> list[tuple[str, str]]:
    """Return the buttons that answer an offer; neither counts by itself."""
    return [
        (texts.ACCEPT_OFFER, f"{keyboards.ASK_ACCEPT}{place.id}"),
        (texts.DECLINE_PLACE, f"{keyboards.ASK_DECLINE}{place.id}"),
    ]


def full_day(day: date) -> str:
    """Write a day: "Mon 1 Mar 2027"."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _answer_buttons(title: str, prefix: str, place: Place) -> InlineKeyboardMarkup:
    return keyboards.rows([(title, f"{prefix}{place.id}"), (texts.NOT_YET, f"{keyboards.KEEP_OFFER}{place.id}")])


def _buttons(standing: Standing) -> list[tuple[str, str]]:
    if standing.status is Shown.OFFERED and standing.place:
        return [*offer_buttons(standing.place), PERSON]
    if standing.status is Shown.DRAFT:
        return [(texts.CONTINUE, CONTINUE), PERSON]
    if standing.has_ended:
        return [(texts.APPLY_AGAIN, APPLY), PERSON]
    talks = standing.status in IN_REVIEW and standing.talk_at is None
    return [*([(texts.BOOK, BOOK)] if talks else []), PERSON]


def _line(row: Row) -> str:
    sign, _ = texts.MARKS[row.mark]
    line = texts.STEP_LINE_WITH_DAYS if row.days else texts.STEP_LINE
    return line.format(sign=sign, title=row.title, state=row.state, days=row.days)


def _days(step: Step) -> str:
    if step.first is None or step.mark is Mark.LEFT_OUT:
        return ""
    if step.last is None:
        return _short_day(step.first, with_year=True)
    first = _short_day(step.first, with_year=step.first.year != step.last.year)
    return texts.DAYS.format(first=first, last=_short_day(step.last, with_year=True))


def _short_day(day: date, *, with_year: bool) -> str:
    return f"{day.day} {day:%b %Y}" if with_year else f"{day.day} {day:%b}"


def _since(moment: datetime, clock: Clock, now: datetime) -> str:
    days = (now.astimezone(clock.zone).date() - moment.astimezone(clock.zone).date()).days
    if days < 1:
        return texts.SINCE_TODAY
    return texts.SINCE_YESTERDAY if days == 1 else texts.SINCE_DAYS.format(days=days)


def _changes(looked: Looked, clock: Clock, now: datetime) -> str:
    if looked.last_looked_at is None:
        return ""
    when = clocks.day(looked.last_looked_at.astimezone(clock.zone))
    if looked.last_looked_at.astimezone(clock.zone).date() == now.astimezone(clock.zone).date():
        when = clocks.hour(looked.last_looked_at.astimezone(clock.zone))
    if not looked.differences:
        return texts.SAME_SINCE_LOOKED.format(when=when)
    lines = [_difference(each, clock) for each in looked.differences]
    return "\n".join([texts.SINCE_LOOKED.format(when=when), *lines])


def _difference(difference: Difference, clock: Clock) -> str:
    what = texts.DIFFERENCES[difference.what]
    before, after = (_value(difference.what, value, clock) for value in (difference.before, difference.after))
    if after is None:
        return texts.DIFFERENCE_GONE.format(what=what, before=before)
    if before is None:
        return texts.DIFFERENCE_NEW.format(what=what, after=after)
    return texts.DIFFERENCE.format(what=what, after=after, before=before)


def _value(what: str, value: str | None, clock: Clock) -> str | None:
    if value is None:
        return None
    if what == "status":
        return texts.SHORT_STATUSES[value]
    if what in ("talk_at", "reply_by"):
        return clocks.both(datetime.fromisoformat(value), clock)
    if what in ("first_day", "last_day"):
        return full_day(date.fromisoformat(value))
    return value
