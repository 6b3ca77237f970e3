"""What people do to the spreadsheet by chance, and what the report must say about each of it."""

from collections.abc import Callable, Mapping

from sandbox.google_sheets.a1 import quote_title
from sandbox.google_sheets.api import Access
from sheets.check.checking import Reason
from sheets.formulas import a1
from sheets.tabs.dimension_tab import column_of
from sheets.tabs.inputs import BASIS_WORDS, ENTRY_ROW
from sheets.tabs.keyed import FIRST_ROW
from tests.sheets.deeds import Deed, Meddler

__all__ = ["KINDS"]

TYPED = ("12345", "не то", "=1+1", "", "01.02.2026", "TRUE", "=A1", "-5", "7,5", "'00", "#N/A")
LOCALES = ("en_US", "de_DE", "ru_RU", "en_GB")
ZONES = ("Asia/Tokyo", "America/New_York", "Europe/Moscow")
RED = {"red": 1}
TITLE_OF_OWN = ("Моё", "План", "Черновик", "Отпуска")
# Titles of the tabs that Google's API shows and no person sees.
TECHNICAL = ("moves", "service")
REPORTS = ("start", "board", "pnl", "cash", "accounts", "reference", "control", "by:manager")
ROWS = ("payments", "debts", "people")


Maker = Callable[[Meddler], Deed | None]


def _journal_cell(who: Meddler) -> Deed | None:
    sheet = who.sheet("journal")
    shape = who.google.channel.shape
    people = {"comment", "article", *(f"name:{one.code}" for one in shape.dimensions)}
    columns = [at for at, one in enumerate(shape.columns) if one.code not in people]
    if sheet is None:
        return None
    row, column = who.row(), who.chance.choice(columns)
    wish = {"do": "edit_cell", "range": who.place(sheet, row, column)}
    wish["value"] = who.chance.choice(TYPED)
    return Deed("journal cell", wish, "journal", row + 1)


def _below_the_end(who: Meddler) -> Deed | None:
    sheet = who.sheet("journal")
    if sheet is None:
        return None
    row = min(who.head + who.chance.randrange(1, 30), sheet.row_count - 1)
    place = who.place(sheet, row, who.chance.randrange(5))
    wish = {"do": "edit_cell", "range": place, "value": "привет"}
    return Deed("below the end", wish, "journal", row + 1)


def _clear_block(who: Meddler) -> Deed | None:
    sheet = who.sheet("journal")
    if sheet is None:
        return None
    row = who.row()
    width = who.chance.choice((1, 5, len(who.google.channel.shape.columns) - 1))
    last = min(row + who.chance.randrange(3), who.head)
    wish = {"do": "clear", "range": who.place(sheet, row, 0, last, width)}
    return Deed("clear block", wish, "journal", row + 1)


def _paste_block(who: Meddler) -> Deed | None:
    sheet = who.sheet("journal")
    if sheet is None or who.head < 3:
        return None
    row = who.chance.randrange(1, who.head - 1)
    rows = [["7", "01.01.2026", "", "Расход"], ["8", "02.01.2026", "x", "=A1"]]
    wish = {"do": "paste", "range": who.place(sheet, row, who.chance.randrange(4)), "rows": rows}
    return Deed("paste block", wish, "journal", row + 1)


def _copy_row(who: Meddler) -> Deed | None:
    sheet = who.sheet("journal")
    if sheet is None or who.head < 2:
        return None
    last = len(who.google.channel.shape.columns) - 1
    source, target = who.chance.sample(range(1, who.head + 1), 2)
    if who.chance.random() < 0.4:
        target = min(who.head + who.chance.randrange(1, 5), sheet.row_count - 1)
    wish = {
        "do": "copy_block",
        "range": who.place(sheet, source, 0, source, last),
        "target": who.place(sheet, target, 0, target, last),
    }
    return Deed("copy row", wish, "journal", target + 1)


def _heading(who: Meddler) -> Deed | None:
    sheet = who.sheet("journal")
    if sheet is None:
        return None
    place = who.place(sheet, 0, who.chance.randrange(8))
    return Deed("heading", {"do": "edit_cell", "range": place, "value": "Деньги"}, "journal", 1)


def _report_cell(who: Meddler) -> Deed | None:
    found = who.any_of(*REPORTS)
    if found is None:
        return None
    key, sheet = found
    cells = [at for at, cell in who.tabs[key].cells.items() if not cell.entry]
    row, column = who.chance.choice(sorted(cells))
    wish = {"do": "edit_cell", "range": who.place(sheet, row, column)}
    wish["value"] = who.chance.choice(TYPED)
    return Deed("report cell", wish, key, row + 1)


def _keyed_cell(who: Meddler) -> Deed | None:
    found = who.any_of(*ROWS)
    if found is None:
        return None
    key, sheet = found
    row = FIRST_ROW + who.chance.randrange(6)
    place = who.place(sheet, row, who.chance.randrange(1, who.tabs[key].columns - 1))
    wish = {"do": "edit_cell", "range": place, "value": who.chance.choice(TYPED)}
    return Deed("keyed cell", wish, key, row + 1)


