"""Hidden Свод: what Журнал's hidden columns add up to, for reports that would be slow over Журнал.

    month by payment | month by accrual | line | effect by payment | by accrual | id … | operations

The columns are called like Журнал's, so the same SUMIFS run over either. A row belongs to one
basis, the cells of the other one are empty. A few thousand rows stand for any number of operations:
the more values the dimensions have, the longer it is (facts: sheets 3.2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets.formulas import Ref, span
from sheets.journal_tab import Column, JournalShape
from sheets.model import Area, Cell, Guard, Pattern, Style, Styled, Tab, Value
from sheets.monthly import MonthlyRow
from sheets.palette import HEADING, TITLES
from sheets.rows import RowImage
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
        columns = (*_BEFORE, *ids, *_AFTER)
        object.__setattr__(self, "columns", columns)
        places = {column.code: place for place, column in enumerate(columns)}
        object.__setattr__(self, "places", places)

    @property
    def signature(self) -> str:
        """Changes when rows written before must be written again in other columns."""
        return ",".join(column.code for column in self.columns)

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
    images: Sequence[RowImage], shape: JournalShape, rows: Sequence[MonthlyRow]
) -> dict[int, MonthlyRow]:
    """The rows that the operations of these rows of Журнал are counted in, by place from one."""
    wanted = {key for image in images for key in _keys(image, shape)}
    return (
        {place: row for place, row in enumerate(rows, 1) if _key(row) in wanted} if wanted else {}
    )


def _keys(image: RowImage, shape: JournalShape) -> list[tuple[Value, ...]]:
    """The keys of an operation's rows of Свод, taken from its own row of Журнал."""
    line = image.cells[shape.places["line"]]
    if line is None:
        return []
    cash, accrual = (image.cells[shape.places[f"{one}_month"]] for one in ("cash", "accrual"))
    ids = [image.cells[shape.places[f"id:{one.code}"]] for one in shape.dimensions]
    both: list[tuple[Value, ...]] = [(cash, None, line, *ids), (None, accrual, line, *ids)]
    return [one for one in both if one[:2] != (None, None)]


def _key(row: MonthlyRow) -> tuple[Value, ...]:
    return (*row[:3], *row[5:-1])
