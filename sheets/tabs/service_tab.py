"""Hidden _служебный: the marker that tells, in one read, which batch landed last."""

import hashlib
from dataclasses import replace

from sheets.facts import BookFacts
from sheets.model import Area, Cell, Guard, Pattern, Style, Styled, Tab, Value
from sheets.serials import day_serial, instant_serial, roubles
from sheets.tabs.palette import TITLES

__all__ = [
    "ENTRIES_SINCE",
    "LABEL_COLUMNS",
    "MARKER_COLUMN",
    "SCALAR_COLUMN",
    "SHEET_ID",
    "TEMPLATE_VERSION",
    "service_tab",
    "signature_of",
    "unsigned",
]

SHEET_ID = 733_005
MARKER_COLUMN = 1
SIGNATURE_ROW = 4
UPTO_ROW = 5
# Today, how many statement lines nobody explained, and their sum: for formulas elsewhere.
SCALAR_COLUMN = 4
LABEL_COLUMNS = (0, 3)
# Raised when formats, widths or protections of the template change: then they are written again.
TEMPLATE_VERSION = 4
# Since which version the entries of a tab stand where they stand now; 2 where nothing is said.
ENTRIES_SINCE = {"cash": 3}


def signature_of(columns: str) -> str:
    """A short name of the journal's columns; another one means that all rows are written again."""
    return hashlib.sha256(columns.encode()).hexdigest()[:16]


def service_tab(facts: BookFacts, signature: str, batch: str, title: str) -> Tab:
    """The marker: number, batch, instant, template version, signature of the journal's columns.

    Its last line is the spreadsheet's own cursor: every operation until there has its row. It is
    written with the rows in one request, so it can be trusted after any crash.
    """
    lines: tuple[tuple[str, Value], ...] = (
        ("Последняя операция в книгах, №", facts.head_number),
        ("Пакет", batch),
        ("Записано", instant_serial(facts.read_at, facts.settings.zone)),
        ("Версия шаблона", TEMPLATE_VERSION),
        ("Столбцы журнала", signature),
        ("Строки есть до операции №", facts.upto),
    )
    cells = {}
    for row, (label, value) in enumerate(lines):
        cells[(row, 0)] = Cell(label)
        cells[(row, MARKER_COLUMN)] = Cell(value)
    waiting = facts.waiting_for
    scalars: tuple[tuple[str, Value], ...] = (
        ("Сегодня", day_serial(waiting.today)),
        ("Строк выписки без объяснения", waiting.unexplained),
        ("На сумму, ₽", roubles(waiting.unexplained_minor)),
    )
    for row, (label, value) in enumerate(scalars):
        cells[row, SCALAR_COLUMN - 1] = Cell(label)
        cells[row, SCALAR_COLUMN] = Cell(value)
    return Tab(
        key="service",
        id=SHEET_ID,
        title=title,
        rows=20,
        columns=SCALAR_COLUMN + 1,
        cells=cells,
        guard=Guard("Копейка: служебная вкладка бота", warning=False),
        widths=(240, 240, 30, 240, 110),
        styles=(
            Styled(Area(2, 1, 1, 1), Style(pattern=Pattern.INSTANT)),
            Styled(Area(0, SCALAR_COLUMN, 1, 1), Style(pattern=Pattern.DAY)),
        ),
        hidden=True,
        colour=TITLES["service"],
    )


def unsigned(tab: Tab) -> Tab:
    """The marker while rows of the journal are being written: who dies meanwhile begins again."""
    cells = {(SIGNATURE_ROW, MARKER_COLUMN): Cell(""), (UPTO_ROW, MARKER_COLUMN): Cell(0)}
    return replace(tab, cells={**tab.cells, **cells})