def _technical_cell(who: Meddler) -> Deed | None:
    found = who.any_of(*TECHNICAL)
    if found is None:
        return None
    key, sheet = found
    row = who.row() if key == "moves" else who.chance.randrange(5)
    column = who.chance.randrange(7) if key == "moves" else 0
    wish = {"do": "edit_cell", "range": who.place(sheet, row, column), "value": "1"}
    return Deed("technical cell", wish, key, row + 1)


def _bad_entry(who: Meddler) -> Deed | None:
    return _entry(who, who.chance.choice(("весна", "*", "по любви")), own=False)


def _good_entry(who: Meddler) -> Deed | None:
    return _entry(who, who.chance.choice(sorted(BASIS_WORDS.values())), own=True)


def _entry(who: Meddler, word: str, *, own: bool) -> Deed | None:
    found = who.any_of("pnl", "by:manager")
    if found is None:
        return None
    key, sheet = found
    column = min(at for (row, at), cell in who.tabs[key].cells.items() if cell.entry)
    wish = {"do": "edit_cell", "range": who.place(sheet, ENTRY_ROW, column), "value": word}
    row = None if own else ENTRY_ROW + 1
    return Deed("good entry" if own else "bad entry", wish, key, row, own=own)


def _lines(do: str) -> Maker:
    rows = do.endswith("row")

    def make(who: Meddler) -> Deed | None:
        # The journal is where people work.
        found = who.any_of("journal") if who.chance.random() < 0.5 else who.any_of()
        if found is None:
            return None
        key, sheet = found
        used = who.tabs[key].used
        end = who.head + 1 if key == "journal" and rows else used[0 if rows else 1]
        wish = {"do": do, "sheet": sheet.title, "count": who.chance.choice((1, 1, 2, 3))}
        wish["row" if rows else "column"] = who.chance.randrange(1, max(end, 2))
        return Deed(do, wish, key, moves=True)

    return make


def _sort(who: Meddler) -> Deed | None:
    found = who.any_of("journal", "journal", "payments", "people", "cash", "by:manager", "moves")
    if found is None:
        return None
    key, sheet = found
    tab = who.tabs[key]
    first = 1 if key in {"journal", "moves"} else FIRST_ROW
    last = who.head if key in {"journal", "moves"} else max(tab.used[0], first + 3)
    column = who.chance.randrange(tab.columns)
    wish = {
        "do": "sort_range",
        "range": who.place(sheet, first, 0, last, tab.columns - 1),
        "column": column + 1,
        "descending": who.chance.random() < 0.5,
    }
    return Deed("sort", wish, key, moves=True)


def _rename(who: Meddler) -> Deed | None:
    found = who.any_of()
    if found is None:
        return None
    key, sheet = found
    title = f"{who.chance.choice(('Мой', 'Новый', 'Старый'))} {who.chance.randrange(1000)}"
    wish = {"do": "rename_tab", "sheet": sheet.title, "title": title}
    return Deed("rename", wish, key, reasons=frozenset({Reason.TAB_RENAMED}))


def _delete_tab(who: Meddler) -> Deed | None:
    found = who.any_of()
    if found is None:
        return None
    key, sheet = found
    wish = {"do": "delete_tab", "sheet": sheet.title}
    return Deed("delete tab", wish, key, reasons=frozenset({Reason.TAB_MISSING}), moves=True)


def _unhide(who: Meddler) -> Deed | None:
    found = who.any_of(*TECHNICAL)
    if found is None:
        return None
    key, sheet = found
    wish = {"do": "hide_tab", "sheet": sheet.title, "hidden": False}
    return Deed("unhide", wish, key, reasons=frozenset({Reason.TAB_SHOWN}))


def _object(do: str, member: str, *reasons: Reason) -> Maker:
    def make(who: Meddler) -> Deed | None:
        there = [key for key in who.tabs if (one := who.sheet(key)) and getattr(one, member)]
        found = who.any_of(*there) if there else None
        if found is None:
            return None
        key, sheet = found
        wish = {"do": do, "sheet": sheet.title}
        if do != "lift_protection":
            wish["number"] = 1 + who.chance.randrange(len(getattr(sheet, member)))
        return Deed(do, wish, key, reasons=frozenset(reasons))

    return make


def _drop_choice(who: Meddler) -> Deed | None:
    found = who.any_of("pnl", "by:manager")
    if found is None:
        return None
    key, sheet = found
    choice = who.chance.choice(who.tabs[key].choices)
    wish = {"do": "drop_choice", "range": who.place(sheet, choice.row, choice.column)}
    return Deed("drop choice", wish, key, reasons=frozenset({Reason.CHOICE}))


def _freeze(who: Meddler) -> Deed | None:
    frozen = [key for key, tab in who.tabs.items() if tab.frozen_rows]
    found = who.any_of(*frozen)
    if found is None:
        return None
    key, sheet = found
    wish = {"do": "freeze", "sheet": sheet.title, "rows": who.chance.choice((0, 2))}
    return Deed("freeze", wish, key, reasons=frozenset({Reason.FROZEN}))


