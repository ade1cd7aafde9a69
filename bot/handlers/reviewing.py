"""Review documents: the file itself, approve it, or reject it with a reason."""

from html import escape
from typing import Final

from telegram import InlineKeyboardMarkup, Message, Update

from admissions import applications, documents, staff
from admissions.applications import Found
from admissions.database import Session
from admissions.documents import Document, DocumentState, Role
from admissions.staff import Actor, Deed, ErrandKind, Permission, errands
from bot import keyboards
from bot.bubbles import Bubble
from bot.context import Context, Services
from bot.desk import bubbles
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts
from bot.handlers import finding, telling
from bot.handlers.chats import chat_of, tap_of
from bot.handlers.permitting import note_said, say

LONGEST_REASON: Final = 500
"""Characters; the checklist shows it too."""
BOUNDS: Final = 1000
"""Characters of a caption, with room for its verdict."""


async def show_documents(update: Update, context: Context, actor: Actor) -> None:
    """Show the document that waits longest, or the first of one applicant."""
    words = finding.arguments(update)
    if not words:
        await _show_next(update, context, actor, applicant_id=None, after=0)
        return
    if (found := await finding.the_one(update, context, words)) and found.applicant_id:
        await _show_next(update, context, actor, applicant_id=found.applicant_id, after=0, found=found)


async def show_next(update: Update, context: Context, actor: Actor) -> None:
    """Show the next document, of the same applicant if one was asked for."""
    _, data = tap_of(update)
    applicant_id, after = map(int, data.removeprefix(desk_keys.DOCUMENTS).split(":"))
    await _show_next(update, context, actor, applicant_id=applicant_id or None, after=after)


async def approve(update: Update, context: Context, actor: Actor) -> None:
    """Approve the version of a document that is shown."""
    _, data = tap_of(update)
    number, version = map(int, data.removeprefix(desk_keys.APPROVE).split(":"))
    services = context.services
    async with services.database.transaction() as session:
        before = await _state(session, number)
        document = await documents.approve(session, number, version=version, by=actor.name, at=services.now())
        await _record(session, services, actor, document, Deed.DOCUMENT_APPROVED, before)
        found = await applications.known_by_applicant(session, document.applicant_id)
    words = desk_texts.NEWS_APPROVED.format(title=_title(services, document))
    await _conclude(update, context, actor, document, found, desk_texts.APPROVED, words)


async def ask_reason(update: Update, context: Context, actor: Actor) -> None:  # noqa: ARG001 - the gate looked
    """Show why a document may be rejected."""
    query, data = tap_of(update)
    which = data.removeprefix(desk_keys.REJECT)
    buttons = [
        (title, f"{desk_keys.REASON}{which}:{place}")
        for place, (title, _) in enumerate(desk_texts.REJECTION_REASONS)
    ]
    others = [(desk_texts.OTHER_REASON, f"{desk_keys.OTHER_REASON}{which}")]
    await query.edit_message_reply_markup(keyboards.grid(buttons, across=2, below=others))


async def reject(update: Update, context: Context, actor: Actor) -> None:
    """Reject a document for the tapped reason."""
    _, data = tap_of(update)
    number, version, place = map(int, data.removeprefix(desk_keys.REASON).split(":"))
    _, reason = desk_texts.REJECTION_REASONS[place]
    await _reject(update, context, actor, number, version, reason)


async def ask_other_reason(update: Update, context: Context, actor: Actor) -> None:
    """Ask for a reason in words."""
    _, data = tap_of(update)
    number, version = map(int, data.removeprefix(desk_keys.OTHER_REASON).split(":"))
    services = context.services
    async with services.database.transaction() as session:
        document = await documents.get(session, number)
        errand = await errands.begin(
            session,
            actor,
            ErrandKind.REJECT,
            f"document:{number}",
            fields={"version": version},
            asks="reason",
            applicant_id=document.applicant_id,
            at=services.now(),
        )
        found = await applications.known_by_applicant(session, document.applicant_id)
    question = desk_texts.REASON_ASKED.format(title=_title(services, document), who=found.shown_name)
    await telling.ask_reply(update, context, actor, errand, question)


async def take_reason(update: Update, context: Context, actor: Actor, errand_id: int, words: str) -> None:
    """Reject a document for the reason that was written.

    Raises:
        WordsMissing: Nothing is written.
        WordsTooLong: It is too long for the checklist.
    """
    reason = staff.check_words(words, LONGEST_REASON)
    async with context.services.database.transaction() as session:
        errand = await errands.get(session, errand_id, actor)
        errands.end(errand, at=context.services.now())
        number, version = int(errand.about.partition(":")[2]), errand.fields["version"]
    await _reject(update, context, actor, number, version, reason)


async def _reject(update: Update, context: Context, actor: Actor, number: int, version: int, reason: str) -> None:
    services = context.services
    async with services.database.transaction() as session:
        before = await _state(session, number)
        document = await documents.reject(
            session, number, version=version, reason=reason, by=actor.name, at=services.now()
        )
        await _record(session, services, actor, document, Deed.DOCUMENT_REJECTED, before, reason)
        found = await applications.known_by_applicant(session, document.applicant_id)
    words = desk_texts.NEWS_REJECTED.format(title=_title(services, document), reason=reason)
    verdict = desk_texts.REJECTED.format(reason=reason)
    await _conclude(update, context, actor, document, found, verdict, words)


