"""The inline keyboards.

Callback data that begins with a slash is a Rasa payload (an intent); all other is the bot's own.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from admissions.answers import Question
from bot import texts

TOPICS: Final = "topics"
TOPIC: Final = "topic:"
BACK: Final = "topics:back"
HAND_OFF: Final = "/handoff"
SAY: Final = "say:"
SAY_TITLE: Final = "say:@"
STANDING: Final = "standing:"
TOGGLE: Final = "toggle:"
DONE: Final = "done:"
SKIP: Final = "skip:"
EDIT: Final = "edit:"
UNCHANGED: Final = "unchanged:"
SUBMIT: Final = "submit"
WITHDRAW: Final = "withdraw:"
CONFIRM: Final = "confirm:"
DISCARD: Final = "discard"
MUTE: Final = "mute"
NOTIFY: Final = "notify:"
MARK: Final = "✓ "
SORT: Final = "sort:"
KEEP: Final = "keep:"
CHANGE: Final = "change:"
WHICH: Final = "which:"
MERGE: Final = "merge:"
APART: Final = "apart:"
ASK_REFEREE: Final = "referee"
ASK_ACCEPT: Final = "ask_accept:"
ASK_DECLINE: Final = "ask_decline:"
ACCEPT: Final = "accept:"
DECLINE: Final = "decline:"
KEEP_OFFER: Final = "keep_offer:"
CLAIM: Final = "claim"
STOP_CLAIM: Final = "stop_claim"
STATUS: Final = "/check_status"
DOCUMENTS: Final = "/upload_document"
LETTER: Final = "letter:"
PAGE: Final = "page:"
OWN: Final = "own:"
UNHELPFUL: Final = "unhelpful:"
FORGET: Final = "forget"
FORGET_SURE: Final = "forget_sure:"
KEEP_DATA: Final = "keep_data"


def rows(buttons: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Put (title, callback data) pairs one below the other."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(title, callback_data=data)] for title, data in buttons])


def menu() -> InlineKeyboardMarkup:
    """Return what an applicant can do here."""
    return rows(
        [
            (texts.ASK, TOPICS),
            (texts.APPLY, "/apply"),
            (texts.BOOK, "/book_consultation"),
            (texts.STATUS, STATUS),
            (texts.PERSON, HAND_OFF),
        ]
    )


def topics(titles: Sequence[str]) -> InlineKeyboardMarkup:
    """Return the topics of questions."""
    return rows([*((title, TOPIC + title) for title in titles), (texts.PERSON, HAND_OFF)])


def questions(of_topic: Sequence[Question]) -> InlineKeyboardMarkup:
    """Return the questions of a topic, and the way back."""
    return rows([*_asked(of_topic), (texts.BACK, BACK)])


def follow_ups(
    questions: Sequence[Question], *, offers_person: bool, message_id: int | None = None
) -> InlineKeyboardMarkup | None:
    """Return what may be asked next, and the way to say that the answer to a typed message did not help."""
    person = [(texts.PERSON, HAND_OFF)] if offers_person else []
    unhelpful = [(texts.UNHELPFUL, f"{UNHELPFUL}{message_id}")] if message_id else []
    keyboard = beside(_asked(questions), [*person, *unhelpful])
    return keyboard if keyboard.inline_keyboard else None


def beside(buttons: Sequence[tuple[str, str]], last: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Put (title, callback data) pairs one below the other, and the last ones beside each other."""
    below = [[InlineKeyboardButton(title, callback_data=data) for title, data in last]] if last else []
    return InlineKeyboardMarkup([*rows(buttons).inline_keyboard, *below])


def ways_on() -> InlineKeyboardMarkup:
    """Return what is left to somebody whom an answer did not help."""
    return rows([(texts.PERSON, HAND_OFF), (texts.SHOW_QUESTIONS, TOPICS)])