def _format(who: Meddler) -> Deed | None:
    found = who.any_of("journal", "pnl", "cash", "by:manager")
    if found is None:
        return None
    key, sheet = found
    column = {"journal": 5, "by:manager": column_of("revenue")}.get(key, 2)
    letter = a1(0, column).rstrip("0123456789")
    wish = {"do": "format_cells", "range": f"{quote_title(sheet.title)}!{letter}:{letter}"}
    wish |= {"kind": "NUMBER", "pattern": who.chance.choice(("0", "0.0"))}
    return Deed("format", wish, key, reasons=frozenset({Reason.FORMAT}))


def _show_hidden(who: Meddler) -> Deed | None:
    hidden = [key for key, tab in who.tabs.items() if tab.hidden_columns]
    found = who.any_of(*hidden)
    if found is None:
        return None
    key, sheet = found
    start, end = who.tabs[key].hidden_columns[0]
    wish = {"do": "hide_lines", "sheet": sheet.title, "first": start + 1, "count": end - start}
    return Deed("show hidden", {**wish, "shown": True}, key, reasons=frozenset({Reason.HIDDEN}))


def _locale(who: Meddler) -> Deed | None:
    wish = {"do": "change_locale", "locale": who.chance.choice(LOCALES)}
    return Deed("locale", wish, reasons=frozenset({Reason.LOCALE}))


def _zone(who: Meddler) -> Deed | None:
    wish = {"do": "change_zone", "zone": who.chance.choice(ZONES)}
    return Deed("zone", wish, reasons=frozenset({Reason.ZONE}))


def _share(who: Meddler) -> Deed | None:
    access = who.chance.choice((Access.DENIED, Access.READER))
    return Deed("share", {"do": "set_share", "access": access.value}, own=True)


def _own_tab(who: Meddler) -> Deed | None:
    titles = {sheet.title for sheet in who.book.sheets}
    free = [one for one in TITLE_OF_OWN if one not in titles]
    if free:
        return Deed("own tab", {"do": "add_tab", "title": who.chance.choice(free)}, own=True)
    title = who.chance.choice(TITLE_OF_OWN)
    place = f"{title}!{a1(who.chance.randrange(20), who.chance.randrange(5))}"
    wish = {"do": "edit_cell", "range": place, "value": who.chance.choice(TYPED)}
    return Deed("own tab", wish, own=True)


def _move_tab(who: Meddler) -> Deed | None:
    sheet = who.chance.choice(who.book.sheets)
    place = 1 + who.chance.randrange(len(who.book.sheets))
    return Deed("move tab", {"do": "move_tab", "sheet": sheet.title, "place": place}, own=True)


def _note(who: Meddler) -> Deed | None:
    found = who.any_of("journal", "journal", "pnl", "people")
    if found is None:
        return None
    key, sheet = found
    row = who.row() if key == "journal" else 5
    wish = {"do": "set_note", "range": who.place(sheet, row, who.chance.randrange(6))}
    return Deed("note", {**wish, "note": f"заметка {who.chance.randrange(10**6)}"}, key, own=True)


def _fill(who: Meddler) -> Deed | None:
    found = who.any_of("journal", "people")
    if found is None:
        return None
    key, sheet = found
    row = who.row() if key == "journal" else FIRST_ROW
    wish = {"do": "fill", "range": who.place(sheet, row, who.chance.randrange(6)), "colour": RED}
    return Deed("fill", wish, key, own=True)


KINDS: Mapping[str, Maker] = {
    "journal cell": _journal_cell,
    "below the end": _below_the_end,
    "clear block": _clear_block,
    "paste block": _paste_block,
    "copy row": _copy_row,
    "heading": _heading,
    "report cell": _report_cell,
    "keyed cell": _keyed_cell,
    "technical cell": _technical_cell,
    "bad entry": _bad_entry,
    "good entry": _good_entry,
    "insert row": _lines("insert_row"),
    "delete row": _lines("delete_row"),
    "insert column": _lines("insert_column"),
    "delete column": _lines("delete_column"),
    "sort": _sort,
    "rename": _rename,
    "delete tab": _delete_tab,
    "unhide": _unhide,
    "chart": _object("delete_chart", "charts", Reason.CHART),
    "view": _object("delete_filter_view", "filter_views", Reason.VIEW),
    "rule": _object("delete_conditional_format", "conditional_formats", Reason.RULE),
    "band": _object("delete_banding", "banded_ranges", Reason.BANDING),
    "guard": _object("lift_protection", "protected_ranges", Reason.UNPROTECTED),
    "drop choice": _drop_choice,
    "freeze": _freeze,
    "format": _format,
    "show hidden": _show_hidden,
    "locale": _locale,
    "zone": _zone,
    "share": _share,
    "own tab": _own_tab,
    "move tab": _move_tab,
    "note": _note,
    "fill": _fill,
}