async def _conclude(
    update: Update, context: Context, actor: Actor, document: Document, found: Found, verdict: str, words: str
) -> None:
    """Say below the file what became of it, and ask whether to tell; the checklist follows by itself."""
    await _settle(
        update, context, document, found, desk_texts.DOCUMENT_JUDGED.format(verdict=verdict, by=actor.name)
    )
    await telling.ask(update, context, actor, found, about=f"document:{document.id}", words=words)


async def _settle(update: Update, context: Context, document: Document, found: Found, outcome: str) -> None:
    query = update.callback_query
    message = query.message if query else None
    if isinstance(message, Message) and message.caption is not None:
        caption = f"{message.caption_html[:BOUNDS]}\n\n{escape(outcome, quote=False)}"
        keyboard = _next_button(document.applicant_id, document.id, is_all=True)
        await message.edit_caption(caption, parse_mode="HTML", reply_markup=keyboard)
        return
    title = _title(context.services, document)
    text = desk_texts.REVIEWED.format(title=title, who=found.shown_name, verdict=outcome.rstrip("."))
    await say(
        update, context, Bubble(text, keyboard=_next_button(document.applicant_id, document.id, is_all=True))
    )


async def _show_next(
    update: Update,
    context: Context,
    actor: Actor,
    *,
    applicant_id: int | None,
    after: int,
    found: Found | None = None,
) -> None:
    services = context.services
    async with services.database.reading() as session:
        waiting = await documents.to_review(session)
    theirs = [each for each in waiting if applicant_id in (None, each.applicant_id)]
    ids = [each.id for each in theirs]
    start = ids.index(after) + 1 if after in ids else 0
    following = [*theirs[start:], *theirs[: max(start - 1, 0)]]
    if not following:
        none = desk_texts.DOCUMENTS_NONE_OF.format(who=found.shown_name) if found else desk_texts.DOCUMENTS_NONE
        await say(update, context, Bubble(none))
        return
    await _show(update, context, actor, following[0], left=len(following) - 1, is_all=applicant_id is None)


async def _show(
    update: Update, context: Context, actor: Actor, document: Document, *, left: int, is_all: bool
) -> None:
    services, upload = context.services, document.current
    assert upload is not None, "what waits for review has a file"
    if staff.may(actor.role, Permission.REVIEW_DOCUMENTS) and document.state is DocumentState.RECEIVED:
        async with services.database.transaction() as session:
            opened = await documents.start_review(
                session, document.id, version=document.version, by=actor.name, at=services.now()
            )
            await _record(session, services, actor, opened, Deed.DOCUMENT_OPENED, DocumentState.RECEIVED)
    async with services.database.reading() as session:
        found = await applications.known_by_applicant(session, document.applicant_id)
    caption = desk_texts.DOCUMENT_CAPTION.format(
        title=_title(services, document),
        who=found.shown_name,
        version=document.version,
        file=upload.file_name,
        since=bubbles.since(upload.received_at, services.now()),
        sender=desk_texts.DOCUMENT_BY_REFEREE if upload.sender is Role.REFEREE else "",
        left=desk_texts.DOCUMENTS_LEFT.format(count=left) if left else desk_texts.DOCUMENTS_LEFT_NONE,
    )
    asked = update.effective_message
    async with services.downloads:
        sent = await context.bot.send_document(
            chat_of(update),
            await services.store.read(upload.stored_as),
            filename=upload.file_name,
            caption=escape(caption[:BOUNDS], quote=False),
            parse_mode="HTML",
            message_thread_id=asked.message_thread_id if asked and asked.is_topic_message else None,
            reply_markup=_review_buttons(actor, document, is_all=is_all),
        )
    await note_said(update, context, sent)


def _review_buttons(actor: Actor, document: Document, *, is_all: bool) -> InlineKeyboardMarkup:
    which = f"{document.id}:{document.version}"
    verdicts = [
        (desk_texts.APPROVE, f"{desk_keys.APPROVE}{which}"),
        (desk_texts.REJECT, f"{desk_keys.REJECT}{which}"),
    ]
    may_review = staff.may(actor.role, Permission.REVIEW_DOCUMENTS)
    following = _next_button(document.applicant_id, document.id, is_all=is_all).inline_keyboard
    keyboard = keyboards.grid(verdicts if may_review else [], across=2).inline_keyboard
    return InlineKeyboardMarkup([*keyboard, *following])


def _next_button(applicant_id: int, after: int, *, is_all: bool) -> InlineKeyboardMarkup:
    data = f"{desk_keys.DOCUMENTS}{0 if is_all else applicant_id}:{after}"
    return keyboards.rows([(desk_texts.NEXT_DOCUMENT, data)])


def _title(services: Services, document: Document) -> str:
    return services.documents_file.documents[document.kind].title


async def _state(session: Session, number: int) -> DocumentState:
    return (await documents.get(session, number)).state


async def _record(
    session: Session,
    services: Services,
    actor: Actor,
    document: Document,
    deed: Deed,
    before: DocumentState,
    reason: str | None = None,
) -> None:
    after = f"{document.state}: {reason}" if reason else document.state
    await staff.record(
        session,
        actor,
        deed,
        about=f"document:{document.id}",
        applicant_id=document.applicant_id,
        before=before,
        after=after,
        at=services.now(),
    )
