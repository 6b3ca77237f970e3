"""What happens to places on a sheet when its rows or columns come, go or move.

A span is half-open; `None` is an open end, as in `B2:B`. `span()` answers where it is afterwards,
or None when nothing of it is left.

    Shift("S", rows=True, at=4, count=1).span(1, 10)    (1, 11)   a row came inside
    Shift("S", rows=True, at=1, count=-3).span(1, 4)    None      all of them went
    Move("S", rows=True, start=1, stop=3, to=4).span(1, 2)    (2, 3)
"""

from dataclasses import dataclass

from sandbox.google_sheets.errors import NotModelledError

__all__ = ["Change", "Move", "Shift", "Span"]

Span = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows or columns put in (`count` above zero) or taken out at `at` on a sheet."""

    title: str
    rows: bool
    at: int
    count: int

    def span(self, start: int | None, stop: int | None) -> Span | None:
        """The span afterwards: lines put in strictly inside make it longer."""
        first, after = self._edge(start, is_start=True), self._edge(stop, is_start=False)
        if first is not None and after is not None and first >= after:
            return None
        return first, after

    def _edge(self, edge: int | None, *, is_start: bool) -> int | None:
        if edge is None:
            return None
        if self.count > 0:
            moves = edge >= self.at if is_start else edge > self.at
            return edge + self.count if moves else edge
        return edge if edge <= self.at else max(self.at, edge + self.count)


@dataclass(frozen=True, slots=True)
class Move:
    """The lines `start` to `stop` moved before the line that was at `to`."""

    title: str
    rows: bool
    start: int
    stop: int
    to: int

    def span(self, start: int | None, stop: int | None) -> Span | None:
        """The span afterwards: it follows its lines; lines moved within it change nothing.

        Raises `NotModelledError` when the moved lines are only a part of the span's edge.
        """
        first, after = start or 0, self._far if stop is None else stop
        if self.start <= first and after <= self.stop:
            step = self._landing - self.start
            return first + step, after + step
        covered = first <= self.start and self.stop <= after
        if covered and first <= self.to <= after:
            return start, stop
        if not covered and first < self.stop and self.start < after:
            raise NotModelledError("moveDimension of a part of a range and more")
        left = Shift(self.title, self.rows, self.start, self.start - self.stop).span(start, stop)
        assert left is not None
        size = self.stop - self.start
        return Shift(self.title, self.rows, self._landing, size).span(*left)

    @property
    def _landing(self) -> int:
        """Where the lines begin afterwards."""
        return self.to - (self.stop - self.start) if self.to > self.start else self.to

    @property
    def _far(self) -> int:
        return max(self.stop, self.to) + 1


Change = Shift | Move
