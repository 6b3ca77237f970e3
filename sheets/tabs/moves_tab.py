"""Hidden _движения: one row for one entry of an operation, at row = heading + the entry's number.

An operation may move several accounts, so the cash flow cannot be summed over Журнал. The rows hold
numbers only: the month of payment, a section, the article's id, the two accounts' ids (0 for an
account outside of the cash flow) and roubles. A reversal takes back what it reverses: its sides are
swapped and its sum is negative (`store.reports.Reports.movements` does the same).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.accounts import AccountKind
from ledger.articles import Article
from ledger.chain import Sealed
from ledger.months import Month
from ledger.operations import Entry, OperationKind
from sheets.formulas import Function, Node, Op, Ref, call, compared, span
from sheets.model import Area, Cell, Guard, Pattern, Style, Styled, Tab, Value
from sheets.serials import roubles
from sheets.tabs.carried import Carried
from sheets.tabs.inputs import month_serial
from sheets.tabs.palette import HEADING, TITLES
from sheets.tabs.sections import SECTIONS, Section, account_id, section_of
from store.scopes import EVERYTHING, Scope

__all__ = [
    "MOVES_HEADING_ROWS",
    "MOVES_SHEET_ID",
    "MOVES_SIGNATURE",
    "SECTIONS",
    "MoveImage",
    "Moves",
    "Section",
    "account_id",
    "move_images",
    "moves_tab",
]

MOVES_SHEET_ID = 733_006
MOVES_HEADING_ROWS = 1
_CODES = ("number", "month", "section", "article", "debit", "credit", "amount")
_TITLES = ("№", "Месяц оплаты", "Раздел", "Статья", "Пришло на", "Ушло с", "Сумма, ₽")
MOVES_SIGNATURE = ",".join(_CODES)


@dataclass(frozen=True, slots=True)
class MoveImage:
    """One row; `place` counts the entries of all operations that the tab holds from one."""

    place: int
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """SUMIFS over the rows, or over rows of the same columns elsewhere, from `column` on."""

    capacity: int
    title: str
    carried: Carried | None = None
    column: int = 0

    def of(self, code: str) -> Ref:
        """A column of the rows."""
        place = self.column + _CODES.index(code)
        last = MOVES_HEADING_ROWS + self.capacity - 1
        return span((MOVES_HEADING_ROWS, place), (last, place), self.title)

    def total(self, *criteria: tuple[str, Node]) -> Node:
        """Roubles of the rows that meet criteria, each a column's code and what it must be."""
        flat = [part for code, wanted in criteria for part in (self.of(code), wanted)]
        return call(Function.SUMIFS, self.of("amount"), *flat)

    def with_carried(self, account: Node, node: Node) -> Node:
        """A balance of the rows with what the account brought from the years before them."""
        return node if self.carried is None else Op("+", node, self.carried.of(account))

    def with_all_carried(self, node: Node) -> Node:
        """The balance of all accounts with what they brought from the years before."""
        return node if self.carried is None else Op("+", node, self.carried.total)

    @staticmethod
    def months(first: Node, last: Node) -> tuple[tuple[str, Node], tuple[str, Node]]:
        """The criteria of a period."""
        return ("month", compared(">=", first)), ("month", compared("<=", last))


def move_images(
    sealed: Sealed, before: int, articles: Mapping[int, Article], scope: Scope = EVERYTHING
) -> list[MoveImage]:
    """The rows of an operation; `before` entries belong to the operations before it.

    What was paid in a year of another spreadsheet moves nothing here: its rows are numbers alone.
    """
    operation = sealed.operation
    article = articles[operation.article]
    paid = operation.paid_on
    month = month_serial(Month.of(paid)) if paid is not None and scope.counts(paid) else None
    images = []
    for place, entry in enumerate(operation.entries, before + 1):
        cells: list[Value] = [sealed.number, *[None] * (len(_CODES) - 1)]
        if month is not None and (entry.debit.is_cash_flow or entry.credit.is_cash_flow):
            back = operation.kind is OperationKind.REVERSAL
            cells = [sealed.number, month, *_sides(entry, article, back=back)]
        images.append(MoveImage(place, tuple(cells)))
    return images


def moves_tab(capacity: int, title: str) -> Tab:
    """The empty tab; its rows are the writer's."""
    width = len(_CODES)
    money = Styled(Area(MOVES_HEADING_ROWS, width - 1, None, 1), Style(pattern=Pattern.SUM))
    return Tab(
        key="moves",
        id=MOVES_SHEET_ID,
        title=title,
        rows=MOVES_HEADING_ROWS + capacity,
        columns=width,
        cells={(0, place): Cell(heading) for place, heading in enumerate(_TITLES)},
        guard=Guard("Копейка: движения денег ведёт бот", warning=False),
        widths=(70, 90, 70, 70, 150, 150, 120),
        styles=(
            Styled(Area(0, 0, 1, width), HEADING),
            Styled(Area(MOVES_HEADING_ROWS, 0, None, width - 1), Style(pattern=Pattern.WHOLE)),
            money,
        ),
        frozen_rows=MOVES_HEADING_ROWS,
        hidden=True,
        colour=TITLES["service"],
    )


def _sides(entry: Entry, article: Article, *, back: bool) -> list[Value]:
    debit, credit, minor = entry.debit, entry.credit, entry.amount.minor
    if back:
        debit, credit, minor = credit, debit, -minor
    opening = AccountKind.OPENING in {debit.kind, credit.kind}
    section = section_of(
        article, inside=debit.is_cash_flow and credit.is_cash_flow, opening=opening
    )
    ids = [account_id(one) if one.is_cash_flow else 0 for one in (debit, credit)]
    return [section, article.id, *ids, roubles(minor)]
