"""What staff see of applicants and of what waits, in bubbles."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from telegram import InlineKeyboardMarkup

from admissions import placements, staff
from admissions.applicants import Clock
from admissions.applications import Application, Found, Review
from admissions.consultations import Consultation
from admissions.documents import Document, DocumentsFile
from admissions.handoffs import Handoff
from admissions.placements import Note, OpenItem, Placement, StatusChange
from admissions.staff import Actor, AuditEntry, Permission
from bot import clocks, keyboards, texts
from bot.bubbles import Bubble
from bot.desk import keys as desk_keys
from bot.desk import texts as words
from bot.desk.whom import key_of

SHOWN: Final = 5
"""Lines of each kind in the queue."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def since(moment: datetime, now: datetime) -> str:
    """Write how long ago something was."""
    passed = now - moment
    if passed < HOUR:
        return words.SINCE_MINUTES.format(count=passed // MINUTE)
    if passed < 2 * DAY:
        return words.SINCE_HOURS.format(count=passed // HOUR)
    return words.SINCE_DAYS.format(count=passed // DAY)


def of_queue(
    handoffs: Sequence[Handoff],
    applications: Sequence[Found],
    documents: Sequence[Document],
    talks: Sequence[Consultation],
    file: DocumentsFile,
    now: datetime,
) -> Bubble:
    """Show what waits for staff, each with the way to it."""
    sections = [
        (words.QUEUE_HANDOFFS, [(each.applicant.name, each.requested_at) for each in handoffs]),
        (words.QUEUE_APPLICATIONS, [(each.shown_name, _submitted(each)) for each in applications]),
        (
            words.QUEUE_DOCUMENTS,
            [(f"{file.documents[each.kind].title}, {each.applicant.name}", each.changed_at) for each in documents],
        ),
        (words.QUEUE_TALKS, [(each.applicant.name, each.ends_at) for each in talks]),
    ]
    text = "\n\n".join(_section(title, lines, now) for title, lines in sections if lines)
    buttons = [
        *((each.applicant.name, f"{desk_keys.CARD}p{each.applicant_id}") for each in handoffs[:SHOWN]),
        *((each.shown_name, desk_keys.CARD + key_of(each)) for each in applications[:SHOWN]),
        *([(words.QUEUE_DOCUMENTS_BUTTON, f"{desk_keys.DOCUMENTS}0:0")] if documents else []),
        *((talk_button(each), f"{desk_keys.TALK}{each.id}") for each in talks[:SHOWN]),
    ]
    return Bubble(text or words.QUEUE_EMPTY, words.QUEUE_TITLE, keyboards.rows(buttons) if buttons else None)


def talk_button(talk: Consultation) -> str:
    """Return what the button of a talk says."""
    return f"{talk.applicant.name}, {clocks.houston(talk.begins_at)}"


def of_found(found: Sequence[Found], searched: str) -> Bubble:
    """Show who may be meant."""
    if not found:
        return Bubble(words.NOBODY_FOUND.format(words=searched))
    buttons = [(_found_button(each), desk_keys.CARD + key_of(each)) for each in found]
    return Bubble(words.WHO_IS_MEANT.format(count=len(found)), keyboard=keyboards.rows(buttons))


class Card:
    """All about one applicant, gathered line by line.

    Args:
        found: Who.
        now: Now, aware.
    """

    def __init__(self, found: Found, now: datetime) -> None:
        self._found = found
        self._now = now
        self._lines: list[str] = []

    def account(self, clock: Clock, *, is_unreachable: bool) -> None:
        """Say which Telegram account it is, and what time it is there."""
        blocked = words.CARD_BLOCKED if is_unreachable else ""
        self._add(words.CARD_TELEGRAM, name=self._found.name, id=self._found.applicant_id, blocked=blocked)
        time = clocks.hour(self._now.astimezone(clock.zone))
        self._add(words.CARD_CLOCK, time=time, place=clock.place)

    def application(self, application: Application | None, review: Review | None) -> None:
        """Say how far the application is, and what it wishes."""
        if application is None:
            self._add(words.CARD_NO_APPLICATION)
            return
        reference = application.reference or words.DRAFT_REFERENCE
        self._add(words.CARD_APPLICATION, reference=reference, status=words.STATUSES[application.status])
        shown = {line.question: line.shown for line in review.lines} if review else {}
        told = {name: value or words.UNKNOWN for name, value in shown.items()}
        if told:
            self._add(words.CARD_CONTACT, email=told["email"], phone=told["phone"])
            self._add(words.CARD_WISH, specialties=told["specialties"], period=told["period"])

    def placement(self, placement: Placement | None, items: Iterable[OpenItem]) -> None:
        """Say where they are placed, and what is waited for."""
        if placement:
            self._add(words.CARD_PLACEMENT, status=words.STATUSES[placement.status], place=place_line(placement))
        for item in items:
            self._add(words.CARD_WAITS, party=words.PARTIES[item.waits_for], what=item.what)

    def documents(self, documents: Iterable[tuple[str, str]]) -> None:
        """List documents, from (title, state) pairs."""
        listed = [words.CARD_DOCUMENT.format(title=title, state=state) for title, state in documents]
        if listed:
            self._add(words.CARD_DOCUMENTS, documents=", ".join(listed))

    def talks(self, talks: Iterable[Consultation]) -> None:
        """List talks, with what advisors noted for staff."""
        for talk in talks:
            status = texts.TALK_STATUSES[talk.status]
            self._add(
                words.CARD_TALK, time=clocks.houston(talk.begins_at), advisor=talk.advisor.name, status=status
            )
            if talk.note:
                self._add(words.CARD_TALK_NOTE, note=talk.note)

    def handoff(self, handoff: Handoff) -> None:
        """Say that they wait for a person, or who talks with them."""
        passed = since(handoff.requested_at, self._now)
        if handoff.taken_by_name:
            self._add(words.CARD_HANDOFF_TAKEN, by=handoff.taken_by_name)
        else:
            self._add(words.CARD_HANDOFF, since=passed)

    def asked(self, questions: Sequence[str]) -> None:
        """Say what they asked last."""
        if questions:
            self._add(words.CARD_ASKED, questions="; ".join(questions))

    def notes(self, notes: Iterable[Note]) -> None:
        """List what staff noted."""
        for note in notes:
            day = clocks.day(note.written_at.astimezone(clocks.HOUSTON))
            self._add(words.CARD_NOTE, by=note.written_by or words.UNKNOWN, day=day, text=note.text)

    def bubble(self, actor: Actor) -> Bubble:
        """Return it all, with the buttons of what this one may do."""
        return Bubble("\n".join(self._lines), self._found.shown_name, card_buttons(self._found, actor))

    def _add(self, line: str, **parts: object) -> None:
        self._lines.append(line.format(**parts))


def card_buttons(found: Found, actor: Actor) -> InlineKeyboardMarkup | None:
    """Return what somebody at the desk may do about an applicant."""
    key, application = key_of(found), found.application
    offered = [
        (application, Permission.LOOK, words.SHOW_ANSWERS, desk_keys.ANSWERS),
        (found.applicant_id, Permission.LOOK, words.SHOW_DOCUMENTS, desk_keys.DOCUMENTS),
        (application, Permission.MOVE, words.MOVE_ON, desk_keys.STAGE),
        (application, Permission.OFFER, words.MAKE_OFFER, desk_keys.OFFER),
        (application, Permission.NOTE, words.WRITE_NOTE, desk_keys.NOTE),
        (application, Permission.LOOK, words.SHOW_HISTORY, desk_keys.HISTORY),
    ]
    buttons = [
        (title, f"{prefix}{found.applicant_id}:0" if prefix == desk_keys.DOCUMENTS else prefix + key)
        for has, permission, title, prefix in offered
        if has and may(actor, permission)
    ]
    return keyboards.grid(buttons, across=2) if buttons else None


def may(actor: Actor, permission: Permission) -> bool:
    """Tell whether a button is of any use to somebody."""
    return staff.may(actor.role, permission)


def of_answers(found: Found, review: Review) -> Bubble:
    """Show an application as it was filled in."""
    lines = [
        words.ANSWER_LINE.format(
            number=line.number, question=texts.QUESTIONS[line.question].name, shown=line.shown or words.SKIPPED
        )
        for line in review.lines
    ]
    title = words.ANSWERS_TITLE.format(reference=review.reference or words.DRAFT_REFERENCE)
    return Bubble("\n".join(lines), title, back_to(found))


def of_history(found: Found, changes: Iterable[StatusChange], entries: Iterable[AuditEntry]) -> Bubble:
    """Show what happened: every change of a status, and what staff did."""
    happened = [
        *((change.changed_at, _change_line(change)) for change in changes),
        *((entry.at, _entry_line(entry)) for entry in entries),
    ]
    lines = [line for _, line in sorted(happened, key=lambda each: each[0])]
    return Bubble("\n".join(lines) or words.HISTORY_EMPTY, words.HISTORY_TITLE, back_to(found))


def back_to(found: Found) -> InlineKeyboardMarkup:
    """Return the way back to all about an applicant."""
    return keyboards.rows([(words.BACK_TO_CARD, desk_keys.CARD + key_of(found))])


def place_line(placement: Placement | placements.Place) -> str:
    """Write a place in one line."""
    site = placement.site if isinstance(placement, placements.Place) else placement.site.name
    return words.PLACE_LINE.format(
        site=site,
        specialty=placement.specialty,
        first=written(placement.first_day),
        last=written(placement.last_day),
    )


def written(day: date) -> str:
    """Write a day with its year: "1 Feb 2027"."""
    return f"{day:%d %b %Y}".removeprefix("0")


def _submitted(found: Found) -> datetime:
    assert found.application is not None, "it waits for a review"
    assert found.application.submitted_at is not None, "it was submitted"
    return found.application.submitted_at


def _section(title: str, lines: Sequence[tuple[str, datetime]], now: datetime) -> str:
    shown = [words.QUEUE_LINE.format(who=who, since=since(moment, now)) for who, moment in lines[:SHOWN]]
    more = [words.QUEUE_MORE.format(count=len(lines) - SHOWN)] if len(lines) > SHOWN else []
    return "\n".join([title.format(count=len(lines)), *shown, *more])


def _found_button(found: Found) -> str:
    application = found.application
    reference = (application.reference or words.DRAFT_REFERENCE) if application else words.NO_REFERENCE
    return words.FOUND_BUTTON.format(name=found.shown_name, reference=reference)


def _change_line(change: StatusChange) -> str:
    return words.HISTORY_LINE.format(
        day=clocks.houston(change.changed_at),
        before=words.STATUSES.get(change.before, change.before),
        after=words.STATUSES.get(change.after, change.after),
        by=change.by or words.BY_ROLE[change.role],
    )


def _entry_line(entry: AuditEntry) -> str:
    return words.HISTORY_DEED.format(
        day=clocks.houston(entry.at), deed=words.DEEDS[entry.deed], by=entry.actor_name
    )
