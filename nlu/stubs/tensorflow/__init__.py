"""Import-only stand-in for TensorFlow.

Rasa imports TensorFlow at start whatever config.yml says: its recipe lists DIET, TED and the response selector, and
their modules name TensorFlow's classes as base classes, annotations and decorators. This package lets those modules
be imported, 700 MB and some seconds cheaper; nothing of it computes. Whoever uses a class of it is told so.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

__version__ = "2.12.0"


class Placeholder(type):
    """The metaclass of every stand-in class: reading an attribute is fine, calling anything is not."""

    def __getattr__(cls, name: str) -> type:
        return placeholder(f"{cls.__module__}.{cls.__name__}", name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # `@tf.function` and its like decorate at import; a subclass or a value is a use.
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        message = f"{cls.__module__}.{cls.__name__} is a stand-in: this environment has no TensorFlow."
        raise NotImplementedError(message)


def placeholder(module: str, name: str) -> type:
    """Make the stand-in of one attribute of one module.

    Args:
        module: The module's full name.
        name: The attribute's name.

    Returns:
        A class that can be imported, subclassed and annotated with, but not instantiated.

    Raises:
        AttributeError: The name is one of Python's own, such as `__path__`.
    """
    if name.startswith("__"):
        raise AttributeError(name)
    return Placeholder(name, (), {"__module__": module})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers for every module below `tensorflow` and `keras`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.startswith(("tensorflow.", "tensorflow_hub.", "keras.")):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def exec_module(self, module: ModuleType) -> None:
        module.__getattr__ = lambda name: placeholder(module.__name__, name)  # type: ignore[method-assign]


sys.meta_path.append(_Finder())


def __getattr__(name: str) -> type:
    return placeholder(__name__, name)
