"""Журнал: one row for one operation, at row = headings + number; what people see, then what formulas use.

The visible columns are for people. The hidden ones are numbers that the reports' SUMIFS run on:
the month of each basis as the serial of its first day, the article's line on the ladder, the two
effects in roubles, and one integer id for each dimension, so that names may be any text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger.articles import PnlLine
from sheets.formulas import Op, Ref, Spot, Str, span
from sheets.model import Align, Area, Cell, FilterView, Guard, Pattern, Rule, Style, Styled, Tab
from sheets.tabs.palette import ENTRY, HEADING, TITLES
from usecases.company import Dimension
from usecases.sheet_edits import MANAGER

__all__ = [
    "COMMON_ID",
    "HEADING_ROWS",
    "LINE_IDS",
    "UNSPECIFIED_ID",
    "Column",
    "JournalShape",
    "journal_tab",
]

HEADING_ROWS = 1
# Ids that no value has: the store counts from 1.
UNSPECIFIED_ID = 0
COMMON_ID = -1
# The place of each ladder line in the spreadsheet; never renumbered, rows keep them.
LINE_IDS: Mapping[PnlLine, int] = {
    PnlLine.REVENUE: 1,
    PnlLine.PRODUCTION: 2,
    PnlLine.SELLING: 3,
    PnlLine.ADMINISTRATIVE: 4,
    PnlLine.BANK_FEES: 5,
    PnlLine.OTHER_INCOME: 6,
    PnlLine.OTHER_EXPENSE: 7,
    PnlLine.BEFORE_NET_PROFIT: 8,
    PnlLine.AFTER_NET_PROFIT: 9,
}
SHEET_ID = 733_001


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, its heading, how wide it is in pixels and how it shows numbers."""

    code: str
    title: str
    width: int
    pattern: Pattern = Pattern.TEXT
    hidden: bool = False
    wrap: bool | None = None


_BEFORE = (
    Column("number", "№", 60, Pattern.WHOLE),
    Column("paid_on", "Дата оплаты", 95, Pattern.DAY),
    Column("accrued_on", "Дата начисления", 95, Pattern.DAY),
    Column("kind", "Вид", 140),
    Column("article", "Статья", 190, wrap=True),
    Column("amount", "Сумма, ₽", 125, Pattern.SUM),
    Column("source", "Откуда", 190, wrap=True),
    Column("target", "Куда", 190, wrap=True),
)
_AFTER = (
    Column("counterparty", "Контрагент", 220, wrap=True),
    Column("contract_no", "Договор", 100, wrap=True),
    Column("deal", "Сделка", 130, wrap=True),
    Column("comment", "Комментарий", 400, wrap=True),
    Column("author", "Автор", 120, wrap=True),
    Column("reverses", "Сторно к №", 80, Pattern.WHOLE),
    Column("recorded_at", "Записано", 130, Pattern.INSTANT),
    Column("hash", "Хеш", 135),
)
_HIDDEN = (
    Column("key", "Ключ", 120, hidden=True),
    Column("cash_month", "Месяц оплаты", 90, Pattern.WHOLE, hidden=True),
    Column("accrual_month", "Месяц начисления", 90, Pattern.WHOLE, hidden=True),
    Column("line", "Строка ОПиУ", 90, Pattern.WHOLE, hidden=True),
    Column("cash_effect", "Вклад по оплате", 100, Pattern.SUM, hidden=True),
    Column("accrual_effect", "Вклад по начислению", 100, Pattern.SUM, hidden=True),
)


@dataclass(frozen=True, slots=True)
class JournalShape:
    """The columns for a set of dimensions, and where each one stands."""

    dimensions: tuple[Dimension, ...]
    columns: tuple[Column, ...] = field(init=False)
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        seen = [Column(f"name:{one.code}", one.title, 150, wrap=True) for one in self.dimensions]
        ids = [
            Column(f"id:{one.code}", f"{one.title}: номер", 90, Pattern.WHOLE, hidden=True)
            for one in self.dimensions
        ]
        last = Column("checksum", "Контрольная сумма", 120, hidden=True)
        columns = (*_BEFORE, *seen, *_AFTER, *_HIDDEN, *ids, last)
        object.__setattr__(self, "columns", columns)
        places = {column.code: place for place, column in enumerate(columns)}
        object.__setattr__(self, "places", places)

    @property
    def editable(self) -> frozenset[int]:
        """What people may edit: comment, article, and every dimension but the manager."""
        codes = {"comment", "article"}
        codes |= {f"name:{one.code}" for one in self.dimensions if one.code != MANAGER}
        return frozenset(self.places[code] for code in codes)

    @property
    def signature(self) -> str:
        """Changes when a row written before must be written again in other columns."""
        return ",".join(column.code for column in self.columns)

    def column(self, code: str, capacity: int, title: str) -> Ref:
        """The cells of a column for all rows that fit, as formulas on other tabs see them."""
        place = self.places[code]
        return span((HEADING_ROWS, place), (HEADING_ROWS + capacity - 1, place), title)


def journal_tab(shape: JournalShape, capacity: int, title: str) -> Tab:
    """The empty journal; its rows are the writer's."""
    width = len(shape.columns)
    hidden = [place for place, column in enumerate(shape.columns) if column.hidden]
    formats = [
        Styled(Area(HEADING_ROWS, place, None, 1), _style(column))
        for place, column in enumerate(shape.columns)
    ]
    open_areas = tuple(Area(HEADING_ROWS, place, capacity, 1) for place in sorted(shape.editable))
    blue = [
        Styled(Area(HEADING_ROWS, place, None, 1), Style(ink=ENTRY.ink))
        for place in sorted(shape.editable)
    ]
    reversal = Op("<>", Ref(Spot(1, shape.places["reverses"], row_fixed=False)), Str(""))
    return Tab(
        key="journal",
        id=SHEET_ID,
        title=title,
        rows=HEADING_ROWS + capacity,
        columns=width,
        cells={(0, place): Cell(column.title) for place, column in enumerate(shape.columns)},
        guard=Guard("Копейка: журнал ведёт бот", warning=False, open_areas=open_areas),
        widths=tuple(column.width for column in shape.columns),
        styles=(Styled(Area(0, 0, 1, width), HEADING), *formats, *blue),
        rules=(Rule(Area(1, 0, None, hidden[0]), reversal, Style(ink="9E9E9E")),),
        bands=(Area(0, 0, HEADING_ROWS + capacity, hidden[0]),),
        hidden_columns=((hidden[0], width),),
        views=(
            FilterView(SHEET_ID * 10, "Новые сверху", Area(0, 0, None, hidden[0]), newest_by=0),
        ),
        frozen_rows=HEADING_ROWS,
        frozen_columns=1,
        colour=TITLES["journal"],
    )


def _style(column: Column) -> Style:
    align = Align.LEFT if column.pattern is Pattern.TEXT else None
    return Style(pattern=column.pattern, align=align, wrap=column.wrap, middle=True)
