"""Long lists of parameters, cut to what a database takes in one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

__all__ = ["PAGE_ROWS", "pages"]

# SQLite takes 32 766 parameters in a statement, PostgreSQL 32 767.
PAGE_ROWS = 1000
T = TypeVar("T")


def pages(values: Iterable[T], size: int = PAGE_ROWS) -> Iterator[list[T]]:
    """The values in lists of at most `size`, in order."""
    rest = iter(values)
    while page := list(islice(rest, size)):
        yield page
