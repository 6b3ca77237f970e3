"""Choices of which every two options of any two drop-downs stand together at least once."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeVar

__all__ = ["covering"]

Option = TypeVar("Option")
Pair = tuple[int, int, int, int]


def covering(lists: Sequence[Sequence[Option]]) -> Iterator[tuple[Option, ...]]:
    """Rows with one option of each list; all pairs of options are in some row."""
    left = {
        (one, first, two, second)
        for one, two in combinations(range(len(lists)), 2)
        for first in range(len(lists[one]))
        for second in range(len(lists[two]))
    }
    while left:
        one, first, two, second = min(left)
        row = {one: first, two: second}
        for place in sorted(range(len(lists)), key=lambda place: -len(lists[place])):
            if place not in row:
                row[place] = _best(place, len(lists[place]), row, left)
        left -= set(_pairs(row))
        yield tuple(lists[place][row[place]] for place in range(len(lists)))


def _best(place: int, options: int, row: dict[int, int], left: set[Pair]) -> int:
    """The option that makes the most new pairs; among equal ones they take turns."""
    turn = len(left) % options
    order = [*range(turn, options), *range(turn)]
    return max(order, key=lambda option: len(left & set(_pairs({**row, place: option}))))


def _pairs(row: dict[int, int]) -> Iterator[Pair]:
    for one, two in combinations(sorted(row), 2):
        yield one, row[one], two, row[two]
