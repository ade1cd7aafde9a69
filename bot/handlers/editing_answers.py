"""Word an answer anew: seen as applicants will see it, checked like the file, live at once, and back again."""

import re
from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from admissions import answers, staff
from admissions.answers import AnswerUnsound, Counts, Question, Told, Worded, Wording
from admissions.database import Session
from admissions.staff import Actor, Deed, Errand, ErrandKind, errands
from bot import clocks, keyboards
from bot.bubbles import Bubble, of_answer
from bot.context import Context, Services
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.desk.bubbles import written
from bot.handlers import finding, telling
from bot.handlers.chats import tap_of
from bot.handlers.permitting import say, show

NEW_TEXT: Final = re.compile(r"^(?P<name>[a-z0-9_]+)\s*=\s*(?P<text>.+)$", re.DOTALL)
LONGEST: Final = 8000
"""Characters; as in the file."""
FOUND_SHOWN: Final = 12
EDITS_SHOWN: Final = 6
LONGEST_LINE: Final = 200
"""Characters of a text in the history."""
SEEN, TEXT, SOURCE = "seen", "text", "source"


async def show_answers(update: Update, context: Context, actor: Actor) -> None:
    """List the answers by topic; show one that is named; preview a text that is given with it."""
    words, file = finding.arguments(update), context.services.answers_file
    if given := NEW_TEXT.match(words):
        if given["name"] not in file.answers:
            raise answers.UnknownAnswer
        errand_id = await _begin(context, actor, given["name"], asks=None, **{TEXT: given["text"].strip()})
        await _preview(update, context, actor, errand_id)
    elif not words:
        await say(update, context, _of_topics(context.services))
    elif words in file.answers:
        await say(update, context, await _of_one(context, words))
    else:
        found = [name for name, entry in file.answers.items() if _has(words, name, entry.question)]
        bubble = await _of_one(context, found[0]) if len(found) == 1 else _of_found(context.services, found, words)
        await say(update, context, bubble)


async def show_topic(update: Update, context: Context, _actor: Actor) -> None:
    """List the answers of a topic."""
    _, data = tap_of(update)
    topic, file = data.removeprefix(desk_keys.TOPIC), context.services.answers_file
    names = [name for name, entry in file.answers.items() if (entry.topic or "") == topic]
    title = desk_texts.EDIT_QUESTIONS.format(topic=topic or desk_texts.EDIT_OTHER_TOPIC)
    await show(update, context, Bubble(title, keyboard=_questions(context.services, names)))


async def show_answer(update: Update, context: Context, _actor: Actor) -> None:
    """Show an answer with its source, its day, and what can be done."""
    _, data = tap_of(update)
    await show(update, context, await _of_one(context, data.removeprefix(desk_keys.ANSWER)))


async def ask_text(update: Update, context: Context, actor: Actor) -> None:
    """Ask for the new text of an answer."""
    await _ask(update, context, actor, desk_keys.EDIT_TEXT, TEXT, desk_texts.EDIT_TEXT_ASKED)


async def ask_source(update: Update, context: Context, actor: Actor) -> None:
    """Ask for the new source of an answer."""
    await _ask(update, context, actor, desk_keys.EDIT_SOURCE, SOURCE, desk_texts.EDIT_SOURCE_ASKED)


async def take(update: Update, context: Context, actor: Actor, errand_id: int, words: str) -> None:
    """Take the new text or source, and show the answer as applicants will see it.

    Raises:
        WordsMissing: Nothing is written.
        WordsTooLong: It is longer than an answer may be.
    """
    async with context.services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        assert errand.asks is not None, "a reply answers a question"
        errands.fill(errand, **{errand.asks: staff.check_words(words, LONGEST)})
    await _preview(update, context, actor, errand_id)


async def publish(update: Update, context: Context, actor: Actor) -> None:
    """Make an answer live as it was shown."""
    _, data = tap_of(update)
    services = context.services
    async with services.database.transaction() as session:
        errand = await errands.get(session, int(data.removeprefix(desk_keys.PUBLISH)), actor)
        name = _name_of(errand)
        before = await answers.worded(session, services.answers_file, name)
        wording = _wording_of(errand, before, services)
        await answers.edit(
            session,
            services.answers_file,
            name,
            wording,
            seen=errand.fields[SEEN],
            by=actor.name,
            at=services.now(),
        )
        errands.end(errand, at=services.now())
        await _record(session, services, actor, Deed.ANSWER_PUBLISHED, before, wording)
    live = desk_texts.EDIT_LIVE.format(question=before.question, name=name)
    await show(update, context, Bubble(live, keyboard=_back(name)))


