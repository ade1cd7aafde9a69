"""Files that people edit: read strictly, with what is wrong named by its line and its field."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Content = TypeVar("Content", bound=BaseModel)
Place = tuple[str | int, ...]
"""The names of the fields from the top of the file on, and the numbers in its lists."""


class EditableInvalid(Exception):
    """The file cannot be used; `problems` has one line for each, with its place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Misfits(ValueError):
    """What a shape's own check finds in fields that each are right: the places, seen from the shape, and why."""

    def __init__(self, problems: Sequence[tuple[Place, str]]) -> None:
        super().__init__("\n".join(message for _, message in problems))
        self.problems = problems


def read(file: Path, shape: type[Content]) -> Content:
    """Read a YAML file and check it against its shape.

    Raises:
        EditableInvalid: Something in the file cannot be used; each problem names its line and its field.
    """
    node = None
    try:
        loader = _Loader(file.read_text("utf-8"))
        node = loader.get_single_node()
        return shape.model_validate(loader.construct_document(node) if node else None)
    except OSError as error:
        raise EditableInvalid([f"{file}: {error.strerror}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise EditableInvalid([f"{file}: {error}"]) from error
    except ValidationError as error:
        problems = [problem for detail in error.errors() for problem in _problems(detail)]
        raise EditableInvalid([f"{file.name}: {_told(place, why, node)}" for place, why in problems]) from error


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice, which YAML would let the second win, and leaves dates as text.

    A day that no calendar has is then the shape's to find, which knows its field.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML has it
        first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[object, object]:
    keys = [key.value for key, _ in node.value]
    for index, (key, _) in enumerate(node.value):
        if key.value in keys[:index]:
            raise yaml.constructor.ConstructorError(
                problem=f"{key.value} is there twice", problem_mark=key.start_mark
            )
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _problems(detail: ErrorDetails) -> Iterator[tuple[Place, str]]:
    place = tuple(part for part in detail["loc"] if part != "[key]")
    misfits = detail.get("ctx", {}).get("error")
    if isinstance(misfits, Misfits):
        yield from (((*place, *inner), message) for inner, message in misfits.problems)
    else:
        yield place, detail["msg"].removeprefix("Value error, ")


def _told(place: Place, why: str, node: yaml.Node | None) -> str:
    shown = " \u2192 ".join(str(part) for part in place)
    return f"{shown}: {why} (line {_line(place, node)})" if shown else f"{why} (line {_line(place, node)})"


def _line(place: Place, node: yaml.Node | None) -> int:
    """Return the line of a field; of the one it is missing in, if it is not there."""
    line = node.start_mark.line if node else 0
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = (node.value[part], node.value[part])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line, found[1]
    return line + 1
