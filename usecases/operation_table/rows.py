"""The rows of a table of operations, read cell by cell; every bad cell is named.

kind      income, expense, transfer, refund; Russian words too
dates     2026-01-31 or 31.01.2026; either may be empty, then the operation is not in that basis
amount    as people write it, positive: a refund too
account   where the money is; needed with paid_on. A file without the column means the main desk
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.articles import Activity
from ledger.money import BadAmount, Currency, Money, parse_amount
from ledger.operations import Dimensions, dimensions
from usecases.company import Dimension
from usecases.operation_table.grid import Flaw, Grid, GridRow
from usecases.operation_table.problems import ProblemCode, RowProblem
from usecases.operation_table.words import (
    Column,
    RowKind,
    TypeWord,
    folded,
    read_activity,
    read_column,
    read_kind,
    read_type,
)

__all__ = ["OperationRow", "Table", "read_table"]

CELL_CHARS_MAX = 1000
YEARS = range(1990, 2101)
_NEEDED = (Column.KIND, Column.AMOUNT)
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}}){_TIME}", re.ASCII)
_DOTTED = re.compile(
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_TIME}", re.ASCII
)
_FLAWS = {
    Flaw.FORMULA: ProblemCode.FORMULA_WITHOUT_VALUE,
    Flaw.ERROR: ProblemCode.ERROR_VALUE,
}


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One row as it was read; words are trimmed, empty ones mean not given."""

    number: int
    key: str
    kind: RowKind
    paid_on: date | None
    accrued_on: date | None
    article: str
    article_type: TypeWord | None
    activity: Activity | None
    amount: Money
    account: str
    to_account: str
    dimensions: Dimensions
    deal: str
    counterparty: str
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """The good rows and what is wrong with the others."""

    rows: tuple[OperationRow, ...]
    problems: tuple[RowProblem, ...]


def read_table(grid: Grid, further: Sequence[Dimension], currency: Currency) -> Table:
    """Read the rows under the heading; `further` are all dimensions of the company."""
    heading, *body = grid.rows
    names, problems = _heading(heading, further)
    if not body:
        problems.append(RowProblem(heading.number, "", ProblemCode.NO_ROWS))
    if problems:
        return Table((), tuple(problems))
    codes = [dimension.code for dimension in further]
    rows: list[OperationRow] = []
    for line in body:
        reader = _Reader(line, names, codes, currency)
        row = reader.row()
        if row is not None and not reader.problems:
            rows.append(row)
        problems += reader.problems
    return Table(tuple(rows), tuple(problems))


def _heading(
    heading: GridRow, further: Sequence[Dimension]
) -> tuple[Mapping[int, str], list[RowProblem]]:
    """The column of each position, and what is wrong with the heading."""
    own = {folded(word): one.code for one in further for word in (one.code, one.title)}
    names: dict[int, str] = {}
    problems: list[RowProblem] = []
    for position, text in enumerate(heading.cells):
        name = read_column(text) or own.get(folded(text))
        if not text.strip():
            continue
        if name is None:
            problems.append(RowProblem(heading.number, text, ProblemCode.UNKNOWN_COLUMN))
        elif name in names.values():
            problems.append(RowProblem(heading.number, text, ProblemCode.COLUMN_TWICE, name))
        else:
            names[position] = name
    missing = [name for name in _NEEDED if name not in names.values()]
    if not {Column.PAID_ON, Column.ACCRUED_ON} & set(names.values()):
        missing.append(Column.PAID_ON)
    problems += [
        RowProblem(heading.number, name, ProblemCode.COLUMN_MISSING, name) for name in missing
    ]
    return names, problems


