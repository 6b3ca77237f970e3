"""What is not a value: titles, grids, protections, charts, drop-downs, formats, zone and locale.

What the installation of the template puts right by itself is only named here; what it leaves to
people at an upgrade (a shown service tab, frozen rows, number formats, merged cells) is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sheets import wire
from sheets.check.checking import Difference, Reason
from sheets.check.looking import FORMATTED_ROWS, TabLook
from sheets.formulas import a1, fingerprint
from sheets.installing import State, TabState, rules_again, same_guard, same_view
from sheets.model import Area, Book, Choice, Pattern, Style, Tab

__all__ = ["STEPS", "STRAYED_CELLS", "check_structure", "mended"]

_RECALCULATION = "MINUTE"
_ROWS_OF = frozenset({"journal", "moves", "monthly"})
_MOVED = frozenset({Reason.COLUMNS, Reason.LEFTOVER, Reason.GRID_CUT, Reason.STRAYED})
_BROKEN = frozenset({Reason.VALUE, Reason.FORMULA, Reason.FORMAT})
# So many broken cells of a tab are no typing.
_BROKEN_CELLS = 20
# So many cells that stand as far off as each other were not put there by hand.
STRAYED_CELLS = 3
# Rows down and columns right.
STEPS = tuple(step for far in range(1, 11) for step in ((far, 0), (-far, 0), (0, far), (0, -far)))


def check_structure(
    state: State, book: Book, looks: Mapping[str, TabLook], email: str
) -> list[Difference]:
    """Every way in which the spreadsheet is not built as the workbook, values apart."""
    differences = [*_of_book(state, book)]
    for tab in book.tabs:
        now = state.tabs.get(tab.id)
        if now is None:
            differences.append(Difference(tab.title, "", Reason.TAB_MISSING, tab.title, ""))
            continue
        differences += _of_tab(now, tab)
        differences += _of_objects(now, tab, email)
        differences += _of_looks(now, tab, looks[tab.key])
    return differences


def mended(state: State, book: Book, differences: Sequence[Difference]) -> list[wire.Request]:
    """Requests for what the installation leaves to people; sent after it."""
    by_title = {tab.title: tab for tab in book.tabs}
    requests: list[wire.Request] = []
    asked: set[tuple[str, Reason]] = set()
    for one in differences:
        tab = by_title.get(one.tab)
        if tab is None or (tab.title, one.reason) in asked:
            continue
        asked.add((tab.title, one.reason))
        now = state.tabs.get(tab.id)
        requests += _mend(one.reason, tab, now) if now else []
    for tab in book.tabs:
        reasons = [one.reason for one in differences if one.tab == tab.title]
        if tab.id in state.tabs and _is_shaken(reasons):
            requests += _afresh(tab)
    return requests


def _is_shaken(reasons: Sequence[Reason]) -> bool:
    """Whether rows or columns of a tab were inserted or deleted, and its looks moved with them."""
    if _MOVED & set(reasons):
        return True
    return sum(reason in _BROKEN for reason in reasons) >= _BROKEN_CELLS


def _afresh(tab: Tab) -> list[wire.Request]:
    """All that the template says of the tab's looks, over nothing: what was moved along goes.

    Rows of operations look the same all the way down: there people's colours stay.
    """
    if tab.key in _ROWS_OF:
        return [_uncovered(tab, "COLUMNS", tab.columns), *wire.look(tab)]
    rows, columns = tab.rows, tab.columns
    own = wire.grid_range(tab.id, Area(0, 0, rows, columns))
    emptied = {"range": own, "cell": {}, "fields": "userEnteredFormat,dataValidation"}
    shown = [_uncovered(tab, "ROWS", rows), _uncovered(tab, "COLUMNS", columns)]
    return [{"repeatCell": emptied}, *shown, *wire.look(tab)]


def _uncovered(tab: Tab, dimension: str, end: int) -> wire.Request:
    """Show all rows or columns of ours; those to hide are hidden after it."""
    lines = {"sheetId": tab.id, "dimension": dimension, "startIndex": 0, "endIndex": end}
    change = {"range": lines, "properties": {"hiddenByUser": False}, "fields": "hiddenByUser"}
    return {"updateDimensionProperties": change}


def _mend(reason: Reason, tab: Tab, now: TabState) -> list[wire.Request]:
    match reason:
        case Reason.TAB_SHOWN:
            return [_properties(tab, {"hidden": True}, "hidden")]
        case Reason.FROZEN:
            size = {"frozenRowCount": tab.frozen_rows, "frozenColumnCount": tab.frozen_columns}
            fields = ",".join(f"gridProperties.{name}" for name in size)
            return [_properties(tab, {"gridProperties": size}, fields)]
        case Reason.MERGED:
            return [{"unmergeCells": {"range": dict(one)}} for one in _merges(now, tab)]
        case Reason.FORMAT | Reason.INSERTED:
            return wire.look(_only_formats(tab))
        case Reason.COLUMNS | Reason.LEFTOVER:
            # Rows and columns took their looks along: all of ours again, but for the widths.
            return wire.look(replace(tab, widths=()))
        case Reason.HIDDEN:
            return wire.look(replace(tab, styles=(), widths=(), choices=()))
        case _:
            return []


def _properties(tab: Tab, wanted: Mapping[str, Any], fields: str) -> wire.Request:
    properties = {"sheetId": tab.id, **wanted}
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _only_formats(tab: Tab) -> Tab:
    """The tab with its number formats and hidden lines: colours and widths are people's taste."""
    styles = tuple(
        replace(one, style=Style(pattern=one.style.pattern))
        for one in tab.styles
        if one.style.pattern is not None
    )
    return replace(tab, styles=styles, widths=(), choices=())


