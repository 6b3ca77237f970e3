"""Журнал on paper: rows of cells that tests sort, insert, delete and type into, no server."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import dimensions
from ledger.posting import About, TwoDates, expense
from sheets.check.beside import BesidePlan, plan_beside
from sheets.check.checking import Found, Grid
from sheets.check.journal_check import JournalChecked, check_journal
from sheets.check.journal_words import journal_findings
from sheets.check.taking import Taken
from sheets.model import Value
from sheets.rows import RowImage
from tests.sheets.ledgers import SHAPE, sealed

TITLE = "Журнал"
COLUMN = SHAPE.places
Line = list[Value]


def images(count: int = 6) -> list[RowImage]:
    """Expenses of 100, 200 … roubles with words of their own."""
    operations = [
        expense(
            About(
                f"op-{number}",
                "Вера",
                f"слова {number}",
                dimensions=dimensions({"city": f"Город {number}", "manager": "Анна"}),
            ),
            407,
            Account.parse("desk:main"),
            Money(number * 10000),
            TwoDates(*[date(2026, 2, 1) + timedelta(days=number - 1)] * 2),
        )[0]
        for number in range(1, count + 1)
    ]
    return sealed(operations).rows


@dataclass
class Paper:
    """The rows below the heading; notes by row and column, as physical as the rows."""

    rows: list[Line]
    books: list[RowImage]
    notes: dict[tuple[int, int], dict] = field(default_factory=dict)

    @staticmethod
    def true(count: int = 6) -> "Paper":
        """As the bot wrote it."""
        books = images(count)
        return Paper([list(one.cells) for one in books], books)

    def type_in(self, row: int, code: str, value: Value) -> None:
        """Type into a cell of a row counted as people see it."""
        self.rows[row - 2][COLUMN[code]] = value

    @property
    def grid(self) -> Grid:
        """As it is read back."""
        return {
            (row, column): _found(value)
            for row, line in enumerate(self.rows, 1)
            for column, value in enumerate(line)
            if value not in {None, ""}
        }

    def check(self, upto: int = 10**6) -> JournalChecked:
        """Compare with the books."""
        return check_journal(self.grid, self.books, SHAPE, TITLE, upto)

    def beside(self, kept: dict | None = None) -> BesidePlan:
        """What belongs beside the rows."""
        by_number = {one.number: one for one in self.books}
        return plan_beside(self.notes, kept or {}, self.check().rows, by_number, SHAPE)

    def sentences(self, *edits: tuple) -> list[str]:
        """What the owner reads; `edits` are outcomes of the edits that were offered."""
        checked = self.check()
        taken = Taken(tuple(edits), self.beside())
        found = journal_findings(checked, self.books, SHAPE, TITLE, taken)
        return [one.sentence for one in found]


def _found(value: Value) -> Found:
    if isinstance(value, str) and value.startswith("="):
        return Found(formula=value)
    entered = value if isinstance(value, str) else Decimal(str(value))
    return Found(entered=entered)
