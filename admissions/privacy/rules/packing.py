"""How files are spread over archives that a messenger takes."""

from collections.abc import Iterable, Sequence
from typing import Final

MOST: Final = 45_000_000
"""Bytes of files in one archive: a bot may send 50 MB, and an archive has its own words too."""


def parts(sizes: Iterable[int], most: int = MOST) -> Sequence[Sequence[int]]:
    """Spread files over archives, in their order.

    Args:
        sizes: Of the files, in bytes.
        most: Of one archive; a larger file has one to itself.

    Returns:
        For each archive the numbers of its files, from 0; one archive at least.
    """
    archives: list[list[int]] = [[]]
    filled = 0
    for number, size in enumerate(sizes):
        if archives[-1] and filled + size > most:
            archives.append([])
            filled = 0
        archives[-1].append(number)
        filled += size
    return archives
