import pytest

from sandbox.google_sheets.errors import NotModelledError
from sandbox.google_sheets.shifts import Change, Move, Shift, Span


def rows(at: int, count: int) -> Shift:
    return Shift("S", rows=True, at=at, count=count)


def move(start: int, stop: int, to: int) -> Move:
    return Move("S", rows=True, start=start, stop=stop, to=to)


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (rows(4, 1), (1, 10), (1, 11)),
        (rows(1, 1), (1, 10), (2, 11)),
        (rows(10, 1), (1, 10), (1, 10)),
        (rows(2, -3), (1, 10), (1, 7)),
        (rows(0, -10), (1, 10), None),
        (rows(3, 2), (1, None), (1, None)),
        (rows(0, 2), (1, None), (3, None)),
        # The document's example: rows 1 and 2 of 0..4 go before row 4, and 0, 3, 1, 2, 4 is left.
        (move(1, 3, 4), (1, 2), (2, 3)),
        (move(1, 3, 4), (3, 4), (1, 2)),
        (move(1, 3, 4), (4, 5), (4, 5)),
        (move(3, 4, 0), (3, 4), (0, 1)),
        (move(3, 4, 0), (0, 1), (1, 2)),
        # A range keeps its place when lines only change places inside it, or grows and shrinks.
        (move(1, 2, 4), (0, 5), (0, 5)),
        (move(1, 2, 9), (0, 5), (0, 4)),
        (move(8, 9, 2), (0, 5), (0, 6)),
        (move(8, 9, 2), (0, None), (0, None)),
    ],
)
def test_a_span_afterwards(change: Change, before: Span, after: Span | None) -> None:
    assert change.span(*before) == after


def test_what_becomes_of_a_range_that_is_moved_in_part_nobody_knows() -> None:
    with pytest.raises(NotModelledError):
        move(4, 6, 9).span(0, 5)