def without(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup:
    """Return a keyboard without one of its buttons."""
    kept = ([button for button in row if button.callback_data != data] for row in keyboard.inline_keyboard)
    return InlineKeyboardMarkup([row for row in kept if row])


def guesses(titles: Iterable[tuple[str, str]], *, offers_person: bool) -> InlineKeyboardMarkup:
    """Return what a message may have meant, from (title, intent) pairs."""
    guessed = ((title, f"/{intent}") for title, intent in titles)
    person = [(texts.PERSON, HAND_OFF)] if offers_person else []
    return rows([*guessed, (texts.SOMETHING_ELSE, "/out_of_scope"), *person])


def notifications(muted: Collection[str]) -> InlineKeyboardMarkup:
    """Return what an applicant may mute, each with whether it is."""
    return rows(
        (
            (texts.NOTIFICATION_OFF if kind in muted else texts.NOTIFICATION_ON).format(name=name),
            f"{NOTIFY}{kind}",
        )
        for kind, name in texts.MUTABLE.items()
    )


def grid(
    buttons: Sequence[tuple[str, str]], *, across: int, below: Sequence[tuple[str, str]] = ()
) -> InlineKeyboardMarkup:
    """Put (title, callback data) pairs in rows of some, and others one below the other after them."""
    made = [InlineKeyboardButton(title, callback_data=data) for title, data in buttons]
    in_rows = [made[start : start + across] for start in range(0, len(made), across)]
    return InlineKeyboardMarkup([*in_rows, *rows(below).inline_keyboard])


def toggles(question: str, choices: Iterable[tuple[str, str]], *, may_skip: bool) -> InlineKeyboardMarkup:
    """Return choices to mark, from (title, value) pairs, and the button that takes them."""
    skip = [(texts.SKIP, f"{SKIP}{question}")] if may_skip else []
    return rows(
        [
            *((title, f"{TOGGLE}{value}") for title, value in choices),
            (texts.DONE, f"{DONE}{question}"),
            *skip,
        ]
    )


def toggled(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup:
    """Return a keyboard with a choice marked last, or without its mark; the marks stay numbered."""
    chosen = marked(keyboard)
    value = data.removeprefix(TOGGLE)
    chosen = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
    return InlineKeyboardMarkup(
        [[_renumbered(button, chosen) for button in row] for row in keyboard.inline_keyboard]
    )


def marked(keyboard: InlineKeyboardMarkup) -> list[str]:
    """Return the values that are marked, in the order they were."""
    buttons = [button for row in keyboard.inline_keyboard for button in row if button.text.startswith(MARK)]
    buttons.sort(key=lambda button: int(button.text.removeprefix(MARK).partition(".")[0]))
    return [str(button.callback_data).removeprefix(TOGGLE) for button in buttons]


def _renumbered(button: InlineKeyboardButton, chosen: Sequence[str]) -> InlineKeyboardButton:
    data = str(button.callback_data)
    if not data.startswith(TOGGLE):
        return button
    value, title = data.removeprefix(TOGGLE), button.text
    if title.startswith(MARK):
        title = title.partition(". ")[2]
    if value in chosen:
        title = f"{MARK}{chosen.index(value) + 1}. {title}"
    return InlineKeyboardButton(title, callback_data=data)


def kinds(upload_id: int, titles: Iterable[tuple[str, str]], *, is_sorted: bool) -> InlineKeyboardMarkup:
    """Return what a file may be, from (title, kind) pairs."""
    last = texts.LEAVE_IT if is_sorted else texts.NONE_OF_THESE
    buttons = [(title, f"{SORT}{upload_id}:{kind}") for title, kind in titles]
    return rows([*buttons, (last, f"{KEEP}{upload_id}")])


def change(upload_id: int, title: str) -> InlineKeyboardMarkup:
    """Return the button with which an applicant says (anew) which document a file is."""
    return rows([(title, f"{CHANGE}{upload_id}")])


def album(upload_id: int) -> InlineKeyboardMarkup:
    """Return what can be done with photos that came together; the upload is the first of them."""
    return rows([(texts.MAKE_ONE_PDF, f"{MERGE}{upload_id}"), (texts.SEPARATE_DOCUMENTS, f"{APART}{upload_id}")])


def whose(upload_id: int, letters: Iterable[tuple[str, str, int]]) -> InlineKeyboardMarkup:
    """Return whose a file may be, from (title, LETTER or PAGE, link) triples; else it is the sender's own."""
    buttons = [(title, f"{what}{upload_id}:{link_id}") for title, what, link_id in letters]
    return rows([*buttons, (texts.FOR_MYSELF, f"{OWN}{upload_id}")])


def checklist(
    unsorted: Iterable[tuple[str, int]], *, may_ask_referee: bool = False
) -> InlineKeyboardMarkup | None:
    """Return a button for each file that is not sorted, from (name, upload) pairs, and one to ask a referee."""
    buttons = [(texts.SAY_WHICH_OF.format(name=name), f"{WHICH}{upload_id}") for name, upload_id in unsorted]
    ask_referee = [(texts.ASK_REFEREE, ASK_REFEREE)] if may_ask_referee else []
    return rows([*buttons, *ask_referee]) if buttons or ask_referee else None


def named_documents(*, may_ask_referee: bool) -> InlineKeyboardMarkup:
    """Return what can be done about documents that were asked about."""
    ask_referee = [(texts.ASK_REFEREE, ASK_REFEREE)] if may_ask_referee else []
    return rows([*ask_referee, (texts.ALL_DOCUMENTS, DOCUMENTS)])


def _asked(questions: Iterable[Question]) -> list[tuple[str, str]]:
    return [(question.words, f"/{question.name}") for question in questions]
