"""What accounts brought from the years before a spreadsheet's first: values in a small block.

    Остатки на 01.01.2027        Касса   120 000,00        beside the places of money in Справочники

The ledger's balances of the evening before; formulas add them to what _движения sum. An operation
of the old year that comes late changes them with the next write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ledger.accounts import Account
from sheets.formulas import Function, Node, Ref, call, span

__all__ = ["NOTHING_CARRIED", "Carried", "CarriedFacts"]


@dataclass(frozen=True, slots=True)
class CarriedFacts:
    """The balances of the cash flow's accounts before a day, minor units; no day, nothing carried."""

    day: date | None = None
    balances: Mapping[Account, int] | None = None

    def of(self, account: Account) -> int:
        """What an account brought."""
        return (self.balances or {}).get(account, 0)


NOTHING_CARRIED = CarriedFacts()


@dataclass(frozen=True, slots=True)
class Carried:
    """Where the block stands: the tab, its first row, how many rows, columns of ids and roubles."""

    title: str
    row: int
    rows: int
    ids: int
    sums: int

    def of(self, account: Node) -> Node:
        """Roubles of the account whose id a cell holds."""
        return call(Function.SUMIFS, self._column(self.sums), self._column(self.ids), account)

    @property
    def total(self) -> Node:
        """Roubles of all accounts."""
        return call(Function.SUM, self._column(self.sums))

    def _column(self, column: int) -> Ref:
        last = self.row + max(self.rows, 1) - 1
        return span((self.row, column), (last, column), self.title)
