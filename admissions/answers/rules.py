"""What an answer may say, and on what it must rest."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

FOLLOW_UPS_AT_MOST = 3
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
Problem = tuple[str, str]
"""A field of an answer, and what is wrong with it."""


class Fact(NamedTuple):
    """Something HMC says of itself, and the id of the fact it contradicts, if any."""

    text: str
    conflicts_with: str | None = None


class Statement(Protocol):
    """What the rules need to see of an answer."""

    @property
    def text(self) -> str:
        """What the applicant reads."""

    @property
    def facts(self) -> list[str]:
        """The ids of the facts it rests on."""

    @property
    def follow_ups(self) -> list[str]:
        """The names of the answers offered next."""

    @property
    def offers_person(self) -> bool:
        """Whether a person is offered below it."""


def problems(name: str, answer: Statement, names: Iterable[str], facts: Mapping[str, Fact]) -> list[Problem]:
    """Say what is wrong with an answer, by field; nothing when it may be told.

    Args:
        name: The answer's own name.
        answer: What it says.
        names: The names of all answers.
        facts: All that HMC says of itself, by id.
    """
    unknown = [fact for fact in answer.facts if fact not in facts]
    if unknown:
        return [("facts", f"there is no fact {fact}") for fact in unknown]
    rests_on = [facts[fact] for fact in answer.facts]
    return [
        *_unsupported(answer, rests_on),
        *(("follow_ups", f"there is no answer {other}") for other in answer.follow_ups if other not in names),
        *([("follow_ups", "an answer cannot follow itself")] if name in answer.follow_ups else []),
    ]


def _unsupported(answer: Statement, rests_on: list[Fact]) -> list[Problem]:
    known = {number for fact in rests_on for number in NUMBER.findall(fact.text)}
    found = [
        ("text", f"none of its facts has the number {number}")
        for number in NUMBER.findall(answer.text)
        if number not in known
    ]
    if not rests_on and not answer.offers_person:
        found.append(("offers_person", "an answer that rests on no fact must offer a person"))
    if any(fact.conflicts_with for fact in rests_on) and not answer.offers_person:
        found.append(("offers_person", "HMC's sources disagree here, so an advisor has to confirm it"))
    return found
