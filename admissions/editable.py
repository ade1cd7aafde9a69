"""Files that people edit: read strictly, with what is wrong named by its place."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Content = TypeVar("Content", bound=BaseModel)


class EditableInvalid(Exception):
    """The file cannot be used; `problems` has one line for each, with its place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read(file: Path, shape: type[Content]) -> Content:
    """Read a YAML file and check it against its shape.

    Raises:
        EditableInvalid: Something in the file cannot be used; each problem names its place.
    """
    try:
        return shape.model_validate(yaml.load(file.read_text("utf-8"), _Loader))  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise EditableInvalid([f"{file}: {error.strerror}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise EditableInvalid([f"{file}: {error}"]) from error
    except ValidationError as error:
        raise EditableInvalid([f"{file.name}: {line}" for line in _lines(error)]) from error


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice, which YAML would let the second win."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[object, object]:
    keys = [key.value for key, _ in node.value]
    for index, (key, _) in enumerate(node.value):
        if key.value in keys[:index]:
            raise yaml.constructor.ConstructorError(
                problem=f"{key.value} is there twice", problem_mark=key.start_mark
            )
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _lines(error: ValidationError) -> Iterator[str]:
    for detail in error.errors():
        message = detail["msg"].removeprefix("Value error, ")
        place = " → ".join(str(part) for part in detail["loc"] if part != "[key]")
        yield from (f"{place}: {line}" if place else line for line in message.splitlines())
