"""The workbook before anybody draws it: tabs, cells, formats; read by Google's and xlsx's printers.

All rows and columns count from zero; areas are half open. Text is text: what a person wrote can
only stand in a `str` value, which both printers write as a string whatever it begins with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sheets.formulas import Node, Ref

__all__ = [
    "Align",
    "Area",
    "Book",
    "Cell",
    "Chart",
    "ChartKind",
    "Choice",
    "FilterView",
    "Guard",
    "Pattern",
    "Rule",
    "Series",
    "Style",
    "Styled",
    "Tab",
    "Value",
    "grid",
]

Value = str | int | Decimal | Node | None


class Pattern(StrEnum):
    """Number formats; both Google and xlsx write them in English, people see their locale's."""

    MONEY = '#,##0.00;[Red]-#,##0.00;"–"'
    SUM = "#,##0.00"
    DAY = "dd.mm.yyyy"
    MONTH = "mm.yyyy"
    INSTANT = "dd.mm.yyyy hh:mm"
    WHOLE = "0"
    PERCENT = "0.0%"
    TEXT = "@"


class Align(StrEnum):
    """Where a cell's content stands."""

    LEFT = "LEFT"
    CENTER = "CENTER"
    RIGHT = "RIGHT"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, or a formula. An `entry` is a person's to change: written once, then left alone."""

    value: Value
    entry: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle; `rows` None means down to the end of the sheet."""

    row: int
    column: int
    rows: int | None
    columns: int


@dataclass(frozen=True, slots=True)
class Style:
    """What is set is written, what is None is left to the person's taste. Colours are RRGGBB."""

    pattern: Pattern | None = None
    ink: str | None = None
    fill: str | None = None
    bold: bool | None = None
    wrap: bool | None = None
    align: Align | None = None
    middle: bool | None = None


@dataclass(frozen=True, slots=True)
class Styled:
    """A style on an area; later ones lie over earlier ones."""

    area: Area
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A conditional format: `condition` is written for the area's first cell."""

    area: Area
    condition: Node
    style: Style


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down: fixed texts, or the cells of a range."""

    row: int
    column: int
    options: tuple[str, ...] | Ref


@dataclass(frozen=True, slots=True)
class Guard:
    """Protection of a whole tab but for some areas; `warning` lets people through after a question.

    `name` tells ours from a person's own protections: Google chooses the id.
    """

    name: str
    warning: bool
    open_areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterView:
    """A look at rows that everybody has for themselves: rows whose cell in a column is a text.

    Without a text all rows are shown; `newest_by` is a column to sort by, downwards.
    """

    id: int
    title: str
    area: Area
    column: int = 0
    only: str = ""
    newest_by: int | None = None


class ChartKind(StrEnum):
    """How the series of a chart are drawn."""

    COLUMN = "COLUMN"
    LINE = "LINE"
    BAR = "BAR"
    COMBO = "COMBO"


@dataclass(frozen=True, slots=True)
class Series:
    """One series: cells under a heading cell, which names it. `right` is the second axis."""

    area: Area
    colour: str
    line: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with an id of our choosing; the areas' first cells are headings.

    `source` is the key of the tab that the areas lie on, when it is another one.
    """

    id: int
    title: str
    kind: ChartKind
    domain: Area
    series: tuple[Series, ...]
    anchor: tuple[int, int]
    size: tuple[int, int] = (620, 330)
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab with an id of our choosing; `rows` and `columns` are the size of its grid.

    `retired` are cells that had a drop-down in an older template and have none any more.
    `keyed` is the first of the rows that bear a checksum in the last column (`sheets.tabs.keyed`).
    `body` are rows of values under the frozen ones, which the writer writes apart from the cells.
    `gridlines` are for tabs that are lists; reports are calmer without.
    """

    key: str
    id: int
    title: str
    rows: int
    columns: int
    cells: Mapping[tuple[int, int], Cell]
    guard: Guard
    widths: tuple[int, ...] = ()
    styles: tuple[Styled, ...] = ()
    rules: tuple[Rule, ...] = ()
    choices: tuple[Choice, ...] = ()
    retired: tuple[Area, ...] = ()
    bands: tuple[Area, ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    hidden_rows: tuple[tuple[int, int], ...] = ()
    frozen_rows: int = 0
    frozen_columns: int = 0
    hidden: bool = False
    colour: str = "455A64"
    views: tuple[FilterView, ...] = ()
    charts: tuple[Chart, ...] = ()
    keyed: int | None = None
    body: tuple[tuple[Value, ...], ...] = ()
    gridlines: bool = True

    @property
    def used(self) -> tuple[int, int]:
        """How many rows and columns the cells take."""
        rows = max((row for row, _ in self.cells), default=-1) + 1
        return rows, max((column for _, column in self.cells), default=-1) + 1


@dataclass(frozen=True, slots=True)
class Book:
    """The tabs in order. `signature` changes when rows of the journal change their columns."""

    tabs: tuple[Tab, ...]
    signature: str
    locale: str = "ru_RU"
    zone: str = "Europe/Moscow"
    by_key: Mapping[str, Tab] = field(init=False)

    def __post_init__(self) -> None:
        assert len({tab.id for tab in self.tabs}) == len(self.tabs)
        assert len({tab.title.casefold() for tab in self.tabs}) == len(self.tabs)
        object.__setattr__(self, "by_key", {tab.key: tab for tab in self.tabs})


def grid(row: int, column: int, lines: list[list[Value]]) -> dict[tuple[int, int], Cell]:
    """Cells of a block of values whose first corner is given; None leaves no cell."""
    return {
        (row + down, column + right): Cell(value)
        for down, line in enumerate(lines)
        for right, value in enumerate(line)
        if value is not None
    }
