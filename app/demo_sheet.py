"""The spreadsheet's computed cells against the scenario's hand-written figures, to the kopeck.

The cells are read as a person sees them, and the drop-down of the basis is turned as a person
would turn it; nothing of the product's own reading of the spreadsheet is used here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from app.demo_world import DemoWorld
from sandbox.bank.numbers import rub
from sandbox.demo.effects import (
    LINES,
    Basis,
    Effect,
    Figures,
    by_dimension,
    by_month,
    common_of,
    net_profit,
    total_of,
)
from sandbox.demo.stage import Check
from sandbox.google_sheets.api import Shelf
from sandbox.google_sheets.engine import Computed
from sandbox.google_sheets.model import Sheet

__all__ = ["sheet_checks"]

# Where the basis is chosen, and the dimension whose values stand in the first column.
TABS: Mapping[str, tuple[str, str | None]] = {
    "ОПиУ": ("B2", None),
    "Менеджеры": ("D2", "manager"),
    "Продукты": ("D2", "product"),
    "Салоны": ("D2", "salon"),
    "Города": ("D2", "city"),
}
HEADINGS_ROW = 3
CHOICES = {Basis.CASH: "по оплате", Basis.ACCRUAL: "по начислению"}
WORDS = {
    "revenue": "Выручка",
    "production": "Производственные расходы",
    "selling": "Коммерческие расходы",
    "administrative": "Управленческие расходы",
    "bank_fees": "Услуги банков",
    "other_income": "Прочие доходы",
    "other_expense": "Прочие расходы",
    "before_net_profit": "До чистой прибыли (амортизация, проценты, налоги)",
    "after_net_profit": "После чистой прибыли (дивиденды)",
    "net_profit": "Чистая прибыль",
}
EPOCH = date(1899, 12, 30)
Grid = Mapping[tuple[str, str], Computed]


async def sheet_checks(world: DemoWorld, effects: Sequence[Effect]) -> list[Check]:
    """Every report tab on both bases."""
    people, book = world.sandbox.google_sheets, world.sandbox.spreadsheet_id
    checks = []
    for title, (choice, code) in TABS.items():
        former = _choice(people.shelf(book), title, choice)
        for basis, words in CHOICES.items():
            people.edit_cell(book, f"{title}!{choice}", words)
            wrong = list(_wrong(people.shelf(book), title, _expected(effects, basis, code)))
            name = f"вкладка «{title}» {words} равна суммам сценария"
            checks.append(Check(name, not wrong, "; ".join(wrong[:5])))
        people.edit_cell(book, f"{title}!{choice}", former)
    return checks


def _expected(effects: Sequence[Effect], basis: Basis, code: str | None) -> Mapping[str, Figures]:
    if code is None:
        return {**by_month(effects, basis), "Итого": total_of(effects, basis)}
    rows = by_dimension(effects, basis, code)
    return {**rows, "Общие": common_of(effects, basis), "Итого": total_of(effects, basis)}


def _wrong(shelf: Shelf, title: str, expected: Mapping[str, Figures]) -> Iterable[str]:
    grid = _grid(shelf, title)
    for value, figures in expected.items():
        for line in (*LINES, "net_profit"):
            kopecks = net_profit(figures) if line == "net_profit" else figures[line]
            key = (WORDS[line], value) if title == "ОПиУ" else (value, WORDS[line])
            shown = grid.get(key)
            # A double holds every sum of kopecks here exactly enough to be rounded back.
            found = round(shown * 100) if isinstance(shown, int | float) else None
            if found != kopecks and not (found is None and kopecks == 0):
                yield f"{value}, {WORDS[line]}: сценарий {rub(kopecks)}, таблица {shown}"


def _grid(shelf: Shelf, title: str) -> Grid:
    """(row's name, column's name) -> what the cell shows; a month is `2026-03`."""
    sheet = _sheet(shelf, title)
    names = [_name(shelf, sheet, HEADINGS_ROW, column) for column in range(sheet.column_count)]
    found: dict[tuple[str, str], Computed] = {}
    for row in range(HEADINGS_ROW + 1, sheet.row_count):
        name = _name(shelf, sheet, row, 0)
        for column, heading in enumerate(names):
            if name and heading and column:
                found[name, heading] = shelf.engine.value(shelf.book, sheet, row, column)
    return found


def _name(shelf: Shelf, sheet: Sheet, row: int, column: int) -> str:
    value = shelf.engine.value(shelf.book, sheet, row, column)
    if isinstance(value, int | float):
        return f"{EPOCH + timedelta(days=int(value)):%Y-%m}"
    return str(value or "")


def _choice(shelf: Shelf, title: str, place: str) -> str:
    sheet = _sheet(shelf, title)
    return str(sheet.cell(int(place[1:]) - 1, ord(place[0]) - ord("A")).value or "")


def _sheet(shelf: Shelf, title: str) -> Sheet:
    sheet = shelf.book.sheet_titled(title)
    assert sheet is not None
    return sheet