def _of_book(state: State, book: Book) -> Iterator[Difference]:
    if state.zone != book.zone:
        yield Difference("", "", Reason.ZONE, book.zone, state.zone)
    if state.locale != book.locale:
        yield Difference("", "", Reason.LOCALE, book.locale, state.locale)
    if state.recalculates != _RECALCULATION:
        yield Difference("", "", Reason.RECALCULATION, _RECALCULATION, state.recalculates)


def _of_tab(now: TabState, tab: Tab) -> Iterator[Difference]:
    if now.title != tab.title:
        yield Difference(tab.title, "", Reason.TAB_RENAMED, tab.title, now.title)
    if tab.hidden and not now.hidden:
        yield Difference(tab.title, "", Reason.TAB_SHOWN, "", "")
    if now.rows < tab.rows or now.columns < tab.columns:
        wanted, found = f"{tab.rows}×{tab.columns}", f"{now.rows}×{now.columns}"
        yield Difference(tab.title, "", Reason.GRID_CUT, wanted, found)
    if now.frozen != (tab.frozen_rows, tab.frozen_columns):
        wanted, found = f"{tab.frozen_rows}×{tab.frozen_columns}", "×".join(map(str, now.frozen))
        yield Difference(tab.title, "", Reason.FROZEN, wanted, found)
    for one in _merges(now, tab):
        row, column = int(one.get("startRowIndex", 0)), int(one.get("startColumnIndex", 0))
        yield Difference(tab.title, a1(row, column), Reason.MERGED, "", "")


def _merges(now: TabState, tab: Tab) -> list[Mapping[str, Any]]:
    """Merged cells that reach into ours."""
    rows, columns = tab.used
    if tab.key in {"journal", "moves", "monthly"} or tab.keyed is not None:
        rows, columns = tab.rows, tab.columns
    return [
        one
        for one in now.merges
        if int(one.get("startRowIndex", 0)) < rows
        and int(one.get("startColumnIndex", 0)) < columns
    ]


def _of_objects(now: TabState, tab: Tab, email: str) -> Iterator[Difference]:
    wanted = wire.guard(tab, tab.guard, email)
    name = str(wanted["description"])
    guards = [one for one in now.guards if one.get("description") == name]
    if not guards or not same_guard(guards[0], wanted):
        yield Difference(tab.title, "", Reason.UNPROTECTED, name, "")
    charts = {one.get("chartId") for one in now.charts}
    for chart in tab.charts:
        if chart.id not in charts:
            yield Difference(tab.title, "", Reason.CHART, chart.title, "")
    views = {one.get("filterViewId"): one for one in now.views}
    for view in tab.views:
        found = views.get(view.id)
        if found is None or not same_view(found, wire.view(tab, view)):
            yield Difference(tab.title, "", Reason.VIEW, view.title, "" if found is None else "1")
    bands = {one.get("bandedRangeId") for one in now.bands}
    # Where a person made their own bands, ours would overlap them.
    if tab.bands and not bands:
        yield Difference(tab.title, "", Reason.BANDING, "", "")
    if rules_again(now, tab):
        yield Difference(tab.title, "", Reason.RULE, "", "")


