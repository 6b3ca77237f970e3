"""Common costs shared out by formulas: `ledger.overheads` to the very kopeck, in doubles.

costs × base does not fit a double, so it is divided as on paper, two decimal digits of the costs
at a time: rest × 100 + digits × base stays below 2^53 for costs up to 10^14 kopecks and a base up to
4·10^13. Left-over kopecks go to the largest rests, ties to the lower id.

    in the helper row   base in all | costs | digits₁ | costs left …  | kopecks left over
    in a row            base        | part  | part₁   | rest₁  …      | rank of the rest
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sheets.formulas import Call, Function, Node, Num, Op, Ref, absolute, call, compared, span
from sheets.model import Cell
from sheets.tabs.inputs import HELPER_ROW
from sheets.tabs.ladder import FIGURES, rounded

__all__ = ["Sharing"]

DIGITS = 7
DIGIT_BASE = 100
_WEIGHT, _PART, _STEPS = 0, 1, 2
_RANK = _STEPS + 2 * DIGITS


@dataclass(frozen=True, slots=True)
class Sharing:
    """The hidden columns from `column` on, for the rows `first` to `last`, «Не указано» the last.

    `base` is the cell with the number of the base, `ids` the column of the rows' ids.
    """

    column: int
    first: int
    last: int
    base: Ref
    ids: int

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return _RANK + 1

    def cells(self, figure: Mapping[str, int], common_row: int) -> dict[tuple[int, int], Cell]:
        """Helpers and rows; `figure` is the column of each figure of the ladder."""
        cells = self._helpers(figure, common_row)
        for row in range(self.first, self.last + 1):
            cells |= self._row(row, figure)
        return {place: Cell(node) for place, node in cells.items()}

    def share(self, row: int) -> Node:
        """A row's part of the common costs in roubles."""
        left, rank = self._helper(_RANK), absolute(row, self.column + _RANK)
        extra = call(Function.IF, Op(">", rank, left), 0, 1)
        return rounded(Op("/", Op("+", absolute(row, self.column + _PART), extra), Num(100)))

    def _helpers(self, figure: Mapping[str, int], common: int) -> dict[tuple[int, int], Node]:
        cell = {code: absolute(common, column) for code, column in figure.items()}
        costs = Op("-", Op("+", cell["revenue"], cell["other_income"]), cell["net_profit"])
        shared = call(Function.MAX, 0, _kopecks(costs))
        nothing = Op("=", self._helper(_WEIGHT), Num(0))
        parts = call(Function.SUM, self._rows(_PART))
        cells: dict[int, Node] = {
            _WEIGHT: call(Function.SUM, self._rows(_WEIGHT)),
            _PART: call(Function.IF, nothing, 0, shared),
            _RANK: Op("-", self._helper(_PART), parts),
        }
        for step in range(DIGITS):
            before = self._helper(_PART if step == 0 else _STEPS + 2 * step - 1)
            unit, digits = Num(_unit(step)), self._helper(_STEPS + 2 * step)
            cells[_STEPS + 2 * step] = _floor(before, unit)
            cells[_STEPS + 2 * step + 1] = Op("-", before, Op("*", digits, unit))
        return {(HELPER_ROW, self.column + place): node for place, node in cells.items()}

    def _row(self, row: int, figure: Mapping[str, int]) -> dict[tuple[int, int], Node]:
        own = [absolute(row, self.column + place) for place in range(_RANK + 1)]
        total = call(Function.MAX, 1, self._helper(_WEIGHT))
        cells: dict[int, Node] = {_WEIGHT: self._weight(row, figure)}
        parts: list[Node] = []
        for step in range(DIGITS):
            place = _STEPS + 2 * step
            brought: Node = Op("*", self._helper(place), own[_WEIGHT])
            if step:
                brought = Op("+", Op("*", own[place - 1], Num(DIGIT_BASE)), brought)
            cells[place] = _floor(brought, total)
            cells[place + 1] = Op("-", brought, Op("*", own[place], total))
            parts.append(Op("*", own[place], Num(_unit(step))))
        cells[_PART] = call(Function.SUM, *parts)
        rests, rest = self._rows(_RANK - 1), own[_RANK - 1]
        ids = span((self.first, self.ids), (self.last, self.ids))
        larger = call(Function.COUNTIFS, rests, compared(">", rest))
        lower = compared("<", absolute(row, self.ids))
        same = call(Function.COUNTIFS, rests, rest, ids, lower)
        cells[_RANK] = Op("+", Op("+", larger, same), Num(1))
        return {(row, self.column + place): node for place, node in cells.items()}

    def _weight(self, row: int, figure: Mapping[str, int]) -> Node:
        """A row's base in kopecks; equal parts for named values with any figure."""
        cell = {code: absolute(row, column) for code, column in figure.items()}
        lines = [call(Function.ABS, cell[one.code]) for one in FIGURES if one.line is not None]
        any_figure = Op(">", call(Function.SUM, *lines), Num(0))
        equal: Node = call(Function.IF, any_figure, 1, 0) if row < self.last else Num(0)
        by_gross = call(Function.MAX, 0, _kopecks(cell["gross_profit"]))
        by_revenue = call(Function.MAX, 0, _kopecks(cell["revenue"]))
        weight: Node = Num(0)
        for number, node in ((3, equal), (2, by_gross), (1, by_revenue)):
            weight = call(Function.IF, Op("=", self.base, Num(number)), node, weight)
        return weight

    def _helper(self, place: int) -> Ref:
        return absolute(HELPER_ROW, self.column + place)

    def _rows(self, place: int) -> Ref:
        column = self.column + place
        return span((self.first, column), (self.last, column))


def _unit(step: int) -> int:
    return int(DIGIT_BASE ** (DIGITS - 1 - step))


def _kopecks(roubles: Node) -> Call:
    return call(Function.ROUND, Op("*", roubles, Num(100)), 0)


def _floor(left: Node, right: Node) -> Node:
    """The whole quotient of whole numbers: rounded, and one less where that is too much."""
    nearest = call(Function.ROUND, Op("/", left, right), 0)
    return Op("-", nearest, call(Function.IF, Op(">", Op("*", nearest, right), left), 1, 0))
