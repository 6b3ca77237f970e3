"""The profit of operations as anybody would add it up: plain sums, shares and differences.

Nothing of the product's own reports is used: what counts in which basis, which row an amount stands
in and how common costs are shared is written here once more from the documents.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ledger.articles import Article, PnlLine
from ledger.months import Month
from ledger.operations import Operation
from ledger.overheads import Overheads
from store.reports import Basis

__all__ = ["COMMON", "UNSPECIFIED", "Line", "OwnSums", "ladder", "shared"]

UNSPECIFIED, COMMON = "Не указано", "Общие"
LINES = tuple(line.value for line in PnlLine)
GAINS = {"revenue", "other_income"}
Line = dict[str, int]
Places = tuple[str, ...]


class OwnSums:
    """Kopecks by month, rows of all dimensions and line; gains and costs both positive."""

    def __init__(
        self,
        operations: Iterable[Operation],
        articles: Mapping[int, Article],
        codes: Sequence[str],
    ) -> None:
        self._sums: dict[Basis, Counter[tuple[Month, Places, str]]] = {
            basis: Counter() for basis in Basis
        }
        for one in operations:
            line = articles[one.article].line
            if line is None:
                continue
            sides = (
                (Basis.CASH, one.paid_on, one.cash_effect),
                (Basis.ACCRUAL, one.accrued_on, one.accrual_effect),
            )
            for basis, day, effect in sides:
                if day is not None:
                    places = tuple(_place(one, line, code) for code in codes)
                    sign = 1 if line.value in GAINS else -1
                    self._sums[basis][Month.of(day), places, line.value] += sign * effect

    @property
    def months(self) -> list[Month]:
        """The months in which anything happened."""
        return sorted({month for sums in self._sums.values() for month, _, _ in sums})

    def by_row(
        self, basis: Basis, only: Sequence[str | None], dimension: int | None
    ) -> dict[str, dict[Month, Counter[str]]]:
        """What passes the filters, by row of a dimension (or all in one) and by month."""
        rows: dict[str, dict[Month, Counter[str]]] = {}
        for (month, places, line), minor in self._sums[basis].items():
            if all(one in {None, place} for one, place in zip(only, places, strict=True)):
                row = places[dimension] if dimension is not None else ""
                rows.setdefault(row, {}).setdefault(month, Counter())[line] += minor
        return rows


def _place(operation: Operation, line: PnlLine, code: str) -> str:
    value = dict(operation.dimensions).get(code)
    if value:
        return value
    return UNSPECIFIED if operation.deal or line is PnlLine.REVENUE else COMMON


def ladder(months: Mapping[Month, Counter[str]], first: Month, last: Month) -> Line:
    """The thirteen figures of some months."""
    sums: Counter[str] = Counter()
    for month, lines in months.items():
        if first <= month <= last:
            sums.update(lines)
    gross = sums["revenue"] - sums["production"]
    ebitda = gross - sums["selling"] - sums["administrative"] - sums["bank_fees"]
    net = ebitda + sums["other_income"] - sums["other_expense"] - sums["before_net_profit"]
    return {
        **{line: sums[line] for line in LINES},
        "gross_profit": gross,
        "ebitda": ebitda,
        "net_profit": net,
        "retained": net - sums["after_net_profit"],
    }


def shared(rows: Mapping[str, Line], common: Line, base: Overheads | None) -> dict[str, int]:
    """Each row's share of the common costs; `rows` in the order in which a kopeck goes first."""
    costs = max(common["revenue"] + common["other_income"] - common["net_profit"], 0)
    weights = {name: _weight(name, line, base) for name, line in rows.items()}
    whole = sum(weights.values())
    if base is None or not whole:
        return dict.fromkeys(rows, 0)
    parts = {name: costs * weight // whole for name, weight in weights.items()}
    left = costs - sum(parts.values())
    for name in sorted(weights, key=lambda name: -(costs * weights[name] % whole))[:left]:
        parts[name] += 1
    return parts


def _weight(name: str, line: Line, base: Overheads | None) -> int:
    if base is Overheads.EQUAL:
        return int(name != UNSPECIFIED and any(line[one] for one in LINES))
    return max(line["revenue" if base is Overheads.REVENUE else "gross_profit"], 0)
