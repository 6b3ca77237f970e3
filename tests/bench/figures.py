"""A measured pair and how it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What we do, what the alternative does, in one unit; `more` says whether more is better."""

    what: str
    unit: str
    ours: float
    other: float
    other_name: str
    more: bool = False

    @property
    def ratio(self) -> float:
        """How many times better ours is (below 1: worse)."""
        best, worst = (self.ours, self.other) if self.more else (self.other, self.ours)
        return best / worst if worst else float("inf")


def table(figures: Sequence[Figure]) -> str:
    """Lines for a terminal and a log."""
    head = f"{'what':<58} {'ours':>12} {'other':>12} {'ratio':>8}  against"
    lines = [head, "-" * len(head)]
    lines += [
        f"{f'{one.what}, {one.unit}':<58} {one.ours:>12.2f} {one.other:>12.2f} "
        f"{one.ratio:>8.2f}  {one.other_name}"
        for one in figures
    ]
    return "\n".join(lines)
