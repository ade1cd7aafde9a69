"""A question: how its answers are understood, stored and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from admissions.applications.errors import AnswerRequired, AnswerUnclear
from admissions.applications.values import Context, Value

Kind = TypeVar("Kind", bound=Value)


@dataclass(frozen=True)
class Question(Generic[Kind]):
    """One question.

    Attributes:
        name: Its name, which is also that of its slot.
        kind: The type of its values, which stores and loads them.
        read: Understands an answer in words; raises an `AnswerRefused`.
        show: Writes a value in plain words, such as `read` understands.
        check: Checks a value that was not read from words but tapped; raises an `AnswerRefused`.
        may_skip: Whether it can be left without an answer.
    """

    name: str
    kind: TypeAdapter[Kind]
    read: Callable[[str, Context], Kind]
    show: Callable[[Kind], str] = str
    check: Callable[[Kind, Context], None] = lambda _value, _context: None
    may_skip: bool = False

    def accept(self, given: object, context: Context) -> Kind:
        """Turn an answer, in words or as a value, into a checked value.

        Raises:
            AnswerRefused: It cannot be accepted.
        """
        if isinstance(given, str):
            return self.read(given, context)
        value = self._typed(given)
        self.check(value, context)
        return value

    def store(self, value: Kind) -> Any:  # noqa: ANN401 - JSON
        """Turn a value into JSON."""
        return self.kind.dump_python(value, mode="json")

    def load(self, stored: object) -> Kind:
        """Turn JSON back into a value."""
        return self.kind.validate_python(stored)

    def _typed(self, given: object) -> Kind:
        if given is None:
            raise AnswerRequired
        try:
            return self.kind.validate_python(given)
        except ValidationError:
            raise AnswerUnclear from None
