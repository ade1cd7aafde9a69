"""Import-only stand-ins for libraries that Rasa imports whatever config.yml, credentials.yml and endpoints.yml say.

Rasa's recipe lists DIET, TED and the response selector, its channels and tracker stores come all at once, and their
modules name classes of TensorFlow, aiogram, boto3 and others as base classes, annotations and decorators. The packages
beside this one let those modules be imported, 800 MB and some seconds cheaper; nothing of them computes. Whoever uses a
class of them is told so.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any


class Placeholder(type):
    """The metaclass of every stand-in class: reading an attribute is fine, calling anything is not."""

    def __getattr__(cls, name: str) -> type:
        return placeholder(f"{cls.__module__}.{cls.__name__}", name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # `@tf.function` and its like decorate at import; a subclass or a value is a use.
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        message = f"{cls.stands_in_for} is a stand-in: this environment does without that library, see nlu/stubs/."
        raise NotImplementedError(message)


def placeholder(module: str, name: str) -> type:
    """Make the stand-in of one attribute of one module.

    Args:
        module: The module's full name.
        name: The attribute's name.

    Returns:
        A class that can be imported, subclassed, annotated with and named in an `except`, but not instantiated.

    Raises:
        AttributeError: The name is one of Python's own, such as `__path__`.
    """
    if name.startswith("__"):
        raise AttributeError(name)
    # Python asks for an exception only when something else was raised, and would hide that behind a TypeError.
    is_error = module.endswith((".errors", ".exceptions"))
    namespace = {"__module__": module, "stands_in_for": f"{module}.{name}"}
    return Placeholder(name, (Exception,) if is_error else (), namespace)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers for every module below a stand-in."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.startswith(f"{self.package}."):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def exec_module(self, module: ModuleType) -> None:
        give_placeholders(module)


def give_placeholders(module: ModuleType) -> None:
    """Let a module have every attribute that it is asked for."""
    module.__getattr__ = lambda name: placeholder(module.__name__, name)  # type: ignore[method-assign]


def stand_in(package: str) -> None:
    """Make a package a stand-in, with whatever modules and attributes it is asked for.

    Args:
        package: The package's full name, being imported.
    """
    give_placeholders(sys.modules[package])
    sys.meta_path.append(_Finder(package))