class _Reader:
    """Reads one row; what is wrong is collected, so that a person mends all of it at once."""

    def __init__(
        self, line: GridRow, names: Mapping[int, str], codes: Sequence[str], currency: Currency
    ) -> None:
        self.problems: list[RowProblem] = []
        self._number = line.number
        self._codes = codes
        self._currency = currency
        self._given = set(names.values())
        # A column that the row does not reach is empty; one whose cell is spoilt is absent.
        self._cells = dict.fromkeys(names.values(), "")
        self._read(line, names)

    def row(self) -> OperationRow | None:
        """The row; None when its kind or amount, without which there is none, cannot be read."""
        kind = self._kind()
        amount = self._amount()
        paid_on, accrued_on = self._date(Column.PAID_ON), self._date(Column.ACCRUED_ON)
        article_type = self._type()
        activity = self._activity()
        self._check_dates(kind)
        if kind is None or amount is None:
            return None
        self._check_accounts(kind, paid_on)
        return OperationRow(
            number=self._number,
            key=self._word(Column.KEY),
            kind=kind,
            paid_on=paid_on,
            accrued_on=accrued_on,
            article=self._word(Column.ARTICLE),
            article_type=article_type,
            activity=activity,
            amount=amount,
            account=self._word(Column.ACCOUNT),
            to_account=self._word(Column.TO_ACCOUNT),
            dimensions=dimensions({code: self._word(code) for code in self._codes}),
            deal=self._word(Column.DEAL),
            counterparty=self._word(Column.COUNTERPARTY),
            comment=self._cells.get(Column.COMMENT, ""),
        )

    def _read(self, line: GridRow, names: Mapping[int, str]) -> None:
        for position, text in enumerate(line.cells):
            flaw = line.flaws.get(position)
            name = names.get(position)
            if name is None:
                if text.strip() or flaw:
                    self._bad("", ProblemCode.EXTRA_CELL, text)
            elif flaw is not None:
                self._spoilt(name, _FLAWS[flaw])
            elif any(ord(char) < ord(" ") and char not in "\t\r\n" for char in text):
                self._spoilt(name, ProblemCode.BAD_TEXT)
            elif len(text) > CELL_CHARS_MAX:
                self._spoilt(name, ProblemCode.TOO_LONG, str(CELL_CHARS_MAX))
            else:
                self._cells[name] = text.strip()

    def _spoilt(self, name: str, code: ProblemCode, fact: str = "") -> None:
        self._bad(name, code, fact)
        del self._cells[name]

    def _bad(self, column: str, code: ProblemCode, fact: str = "") -> None:
        self.problems.append(RowProblem(self._number, column, code, fact))

    def _word(self, column: str) -> str:
        return " ".join(self._cells.get(column, "").split())

    def _kind(self) -> RowKind | None:
        text = self._word(Column.KIND)
        kind = read_kind(text)
        if kind is None and Column.KIND in self._cells:
            self._bad(Column.KIND, ProblemCode.BAD_KIND if text else ProblemCode.EMPTY, text)
        return kind

    def _amount(self) -> Money | None:
        text = self._cells.get(Column.AMOUNT)
        if text is None:
            return None
        amount = parse_amount(text, self._currency)
        if isinstance(amount, BadAmount):
            self._bad(Column.AMOUNT, ProblemCode.BAD_AMOUNT, amount.reason.value)
            return None
        return amount

    def _date(self, column: Column) -> date | None:
        text = self._word(column)
        if not text:
            return None
        day = _day(text)
        if day is None:
            self._bad(column, ProblemCode.BAD_DATE, text)
        return day

    def _type(self) -> TypeWord | None:
        text = self._word(Column.ARTICLE_TYPE)
        found = read_type(text) if text else None
        if text and found is None:
            self._bad(Column.ARTICLE_TYPE, ProblemCode.BAD_TYPE, text)
        return found

    def _activity(self) -> Activity | None:
        text = self._word(Column.ACTIVITY)
        found = read_activity(text) if text else None
        if text and found is None:
            self._bad(Column.ACTIVITY, ProblemCode.BAD_ACTIVITY, text)
        return found

    def _check_dates(self, kind: RowKind | None) -> None:
        if kind is RowKind.TRANSFER and not self._cells.get(Column.PAID_ON):
            self._bad(Column.PAID_ON, ProblemCode.EMPTY)
        elif not (self._cells.get(Column.PAID_ON) or self._cells.get(Column.ACCRUED_ON)):
            self._bad(Column.PAID_ON, ProblemCode.NO_DATE)

    def _check_accounts(self, kind: RowKind, paid_on: date | None) -> None:
        account, target = self._word(Column.ACCOUNT), self._word(Column.TO_ACCOUNT)
        if kind is RowKind.TRANSFER:
            if not account:
                self._bad(Column.ACCOUNT, ProblemCode.EMPTY)
            if not target:
                self._bad(Column.TO_ACCOUNT, ProblemCode.EMPTY)
            return
        if paid_on is not None and not account and Column.ACCOUNT in self._given:
            self._bad(Column.ACCOUNT, ProblemCode.EMPTY)
        if target:
            self._bad(Column.TO_ACCOUNT, ProblemCode.NOT_EMPTY)


def _day(text: str) -> date | None:
    found = _ISO.fullmatch(text) or _DOTTED.fullmatch(text)
    if found is None or int(found["year"]) not in YEARS:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