async def show_history(update: Update, context: Context, _actor: Actor) -> None:
    """Show what an answer said before, each with the way back to it."""
    _, data = tap_of(update)
    name = data.removeprefix(desk_keys.EDIT_HISTORY)
    services = context.services
    async with services.database.reading() as session:
        one = await answers.worded(session, services.answers_file, name)
        edits = (await answers.history(session, name))[:EDITS_SHOWN]
    lines = [
        desk_texts.EDIT_HISTORY_LINE.format(
            day=clocks.houston(edit.edited_at),
            by=edit.edited_by,
            text=(edit.text or desk_texts.EDIT_HISTORY_FILE)[:LONGEST_LINE],
        )
        for edit in edits
    ]
    buttons = [
        (
            desk_texts.EDIT_BACK_TO.format(day=clocks.houston(edit.edited_at), by=edit.edited_by),
            f"{desk_keys.REVERT}{name}:{edit.id}:{one.seen}",
        )
        for edit in edits[1:]
        if edit.text is not None
    ]
    if one.counts is not Counts.FILE:
        buttons.append((desk_texts.EDIT_BACK_TO_FILE, f"{desk_keys.REVERT}{name}:0:{one.seen}"))
    buttons.append((desk_texts.BACK_TO_CARD, desk_keys.ANSWER + name))
    text = "\n\n".join(lines) or desk_texts.EDIT_HISTORY_NONE
    title = desk_texts.EDIT_HISTORY_TITLE.format(question=one.question)
    await show(update, context, Bubble(text, title, keyboards.rows(buttons)))


async def revert(update: Update, context: Context, actor: Actor) -> None:
    """Have an answer say again what it said before: in an older edit, or in the file."""
    _, data = tap_of(update)
    name, number, seen = data.removeprefix(desk_keys.REVERT).split(":")
    services, file = context.services, context.services.answers_file
    async with services.database.transaction() as session:
        before = await answers.worded(session, file, name)
        if int(number):
            wording = _wording_of_edit(await answers.get_edit(session, int(number)))
            await answers.edit(session, file, name, wording, seen=int(seen), by=actor.name, at=services.now())
        else:
            wording = before.file
            await answers.revert(session, file, name, seen=int(seen), by=actor.name, at=services.now())
        await _record(session, services, actor, Deed.ANSWER_REVERTED, before, wording)
    await show(
        update, context, Bubble(desk_texts.EDIT_REVERTED.format(question=before.question), keyboard=_back(name))
    )


async def keep(update: Update, context: Context, actor: Actor) -> None:
    """Settle that the words of the chat count, though the file has changed since."""
    _, data = tap_of(update)
    name, seen = data.removeprefix(desk_keys.EDIT_KEEP).split(":")
    services = context.services
    async with services.database.transaction() as session:
        before = await answers.worded(session, services.answers_file, name)
        await answers.edit(
            session,
            services.answers_file,
            name,
            before.told,
            seen=int(seen),
            by=actor.name,
            at=services.now(),
        )
        await _record(session, services, actor, Deed.ANSWER_PUBLISHED, before, before.told)
    live = desk_texts.EDIT_LIVE.format(question=before.question, name=name)
    await show(update, context, Bubble(live, keyboard=_back(name)))


async def _ask(update: Update, context: Context, actor: Actor, prefix: str, field: str, question: str) -> None:
    """Ask for a field of an answer: of the edit that is under way, or of a new one."""
    _, data = tap_of(update)
    which, services = data.removeprefix(prefix), context.services
    if which.isdecimal():
        async with services.database.transaction() as session:
            errand = await errands.get(session, int(which), actor)
            errands.ask(errand, field)
    else:
        errand_id = await _begin(context, actor, which, asks=field)
        async with services.database.transaction() as session:
            errand = await errands.get(session, errand_id, actor)
    entry = services.answers_file.answers[_name_of(errand)]
    await telling.ask_reply(update, context, actor, errand, question.format(question=entry.question))


async def _begin(context: Context, actor: Actor, name: str, *, asks: str | None, **fields: str) -> int:
    services = context.services
    async with services.database.transaction() as session:
        one = await answers.worded(session, services.answers_file, name)
        errand = await errands.begin(
            session,
            actor,
            ErrandKind.ANSWER,
            f"answer:{name}",
            fields={SEEN: one.seen, **fields},
            asks=asks,
            at=services.now(),
        )
        return errand.id


async def _preview(update: Update, context: Context, actor: Actor, errand_id: int) -> None:
    """Show an answer as applicants will see it, or what is wrong with it."""
    services = context.services
    async with services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        one = await answers.worded(session, services.answers_file, _name_of(errand))
        wording = _wording_of(errand, one, services)
        asked = await answers.words(session, services.answers_file.answers[one.name].follow_ups)
    try:
        entry = answers.check(services.answers_file, one.name, wording)
    except AnswerUnsound as refusal:
        await _say_unsound(update, context, actor, errand, refusal)
        return
    follow_ups = tuple(Question(name, asked[name]) for name in entry.follow_ups if name in asked)
    seen = of_answer(Told(entry.question, entry.text, follow_ups, entry.offers_person))
    await say(update, context, Bubble(seen.text, seen.title, _shown_only(seen.inline_keyboard)))
    buttons = [
        (desk_texts.EDIT_PUBLISH, f"{desk_keys.PUBLISH}{errand_id}"),
        (desk_texts.EDIT_TEXT, f"{desk_keys.EDIT_TEXT}{errand_id}"),
        (desk_texts.EDIT_SOURCE, f"{desk_keys.EDIT_SOURCE}{errand_id}"),
        (desk_texts.EDIT_DROP, f"{desk_keys.DROP}{errand_id}"),
    ]
    text = desk_texts.EDIT_PREVIEW.format(source=wording.source, checked_on=written(wording.checked_on))
    await say(update, context, Bubble(text, keyboard=keyboards.rows(buttons)))


