"""The greatest pairing of two rows of things, so that not one is left over that had a partner.

asked  a a b      offered  {a} {a, b} {b}      three pairs, whichever way they are listed
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

__all__ = ["pair_up"]

K = TypeVar("K", bound=Hashable)


def pair_up(asked: Sequence[K], offered: Sequence[frozenset[K]]) -> dict[int, int]:
    """Give each position of `asked` a position of `offered` that holds its key, while there is one.

    Offers of a single key are taken first: they fit nobody else, so most of the work ends there.
    """
    single: dict[K, list[int]] = defaultdict(list)
    several: dict[K, list[int]] = defaultdict(list)
    for position in reversed(range(len(offered))):
        keys = offered[position]
        for key in keys:
            (single if len(keys) == 1 else several)[key].append(position)
    found: dict[int, int] = {}
    rest: list[int] = []
    for position, key in enumerate(asked):
        if single[key]:
            found[position] = single[key].pop()
        elif several[key]:
            rest.append(position)
    return found | _augment(asked, rest, several)


def _augment(
    asked: Sequence[K], rest: Sequence[int], offers: dict[K, list[int]]
) -> dict[int, int]:
    """Kuhn's augmenting paths, without recursion: a path may be as long as the row."""
    holder: dict[int, int] = {}
    for start in rest:
        came_from: dict[int, int] = {}
        waiting = [start]
        end: int | None = None
        while waiting and end is None:
            asker = waiting.pop()
            for offer in offers[asked[asker]]:
                if offer in came_from:
                    continue
                came_from[offer] = asker
                if offer not in holder:
                    end = offer
                    break
                waiting.append(holder[offer])
        if end is not None:
            _shift(end, start, came_from, holder)
    return {asker: offer for offer, asker in holder.items()}


def _shift(end: int, start: int, came_from: dict[int, int], holder: dict[int, int]) -> None:
    """Hand every offer on the path to the asker that reached it."""
    held = {asker: offer for offer, asker in holder.items()}
    offer = end
    while True:
        asker = came_from[offer]
        holder[offer] = asker
        if asker == start:
            return
        offer = held[asker]