def _of_looks(now: TabState, tab: Tab, seen: TabLook) -> Iterator[Difference]:
    if _strayed(tab, seen):
        yield Difference(tab.title, "", Reason.STRAYED, "", "")
    for choice in tab.choices:
        if not _same_choice(seen.choices.get((choice.row, choice.column)), tab, choice):
            yield Difference(tab.title, a1(choice.row, choice.column), Reason.CHOICE, "", "")
    for (row, column), pattern in sorted(_patterns(tab).items()):
        shown_as = seen.patterns.get((row, column), "")
        if shown_as != pattern and row < now.rows and column < now.columns:
            yield Difference(tab.title, a1(row, column), Reason.FORMAT, pattern, shown_as)
    shown = [
        column
        for start, end in tab.hidden_columns
        for column in range(start, min(end, now.columns))
        if column not in seen.hidden_columns
    ]
    rows = [
        row
        for start, end in tab.hidden_rows
        for row in range(start, min(end, now.rows))
        if row not in seen.hidden_rows
    ]
    if shown or rows:
        place = a1(0, shown[0]) if shown else a1(rows[0], 0)
        yield Difference(tab.title, place, Reason.HIDDEN, "", "")


def _strayed(tab: Tab, seen: TabLook) -> bool:
    """Whether looks stand beside their places: rows or columns moved, and values came back alone."""
    ours = [wire.choice(tab, one)["setDataValidation"]["rule"]["condition"] for one in tab.choices]
    places = {(one.row, one.column) for one in tab.choices}
    if any(found in ours for place, found in seen.choices.items() if place not in places):
        return True
    wanted = _bold(tab)
    lost, extra = wanted - seen.bold, seen.bold - wanted
    return any(
        sum((row + down, column + right) in extra for row, column in lost) >= STRAYED_CELLS
        for down, right in STEPS
    )


def _bold(tab: Tab) -> set[tuple[int, int]]:
    """The cells that the template makes bold, of the rows that are read with their looks."""
    last = FORMATTED_ROWS if tab.key in _ROWS_OF else tab.rows
    bold: set[tuple[int, int]] = set()
    for styled in tab.styles:
        area = styled.area
        end = last if area.rows is None else min(area.row + area.rows, last)
        cells = {
            (row, column)
            for row in range(area.row, end)
            for column in range(area.column, area.column + area.columns)
        }
        if styled.style.bold is True:
            bold |= cells
        elif styled.style.bold is False:
            bold -= cells
    return bold


def _same_choice(found: Mapping[str, Any] | None, tab: Tab, choice: Choice) -> bool:
    rule = wire.choice(tab, choice)["setDataValidation"].get("rule")
    if rule is None:
        return found is None
    wanted = rule["condition"]
    if found is None or found.get("type") != wanted["type"]:
        return False
    sides = ([_entry(one) for one in side.get("values", ())] for side in (found, wanted))
    return next(sides) == next(sides)


def _entry(value: Mapping[str, Any]) -> str:
    """A range of options by its meaning, an option by its text."""
    text = str(value.get("userEnteredValue", ""))
    return fingerprint(text) if text.startswith("=") else text


def _patterns(tab: Tab) -> dict[tuple[int, int], str]:
    """The number format that cells with numbers of ours must have; texts show what they are."""
    found: dict[tuple[int, int], str] = {}
    for styled in tab.styles:
        pattern, area = styled.style.pattern, styled.area
        if pattern is None:
            continue
        columns = range(area.column, area.column + area.columns)
        if area.rows is None and tab.key in {"journal", "moves", "monthly"}:
            # The first row speaks for its column.
            places = [(area.row, column) for column in columns]
        else:
            last = tab.used[0] if area.rows is None else area.row + area.rows
            rows = range(area.row, last)
            places = [(row, col) for row in rows for col in columns if (row, col) in tab.cells]
        for place in places:
            found[place] = pattern.value
    return {
        place: pattern
        for place, pattern in found.items()
        if pattern != Pattern.TEXT.value and not _shows_itself(tab, place)
    }


def _shows_itself(tab: Tab, place: tuple[int, int]) -> bool:
    """A text, and an entry: what people choose brings its own format."""
    cell = tab.cells.get(place)
    return cell is not None and (cell.entry or isinstance(cell.value, str))
