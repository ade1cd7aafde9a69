"""Understands a message that asks several questions, and one that greets before it asks.

`QuestionSplitter` stands first in the pipeline and lets every question of a message go through it beside the
whole; `QuestionJoiner` stands last and decides which of them count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from nlu.components.untrained import Untrained
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME, INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

SEVERAL = "several_questions"
"""The intent of a message with more than one question, and where such a message keeps them."""
QUESTION = "faq_"
"""What the names of questions begin with."""
MOST_PARTS = 6
"""A message of more sentences than this tells a story; it is understood as a whole only."""
SHOWN = frozenset({"check_status", "upload_document", "handoff"})
"""What counts as a question too, and is not answered in words alone."""
INSTEAD = {"apply": "faq_apply_process", "book_consultation": "faq_consultation"}
"""What is told of a doing that somebody asks for among other questions; nothing is begun by that."""
SMALL_TALK = frozenset({"greet", "thanks", "affirm", "deny", "goodbye", "help", "frustrated", "bot_identity"})
"""What gives way to a question that stands beside it."""

ASKS = (
    "what|whats|which|wich|who|where|when|why|how|do|does|did|is|are"
    "|can|could|will|would|should|may|must|have|has|any"
)
BETWEEN = re.compile(
    r"(?<=[?!.;])(?<!\b\d\.)\s+|\n+"
    rf"|[,;]?\s+(?:and|also|plus|but|then)\s+(?:also\s+|then\s+)?(?=(?:{ASKS})\b)|[,;]\s*(?=(?:{ASKS})\b)",
    re.IGNORECASE,
)
"""Where one question ends and the next may begin; the number of a list, "2.", ends none."""
JOINING = "and|also|plus|but|then|so|hi|hello|hey|please|pls|plz|sir|ok|okay"
BEFORE_QUESTION = re.compile(rf"^(?:(?:{JOINING})\b|,|\s)+", re.IGNORECASE)
IS_QUESTION = re.compile(rf"^(?:{ASKS})\b", re.IGNORECASE)
LISTED = "listed"
"""Marks the parts of a message that only lists topics."""
IN_LIST = re.compile(r"\s*(?:[,;/&+\n]|\band\b|\bor\b|(?:^|\s)\d{1,2}[.)](?=\s|$))+\s*", re.IGNORECASE)
LONGEST_FIRST, LONGEST_TOPIC = 5, 2
"""How many words a topic in a list has, the first with those that introduce it: "tell me about visa, housing"."""
CONFIDENT = 0.46
"""How sure each of several questions must be understood; else the whole stands for itself."""


def parts_of(text: str) -> list[str]:
    """Splits a message where one question ends and another may begin.

    Returns:
        The parts in their order, without the words that only join them; the text alone if it is one part.
    """
    found = [BEFORE_QUESTION.sub("", part).strip() for part in BETWEEN.split(text)]
    parts = [part for part in found if re.search(r"\w", part)]
    return parts if 1 < len(parts) <= MOST_PARTS else [text]


def topics_of(text: str) -> list[str]:
    """Splits a message that lists topics: "tell me about visa, housing and cost".

    Returns:
        The topics, the first with the words before it but a greeting; none if the message is no such list.
    """
    topics = [part for part in IN_LIST.split(BEFORE_QUESTION.sub("", text)) if re.search(r"\w", part)]
    lengths = [len(topic.split()) for topic in topics]
    is_list = 1 < len(topics) <= MOST_PARTS and lengths[0] <= LONGEST_FIRST and max(lengths[1:]) <= LONGEST_TOPIC
    return topics if is_list else []


def asks(part: str) -> bool:
    """Tells whether a part of a message is put as a question."""
    return part.rstrip().endswith("?") or IS_QUESTION.match(part) is not None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class QuestionSplitter(Untrained):
    """Puts each question of a message behind it, as a message of its own."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the questions of each message that has more than one part."""
        split: list[Message] = []
        for message in messages:
            text = message.get(TEXT) or ""
            split += [message, *([] if text.startswith(INTENT_MESSAGE_PREFIX) else _parts(text))]
        return split

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are: each has one intent."""
        return training_data


def _parts(text: str) -> list[Message]:
    parts = parts_of(text)
    if len(parts) > 1:
        return [Message.build(part) for part in parts if asks(part)]
    listed = [Message.build(topic) for topic in topics_of(text)]
    for part in listed:
        part.set(LISTED, True)
    return listed


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionJoiner(Untrained, IntentClassifier):
    """Decides what a message with parts is understood as, and takes the parts away again.

    Two or more different questions make it `several_questions`, with the questions in their order; an answer to
    each can follow. One question beside a greeting, or in a whole that was not understood, is what it is about.
    A list of topics counts only where every one of them is understood.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Judges the whole, which comes first, by its parts."""
        whole, *parts = messages
        different: dict[str, Message] = {}
        for part in parts:
            if _is_understood_question(part):
                different.setdefault(_answer_of(part), part)
        questions = list(different.values())
        if is_list(parts) and not all(_is_understood_question(part) for part in parts):
            return [whole]
        if len(questions) > 1:
            _set_several(whole, questions)
        elif questions and _gives_way(whole):
            for key in (INTENT, INTENT_RANKING_KEY):
                whole.set(key, questions[0].get(key), add_to_output=True)
        return [whole]


def _is_understood_question(part: Message) -> bool:
    guess = part.get(INTENT)
    is_one = guess[INTENT_NAME_KEY] in SHOWN or _answer_of(part).startswith(QUESTION)
    return guess[PREDICTED_CONFIDENCE_KEY] >= CONFIDENT and is_one


def is_list(parts: Sequence[Message]) -> bool:
    """Tells whether none of a message's parts is a question: it lists topics, or has no parts."""
    return all(part.get(LISTED) for part in parts)


def _answer_of(part: Message) -> str:
    name: str = part.get(INTENT)[INTENT_NAME_KEY]
    return INSTEAD.get(name, name)


def _gives_way(whole: Message) -> bool:
    return whole.get(INTENT)[INTENT_NAME_KEY] in {*SMALL_TALK, DEFAULT_NLU_FALLBACK_INTENT_NAME}


def _set_several(whole: Message, questions: Sequence[Message]) -> None:
    confidence = min(part.get(INTENT)[PREDICTED_CONFIDENCE_KEY] for part in questions)
    several = {INTENT_NAME_KEY: SEVERAL, PREDICTED_CONFIDENCE_KEY: confidence}
    whole.set(SEVERAL, [_described(part) for part in questions], add_to_output=True)
    whole.set(INTENT, several, add_to_output=True)
    whole.set(INTENT_RANKING_KEY, [several, *(whole.get(INTENT_RANKING_KEY) or [])], add_to_output=True)


def _described(part: Message) -> dict[str, Any]:
    named: dict[str, list[Any]] = defaultdict(list)
    for entity in part.get(ENTITIES) or []:
        named[entity[ENTITY_ATTRIBUTE_TYPE]].append(entity[ENTITY_ATTRIBUTE_VALUE])
    return {"answer": _answer_of(part), "specialties": named["specialty"], "documents": named["document"]}