async def _say_unsound(
    update: Update, context: Context, actor: Actor, errand: Errand, refusal: AnswerUnsound
) -> None:
    problems = "\n".join(f"• {problem}" for problem in refusal.problems)
    await say(update, context, Bubble(desk_texts.EDIT_UNSOUND.format(problems=problems)))
    if errand.asks is None:  # the text came with the command, so there is no question above to answer
        async with context.services.database.transaction() as session:
            await errands.drop(session, errand.id, actor, at=context.services.now())


async def _of_one(context: Context, name: str) -> Bubble:
    services = context.services
    async with services.database.reading() as session:
        one = await answers.worded(session, services.answers_file, name)
    text = desk_texts.EDIT_CARD.format(
        text=one.told.text,
        source=one.told.source,
        checked_on=written(one.told.checked_on),
        facts=", ".join(one.facts) or desk_texts.NO_FACTS,
        counts=_counts(one),
    )
    buttons = [
        (desk_texts.EDIT_TEXT, desk_keys.EDIT_TEXT + name),
        (desk_texts.EDIT_SOURCE, desk_keys.EDIT_SOURCE + name),
        (desk_texts.EDIT_HISTORY, desk_keys.EDIT_HISTORY + name),
    ]
    if one.counts in (Counts.EDIT_UNTIL_SETTLED, Counts.FILE_AS_EDIT_FAILS):
        buttons.append((desk_texts.EDIT_TAKE_FILE, f"{desk_keys.REVERT}{name}:0:{one.seen}"))
    if one.counts is Counts.EDIT_UNTIL_SETTLED:
        buttons.append((desk_texts.EDIT_KEEP, f"{desk_keys.EDIT_KEEP}{name}:{one.seen}"))
    return Bubble(text, one.question, keyboards.rows(buttons))


def _counts(one: Worded) -> str:
    newest = one.newest
    if newest is None:
        return desk_texts.EDIT_COUNTS[Counts.FILE]
    return desk_texts.EDIT_COUNTS[one.counts].format(
        by=newest.edited_by, day=clocks.houston(newest.edited_at), file=one.file.text, edit=newest.text
    )


def _of_topics(services: Services) -> Bubble:
    topics = dict.fromkeys(entry.topic or "" for entry in services.answers_file.answers.values())
    buttons = [(topic or desk_texts.EDIT_OTHER_TOPIC, desk_keys.TOPIC + topic) for topic in topics]
    return Bubble(desk_texts.EDIT_TOPICS, keyboard=keyboards.rows(buttons))


def _of_found(services: Services, names: Sequence[str], words: str) -> Bubble:
    if not names:
        return Bubble(desk_texts.EDIT_NONE.format(words=words))
    return Bubble(desk_texts.EDIT_FOUND, keyboard=_questions(services, names[:FOUND_SHOWN]))


def _questions(services: Services, names: Sequence[str]) -> InlineKeyboardMarkup:
    answers_of = services.answers_file.answers
    return keyboards.rows([(answers_of[name].question, desk_keys.ANSWER + name) for name in names])


def _back(name: str) -> InlineKeyboardMarkup:
    return keyboards.rows([(desk_texts.BACK_TO_CARD, desk_keys.ANSWER + name)])


def _shown_only(keyboard: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """Return the buttons that applicants will see, which do nothing here."""
    if keyboard is None:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, callback_data=desk_keys.SHOWN_ONLY) for button in row]
            for row in keyboard.inline_keyboard
        ]
    )


def _has(words: str, name: str, question: str) -> bool:
    return words.casefold() in f"{name} {question}".casefold()


def _name_of(errand: Errand) -> str:
    return errand.about.partition(":")[2]


def _wording_of(errand: Errand, one: Worded, services: Services) -> Wording:
    """Return what an edit says so far; who makes it has compared it with its source today."""
    today = services.now().astimezone(clocks.HOUSTON).date()
    return Wording(errand.fields.get(TEXT, one.told.text), errand.fields.get(SOURCE, one.told.source), today)


def _wording_of_edit(edit: answers.AnswerEdit) -> Wording:
    assert edit.text is not None, "only edits with words are offered"
    assert edit.source is not None, "it comes with its words"
    assert edit.checked_on is not None, "it comes with its words"
    return Wording(edit.text, edit.source, edit.checked_on)


async def _record(
    session: Session, services: Services, actor: Actor, deed: Deed, before: Worded, after: Wording
) -> None:
    await staff.record(
        session,
        actor,
        deed,
        about=f"answer:{before.name}",
        before=f"{before.told.text}\n({before.told.source})",
        after=f"{after.text}\n({after.source})",
        at=services.now(),
    )
