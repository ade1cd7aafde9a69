"""The application in the chat: a question, why it is asked, the review."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from telegram import InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from admissions import applications
from admissions.applications import Question, Review, Suggestion
from admissions.database import Session
from bot import keyboards, texts
from bot.bubbles import Bubble, Keyboard

BAR = 13
"""Characters of the progress bar: one for each question."""
WEEKS_OFFERED = (4, 8, 12)
YEARS_OFFERED = 8


async def of_question(session: Session, applicant_id: int, today: date) -> Bubble:
    """Show the question that is asked now, how far one has come, and what may be tapped.

    Raises:
        ApplicationNotFound: No application is under way.
    """
    progress = await applications.progress(session, applicant_id)
    if progress.question is None:
        return of_review(await applications.review(session, applicant_id))
    question = applications.get_question(progress.question)
    if progress.is_correction:
        return _of_correction(question, await applications.review(session, applicant_id), today)
    step = min(progress.answered + 1, progress.total)
    done = "▓" * round(progress.answered / progress.total * BAR)
    title = texts.STEP.format(step=step, total=progress.total, bar=done.ljust(BAR, "░"))
    return Bubble(texts.QUESTIONS[question.name].ask, title, keyboard_of(question, today))


async def of_open_question(session: Session, applicant_id: int, today: date) -> Bubble | None:
    """Ask the question that an application under way waits for, unless it is set aside or all are answered."""
    application = await applications.find_active(session, applicant_id)
    if application is None or application.is_paused:
        return None
    asked = (await applications.progress(session, applicant_id)).question
    return await of_question(session, applicant_id, today) if asked else None


def _of_correction(question: Question[Any], review: Review, today: date) -> Bubble:
    """Show a question that is answered already, with its answer, which may stay."""
    wording = texts.QUESTIONS[question.name]
    [line] = [line for line in review.lines if line.question == question.name]
    text = f"{wording.ask}\n\n{texts.ANSWER_SO_FAR.format(shown=line.shown or texts.NO_ANSWER)}"
    keyboard = keyboard_of(question, today)
    if not isinstance(keyboard, ReplyKeyboardMarkup):
        above = keyboard.inline_keyboard if isinstance(keyboard, InlineKeyboardMarkup) else ()
        leave = keyboards.rows([(texts.LEAVE_ANSWER, f"{keyboards.UNCHANGED}{question.name}")])
        keyboard = InlineKeyboardMarkup([*above, *leave.inline_keyboard])
    return Bubble(text, texts.CORRECTION.format(name=wording.name), keyboard)


def of_reason(name: str) -> Bubble:
    """Say why a question is asked, and offer to skip it, if one may, or a person."""
    buttons = [(texts.PERSON, keyboards.HAND_OFF)]
    if applications.get_question(name).may_skip:
        buttons.insert(0, (texts.SKIP, f"{keyboards.SKIP}{name}"))
    return Bubble(texts.QUESTIONS[name].why, keyboard=keyboards.rows(buttons))


def of_review(review: Review) -> Bubble:
    """Show every answer with a button to change it, and the button that submits."""
    lines = [
        f"{line.number}. {texts.QUESTIONS[line.question].name}: {line.shown or texts.NO_ANSWER}"
        for line in review.lines
    ]
    buttons = [
        (f"{texts.EDIT} {line.number}. {texts.QUESTIONS[line.question].name}", f"{keyboards.EDIT}{line.question}")
        for line in review.lines
    ]
    is_draft = review.reference is None
    if not is_draft:
        lines = [texts.REFERENCE.format(reference=review.reference), "", *lines]
    submit = [(texts.SUBMIT, keyboards.SUBMIT)] if is_draft and not review.missing else []
    keyboard = keyboards.grid(buttons, across=2, below=submit)
    return Bubble("\n".join(lines), texts.REVIEW if is_draft else texts.SUBMITTED_REVIEW, keyboard)


def of_suggestions(found: Sequence[Suggestion], title: str = texts.FOUND) -> Bubble:
    """Show the answers that were found; nothing is taken over without a tap."""
    lines = [f"{texts.QUESTIONS[each.question].name}: {each.shown}" for each in found]
    buttons = [
        (texts.TAKE.format(name=texts.QUESTIONS[each.question].name), f"{keyboards.CONFIRM}{each.question}")
        for each in found
    ]
    every = [(texts.TAKE_ALL, keyboards.CONFIRM), *buttons, (texts.TAKE_NONE, keyboards.DISCARD)]
    return Bubble("\n".join(lines), title, keyboards.rows(every))


def of_withdrawal() -> Bubble:
    """Ask for the reason of a withdrawal; a tap on one confirms it."""
    reasons = [(reason, f"{keyboards.WITHDRAW}{number}") for number, reason in enumerate(texts.WITHDRAWAL_REASONS)]
    return Bubble(texts.WITHDRAW, keyboard=keyboards.rows([*reasons, (texts.KEEP, "/resume_application")]))


def keyboard_of(question: Question[Any], today: date) -> Keyboard:
    """Return what may be tapped instead of typed; where nothing may, the button to share a phone goes away."""
    if question.name == "phone":
        share = KeyboardButton(texts.SHARE_PHONE, request_contact=True)
        return ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
    if question.name in ("specialties", "support"):
        return keyboards.toggles(question.name, _choices(question.name), may_skip=question.may_skip)
    buttons = [
        (title, f"{keyboards.SAY}{question.name}:{words}") for title, words in _options(question.name, today)
    ]
    if question.name == "standing":
        buttons = [(title, f"{keyboards.STANDING}{status}") for title, status in texts.STANDINGS]
    if question.may_skip:
        buttons.append((texts.SKIP, f"{keyboards.SKIP}{question.name}"))
    return keyboards.rows(buttons) if buttons else ReplyKeyboardRemove()


def years_of(status: str, today: date) -> InlineKeyboardMarkup:
    """Return the years in which a student will, or a graduate did, graduate."""
    steps = range(YEARS_OFFERED)
    years = [today.year + step if status == "student" else today.year - step for step in steps]
    return keyboards.grid([(str(year), f"{keyboards.SAY}standing:{status} {year}") for year in years], across=4)


def _choices(name: str) -> list[tuple[str, str]]:
    if name == "specialties":
        return [(specialty, specialty) for specialty in applications.LISTED]
    return [*texts.SUPPORT.items()]


def _options(name: str, today: date) -> list[tuple[str, str]]:
    if name != "period":
        return list(texts.OPTIONS.get(name, ()))
    start = applications.possible_start(today + timedelta(days=1), today)
    return [
        (texts.PERIOD.format(weeks=weeks, start=f"{start:%a %-d %b %Y}"), f"{weeks} weeks from {start:%-d %b %Y}")
        for weeks in WEEKS_OFFERED
    ]
