"""Hidden Свод: what Журнал and _движения add up to, for reports that would be slow over them.

    month by payment | month by accrual | line | effect by payment | by accrual | id … | operations
    and on the right:  entries | month | section | article | came to | went from | roubles

The columns are called like those that they add up, so the same SUMIFS run over either. A row of
effects belongs to one basis, the cells of the other one are empty. A few thousand rows stand for any
number of operations: the more values the dimensions have, the more rows (facts: sheets 3.2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets.books_rows import BookRows
from sheets.formulas import Ref, span
from sheets.model import Area, Cell, Guard, Pattern, Style, Styled, Tab, Value
from sheets.monthly import MonthlyRow
from sheets.rows import RowImage
from sheets.tabs.journal_tab import Column, JournalShape
from sheets.tabs.palette import HEADING, TITLES
from usecases.company import Dimension

__all__ = ["MONTHLY_HEADING_ROWS", "MONTHLY_SHEET_ID", "MonthlyShape", "monthly_tab", "touched"]

MONTHLY_SHEET_ID = 733_014
MONTHLY_HEADING_ROWS = 1
_BEFORE = (
    Column("cash_month", "Месяц оплаты", 110, Pattern.MONTH),
    Column("accrual_month", "Месяц начисления", 110, Pattern.MONTH),
    Column("line", "Строка ОПиУ", 100, Pattern.WHOLE),
    Column("cash_effect", "Вклад по оплате", 140, Pattern.SUM),
    Column("accrual_effect", "Вклад по начислению", 140, Pattern.SUM),
)
_AFTER = (Column("operations", "Операций", 90, Pattern.WHOLE),)
# In the order of the columns of _движения.
_MOVES = (
    Column("move:entries", "Проводок", 90, Pattern.WHOLE),
    Column("move:month", "Месяц оплаты", 110, Pattern.MONTH),
    Column("move:section", "Раздел", 80, Pattern.WHOLE),
    Column("move:article", "Статья", 80, Pattern.WHOLE),
    Column("move:debit", "Пришло на", 150, Pattern.WHOLE),
    Column("move:credit", "Ушло с", 150, Pattern.WHOLE),
    Column("move:amount", "Сумма, ₽", 140, Pattern.SUM),
)


@dataclass(frozen=True, slots=True)
class MonthlyShape:
    """The columns for a set of dimensions, and where each one stands."""

    dimensions: tuple[Dimension, ...]
    columns: tuple[Column, ...] = field(init=False)
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        ids = (
            Column(f"id:{one.code}", f"{one.title}: номер", 130, Pattern.WHOLE)
            for one in self.dimensions
        )
        columns = (*_BEFORE, *ids, *_AFTER, *_MOVES)
        object.__setattr__(self, "columns", columns)
        places = {column.code: place for place, column in enumerate(columns)}
        object.__setattr__(self, "places", places)

    @property
    def signature(self) -> str:
        """Changes when rows written before must be written again in other columns."""
        return ",".join(column.code for column in self.columns)

    @property
    def moves(self) -> int:
        """The first of the columns that are like those of _движения."""
        return self.places["move:entries"]

    def column(self, code: str, capacity: int, title: str) -> Ref:
        """The cells of a column for all rows that fit, as formulas on other tabs see them."""
        place = self.places[code]
        last = MONTHLY_HEADING_ROWS + capacity - 1
        return span((MONTHLY_HEADING_ROWS, place), (last, place), title)


def monthly_tab(
    shape: MonthlyShape, rows: tuple[MonthlyRow, ...], capacity: int, title: str
) -> Tab:
    """The tab with its rows, which the writer brings up to date one by one."""
    width = len(shape.columns)
    formats = (
        Styled(Area(MONTHLY_HEADING_ROWS, place, None, 1), Style(pattern=column.pattern))
        for place, column in enumerate(shape.columns)
    )
    return Tab(
        key="monthly",
        id=MONTHLY_SHEET_ID,
        title=title,
        rows=MONTHLY_HEADING_ROWS + capacity,
        columns=width,
        cells={(0, place): Cell(column.title) for place, column in enumerate(shape.columns)},
        body=rows,
        guard=Guard("Копейка: свод ведёт бот", warning=False),
        widths=tuple(column.width for column in shape.columns),
        styles=(Styled(Area(0, 0, 1, width), HEADING), *formats),
        frozen_rows=MONTHLY_HEADING_ROWS,
        hidden=True,
        colour=TITLES["service"],
    )


def touched(
    rows: BookRows, shape: JournalShape, monthly: Sequence[MonthlyRow]
) -> dict[int, MonthlyRow]:
    """The rows that these operations are counted in, by place from one."""
    effects = {key for image in rows.journal for key in _keys(image, shape)}
    moves = {image.cells[1:-1] for image in rows.moves if image.cells[1] is not None}
    if not effects and not moves:
        return {}
    first = MonthlyShape(shape.dimensions).moves
    return {
        place: row
        for place, row in enumerate(monthly, 1)
        if (*row[:3], *row[5 : first - 1]) in effects or row[first + 1 : -1] in moves
    }


def _keys(image: RowImage, shape: JournalShape) -> list[tuple[Value, ...]]:
    """The keys of an operation's rows of Свод, taken from its own row of Журнал."""
    line = image.cells[shape.places["line"]]
    if line is None:
        return []
    cash, accrual = (image.cells[shape.places[f"{one}_month"]] for one in ("cash", "accrual"))
    ids = [image.cells[shape.places[f"id:{one.code}"]] for one in shape.dimensions]
    both: list[tuple[Value, ...]] = [(cash, None, line, *ids), (None, accrual, line, *ids)]
    return [one for one in both if one[:2] != (None, None)]
