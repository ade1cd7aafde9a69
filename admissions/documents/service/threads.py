"""Threads for looking into files."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")

AT_ONCE = 2
"""A picture may take half a gigabyte of memory while it is decoded; so many files are looked into at once."""


async def checking(look: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """Run a decision over files aside, so that neither the event loop nor the store waits for it."""
    return await asyncio.wrap_future(_threads().submit(look, *args, **kwargs))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, "documents")
