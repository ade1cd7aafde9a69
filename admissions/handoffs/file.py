"""The file of words at which a person takes over; read and checked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from admissions import editable
from admissions.handoffs.errors import WordsInvalid
from admissions.handoffs.rules.words import find_listed

WORDS_FILE = Path(__file__).with_name("words.yml")


class WordList(BaseModel):
    """One list in the file; its fields are explained at the top of `words.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=1, max_length=64)]
    is_crisis: bool = False
    words: Annotated[list[Annotated[str, Field(min_length=2, pattern=r"\w")]], Field(min_length=1)]


class WordsFile(RootModel[Mapping[Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")], WordList]]):
    """The whole file: the lists by their names."""

    def find(self, text: str) -> tuple[str, WordList] | None:
        """Return the list that some words of a text are on, a crisis before all else; None if there is none."""
        by_urgency = sorted(self.root.items(), key=lambda each: not each[1].is_crisis)
        name = find_listed({name: entry.words for name, entry in by_urgency}, text)
        return (name, self.root[name]) if name else None

    def title(self, name: str) -> str:
        """Return what staff read of a list, one too that is not in the file any more."""
        return self.root[name].title if name in self.root else name


def read_words(file: Path = WORDS_FILE) -> WordsFile:
    """Read and check the lists of words.

    Raises:
        WordsInvalid: Something in the file cannot be used; each problem names its line and its field.
    """
    try:
        return editable.read(file, WordsFile)
    except editable.EditableInvalid as invalid:
        raise WordsInvalid(invalid.problems) from invalid
