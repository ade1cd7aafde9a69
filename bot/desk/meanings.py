"""A message that the assistant did not surely understand, as staff see it, and what they can say it meant."""

from collections.abc import Mapping, Sequence
from typing import Final

from admissions import answers
from admissions.database import Session
from admissions.understanding import NOT_FOR_US, UnderstoodMessage, Weakness
from bot import keyboards, texts
from bot.bubbles import Bubble
from bot.desk import keys as desk_keys
from bot.desk import texts as desk_texts

LONGEST: Final = 1000
"""Characters of a message that staff are shown."""
FALLBACK: Final = "nlu_fallback"
NEVER_MEANT: Final = frozenset({"several_questions", "out_of_scope"})
"""What is no meaning of its own to choose: it is put together of others, or has its own button."""

Named = tuple[str, str]
"""An intent in plain words, and its name."""


async def of_message(session: Session, message: UnderstoodMessage) -> Bubble:
    """Ask what a message meant; or say what it did, once somebody has told."""
    guessed = [str(intent) for intent, _ in message.guesses]
    names = await _names(session, [*guessed, message.done, *([message.label] if message.label else [])])
    if message.label:
        said = desk_texts.MEANT_LABELLED.format(
            words=_words(message), intent=names.get(message.label, message.label), by=message.labelled_by
        )
        return Bubble(said)
    why = desk_texts.MEANT_WHY[message.weakness or Weakness.UNSURE]
    text = desk_texts.MEANT_CARD.format(words=_words(message), why=why, done=_done(message, names))
    offered = [(names[intent], intent) for intent in guessed if intent in names and intent not in NEVER_MEANT]
    last = [
        (desk_texts.MEANT_OTHER, f"{desk_keys.LABEL_TOPICS}{message.id}"),
        (desk_texts.MEANT_NOT_FOR_US, f"{desk_keys.LABEL}{message.id}:{NOT_FOR_US}"),
    ]
    keyboard = keyboards.beside(_labels(message, offered), last)
    return Bubble(text, desk_texts.MEANT_ASKED, keyboard)


async def of_topics(session: Session, message: UnderstoodMessage) -> Bubble:
    """Ask which topic a message is of."""
    topics = await _topics(session)
    buttons = [(topic, f"{desk_keys.LABEL_TOPIC}{message.id}:{place}") for place, topic in enumerate(topics)]
    text = desk_texts.MEANT_TOPICS.format(words=_words(message))
    return Bubble(text, keyboard=keyboards.rows([*buttons, _back(message)]))


async def of_topic(session: Session, message: UnderstoodMessage, place: int) -> Bubble:
    """Ask which of a topic a message meant."""
    topics = await _topics(session)
    topic = [*topics][place]
    text = desk_texts.MEANT_TOPIC.format(words=_words(message), topic=topic)
    other = (texts.BACK, f"{desk_keys.LABEL_TOPICS}{message.id}")
    return Bubble(text, keyboard=keyboards.rows([*_labels(message, topics[topic]), other]))


async def _topics(session: Session) -> Mapping[str, Sequence[Named]]:
    """Return every intent that can be meant, by topic."""
    questions = {
        topic: [(question.words, question.name) for question in await answers.questions(session, topic)]
        for topic in await answers.topics(session)
    }
    return {
        **questions,
        desk_texts.MEANT_TASKS: [(words, intent) for intent, words in texts.INTENTS.items()],
        desk_texts.MEANT_SMALL_TALK: [(words, intent) for intent, words in desk_texts.SMALL_TALK.items()],
    }


async def _names(session: Session, intents: Sequence[str]) -> Mapping[str, str]:
    return {**texts.INTENTS, **desk_texts.INTENTS, **await answers.words(session, intents)}


def _labels(message: UnderstoodMessage, named: Sequence[Named]) -> list[tuple[str, str]]:
    return [(words, f"{desk_keys.LABEL}{message.id}:{intent}") for words, intent in named]


def _back(message: UnderstoodMessage) -> tuple[str, str]:
    return desk_texts.MEANT_BACK, f"{desk_keys.LABEL_BACK}{message.id}"


def _words(message: UnderstoodMessage) -> str:
    return message.text if len(message.text) <= LONGEST else f"{message.text[:LONGEST]} …"


def _done(message: UnderstoodMessage, names: Mapping[str, str]) -> str:
    if message.done == FALLBACK:
        return desk_texts.MEANT_NOT_DONE
    return desk_texts.MEANT_DONE.format(intent=names.get(message.done, message.done))
