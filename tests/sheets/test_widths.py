"""Nothing is cut off: every label and every sum fits its column, or wraps, or has room beside it.

The books are hostile: names of a hundred letters, and sums of 999 999 999,99 in red.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ledger.money import Money
from ledger.operations import dimensions
from sheets.formulas import Node
from sheets.model import Align, Area, Book, Cell, Pattern, Style, Tab
from sheets.tabs.lettering import PADDING_PX
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from tests.pictures.letters import Letters
from tests.sheets.computing import Reader, formualizer_reader
from tests.sheets.ledgers import Books, sealed
from tests.sheets.test_rows import spent

LONG = " ".join(["Константинопольский"] * 5)[:100]
BILLION_LESS = Money(99_999_999_999)
DAY, INSTANT, MONTH = "30.12.2026", "30.12.2026 23:59", "12.2026"


@dataclass(frozen=True)
class Fonts:
    regular: Letters
    bold: Letters

    def width_px(self, text: str, *, bold: bool) -> float:
        # Liberation lacks the rouble's sign; in Arial it is as wide as a digit.
        return (self.bold if bold else self.regular).width_px(text.replace("₽", "0"))


def hostile_books() -> Books:
    """A cost of nearly a billion, and one small sale."""
    cost = spent()
    debit = replace(cost.entries[0], amount=BILLION_LESS)
    values = dimensions({"manager": LONG, "city": LONG})
    return sealed([replace(cost, entries=(debit,), dimensions=values, comment=LONG)])


def shown(value: object, pattern: Pattern | None) -> str:
    """A cell as a Russian spreadsheet shows it."""
    if value is None or isinstance(value, str | bool):
        return str(value or "")
    assert isinstance(value, int | float | Decimal | date)
    match pattern:
        case Pattern.DAY:
            return DAY
        case Pattern.MONTH:
            return MONTH
        case Pattern.INSTANT:
            return INSTANT
        case _ if isinstance(value, date):
            return DAY
        case Pattern.PERCENT:
            return f"{value:.1%}".replace(".", ",")
        case Pattern.MONEY | Pattern.SUM:
            return f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
    return f"{value:.0f}"


def styles_of(tab: Tab) -> dict[tuple[int, int], Style]:
    """What each used cell looks like: later styles over earlier ones."""
    rows, columns = tab.used
    looks: dict[tuple[int, int], Style] = {}
    for styled in tab.styles:
        for place in _inside(styled.area, rows, columns):
            before = looks.get(place, Style())
            names = ("pattern", "bold", "wrap", "align")
            now = {one: getattr(styled.style, one) for one in names}
            looks[place] = replace(before, **{k: v for k, v in now.items() if v is not None})
    return looks


def _inside(area: Area, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    last = rows if area.rows is None else min(rows, area.row + area.rows)
    for row in range(area.row, last):
        for column in range(area.column, min(columns, area.column + area.columns)):
            yield row, column


def cut_off(tab: Tab, read: Reader, fonts: Fonts) -> list[str]:
    """Every cell of a tab whose text does not fit, with both widths."""
    looks = styles_of(tab)
    hidden_rows = {row for first, end in tab.hidden_rows for row in range(first, end)}
    hidden = {one for first, end in tab.hidden_columns for one in range(first, end)}
    texts = {}
    for (row, column), cell in tab.cells.items():
        value = read(tab.title, row, column) if isinstance(cell.value, Node) else cell.value
        texts[row, column] = shown(value, looks.get((row, column), Style()).pattern)
    problems = []
    for (row, column), text in texts.items():
        style = looks.get((row, column), Style())
        if row in hidden_rows or column in hidden or not text:
            continue
        needed = fonts.width_px(_widest(text, style), bold=bool(style.bold)) + PADDING_PX
        room = _room(tab, texts, (row, column), style, hidden)
        if needed > room:
            problems.append(f"{tab.title} {row + 1}:{column + 1} {text!r} {needed:.0f} > {room}")
    return problems


def _widest(text: str, style: Style) -> str:
    """A wrapped text is as wide as its longest word; a name that has none is broken by itself."""
    if style.wrap and style.pattern is not Pattern.TEXT:
        return max(text.split() or [""], key=len)
    return "" if style.wrap else text


def _room(
    tab: Tab,
    texts: Mapping[tuple[int, int], str],
    place: tuple[int, int],
    style: Style,
    hidden: set[int],
) -> int:
    """The column's pixels, and for a text those of the empty columns at its right."""
    row, column = place
    width = tab.widths[column] if column < len(tab.widths) else 100
    is_text = re.fullmatch(r"-?[\d\s\u00a0.,:%]+", texts[place]) is None
    if not is_text or style.wrap or style.align not in {None, Align.LEFT}:
        return width
    for beside in range(column + 1, tab.columns):
        if texts.get((row, beside)) or Cell(None, entry=True) == tab.cells.get((row, beside)):
            break
        if beside not in hidden:
            width += tab.widths[beside] if beside < len(tab.widths) else 100
    return width


def _book() -> tuple[Book, Reader]:
    books = hostile_books()
    book = template(books.facts)
    content = workbook_bytes(book, books.rows)
    tabs = {"ОПиУ", "Менеджеры", "Города"}
    assert tabs <= {tab.title for tab in book.tabs}
    return book, formualizer_reader(content, {})


def fonts() -> Fonts:
    return Fonts(Letters.of("LiberationSans", "Regular"), Letters.of("LiberationSans", "Bold"))


def test_no_label_and_no_sum_is_wider_than_its_column() -> None:
    book, read = _book()
    net = read("ОПиУ", 14, book.by_key["pnl"].columns - 4)
    assert net == -float(BILLION_LESS.minor) / 100
    problems = [
        line for tab in book.tabs if not tab.hidden for line in cut_off(tab, read, fonts())
    ]
    assert problems == []


def test_a_narrower_column_is_noticed() -> None:
    book, read = _book()
    tab = book.by_key["pnl"]
    narrow = replace(tab, widths=(tab.widths[0], *(70 for _ in tab.widths[1:])))
    assert any("999" in line for line in cut_off(narrow, read, fonts()))


def test_the_first_columns_leave_room_for_a_figure_on_a_phone() -> None:
    book, _ = _book()
    phone, edge, sums = 390, 38, 115
    for tab in book.tabs:
        if not tab.hidden and tab.frozen_columns:
            frozen = sum(tab.widths[: tab.frozen_columns])
            assert frozen <= phone - edge - sums, tab.title
