"""What must be asked of Google so that a spreadsheet holds the template, whatever it holds now.

Pure: the present state (one `spreadsheets.get`) and the wanted workbook in, requests out. Tabs are
known by ids of our choosing, so a renamed one is found and named back, a deleted one is made again,
and people's own tabs are never touched. Formats are written to new tabs, and to all of ours when the
template's version is raised; values and formulas of ours always.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheets import wire
from sheets.formulas import fingerprint
from sheets.model import Book, Tab
from sheets.tabs.charting import chart
from sheets.tabs.service_tab import ENTRIES_SINCE, TEMPLATE_VERSION, unsigned
from sheets.wire import Request

__all__ = [
    "STATE_FIELDS",
    "Plan",
    "State",
    "TabState",
    "holds_others",
    "plan",
    "read_state",
    "rules_again",
    "taken_titles",
]

STATE_FIELDS = (
    "properties(title,locale,timeZone,autoRecalc),"
    "sheets(properties(sheetId,title,index,hidden,gridProperties),"
    "protectedRanges,conditionalFormats,bandedRanges,charts(chartId),filterViews,merges)"
)
MARKER_ROWS = 5
# A cell in a formula: `$B$7`, `C12`.
_CELL = re.compile(r"\$?[A-Z]{1,3}\$?\d+")
# Tabs whose rows are written apart from their other cells.
_OF_ROWS = {"journal", "moves", "monthly"}
# Rows are cleared below the last one; on the first tab people have room for notes.
_KEPT = {"start", *_OF_ROWS}


@dataclass(frozen=True, slots=True)
class TabState:
    """A tab as it is now; guards and what follows them but the last two are Google's JSON.

    `frozen` are rows and columns.
    """

    id: int
    title: str
    rows: int
    columns: int
    guards: tuple[Mapping[str, Any], ...]
    rules: tuple[Mapping[str, Any], ...]
    bands: tuple[Mapping[str, Any], ...]
    charts: tuple[Mapping[str, Any], ...] = ()
    views: tuple[Mapping[str, Any], ...] = ()
    merges: tuple[Mapping[str, Any], ...] = ()
    hidden: bool = False
    frozen: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class State:
    """The spreadsheet as it is now.

    `version`, `signature` and `upto` (every operation until there has its row) come from the marker,
    if there is one.
    """

    locale: str
    zone: str
    recalculates: str
    tabs: Mapping[int, TabState]
    version: int = 0
    signature: str = ""
    upto: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask for. `rewrite_rows`: the journal's columns are new, all rows must be written."""

    requests: list[Request]
    created: tuple[str, ...]
    renamed: tuple[str, ...]
    rewrite_rows: bool


def read_state(body: Mapping[str, Any], marker: Sequence[object] = ()) -> State:
    """The state from the reply to `STATE_FIELDS` and the marker's column of values."""
    properties = body.get("properties", {})
    tabs = [_tab_state(sheet) for sheet in body.get("sheets", [])]
    known = len(marker) >= MARKER_ROWS
    return State(
        locale=properties.get("locale", ""),
        zone=properties.get("timeZone", ""),
        recalculates=properties.get("autoRecalc", ""),
        tabs={tab.id: tab for tab in tabs},
        version=int(str(marker[3])) if known and str(marker[3]).isdigit() else 0,
        signature=str(marker[4]) if known else "",
        upto=int(str(marker[5])) if len(marker) > MARKER_ROWS and str(marker[5]).isdigit() else 0,
    )


def taken_titles(state: State, book: Book) -> dict[str, str]:
    """Other titles for our tabs whose title a person's own tab has, by key."""
    ours = {tab.id for tab in book.tabs}
    foreign = {tab.title.casefold() for tab in state.tabs.values() if tab.id not in ours}
    return {
        tab.key: f"{tab.title} (Копейка)" for tab in book.tabs if tab.title.casefold() in foreign
    }


def holds_others(state: State, book: Book, companys: Collection[int]) -> bool:
    """Whether tabs of the company, or another scope's rows, stand where an own spreadsheet shall be."""
    if set(companys) & state.tabs.keys():
        return True
    return bool(state.signature) and _scope(state.signature) != _scope(book.signature)


def plan(state: State, book: Book, email: str) -> Plan:
    """All that is missing or different; asking for it twice changes nothing more."""
    created = [tab for tab in book.tabs if tab.id not in state.tabs]
    renamed = [
        tab for tab in book.tabs if tab.id in state.tabs and state.tabs[tab.id].title != tab.title
    ]
    requests = _properties(state, book)
    for index, tab in enumerate(book.tabs):
        if tab in created:
            requests.append(wire.add_tab(tab, index))
        else:
            requests += _adjusted(state.tabs[tab.id], tab)
    rows_are_new = any(tab.key in _OF_ROWS for tab in created)
    rewrite = rows_are_new or state.signature != book.signature
    rescoped = bool(state.signature) and _scope(state.signature) != _scope(book.signature)
    upgrade = state.version != TEMPLATE_VERSION
    for tab in book.tabs:
        old = state.tabs.get(tab.id)
        if old is None or upgrade:
            requests += wire.look(tab)
        else:
            requests += [wire.choice(tab, one) for one in tab.choices]
        if old is not None and rescoped and tab.key not in _KEPT:
            # Fewer months, values or accounts than before: what is no longer overwritten must go.
            requests += wire.wipe(tab, max(old.columns, tab.columns))
        requests += wire.values(unsigned(tab) if rewrite and tab.key == "service" else tab)
        if old is None or 0 < state.version < ENTRIES_SINCE.get(tab.key, 2):
            requests += wire.entries(tab)
        elif tab.keyed is not None:
            rows = max(tab.rows, old.rows) - tab.used[0]
            requests.append(wire.clear(tab, tab.used[0], rows))
        requests += _kept_objects(old, tab, email)
    requests += drawn(state, book)
    return Plan(
        requests,
        tuple(tab.title for tab in created),
        tuple(tab.title for tab in renamed),
        rewrite,
    )


def _scope(signature: str) -> str:
    """The part of a signature that tells which operations the spreadsheet holds."""
    return signature.partition("-")[2]


def _tab_state(sheet: Mapping[str, Any]) -> TabState:
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    return TabState(
        id=int(properties.get("sheetId", 0)),
        title=str(properties.get("title", "")),
        rows=int(size.get("rowCount", 0)),
        columns=int(size.get("columnCount", 0)),
        guards=tuple(sheet.get("protectedRanges", ())),
        rules=tuple(sheet.get("conditionalFormats", ())),
        bands=tuple(sheet.get("bandedRanges", ())),
        charts=tuple(sheet.get("charts", ())),
        views=tuple(sheet.get("filterViews", ())),
        merges=tuple(sheet.get("merges", ())),
        hidden=bool(properties.get("hidden")),
        frozen=(int(size.get("frozenRowCount", 0)), int(size.get("frozenColumnCount", 0))),
    )


def _properties(state: State, book: Book) -> list[Request]:
    """The zone decides what NOW() means, the locale how sums and days are written."""
    wanted: dict[str, str] = {}
    if state.zone != book.zone:
        wanted["timeZone"] = book.zone
    if state.recalculates != "MINUTE":
        # The age of the last write must grow while somebody looks at it.
        wanted["autoRecalc"] = "MINUTE"
    if state.locale != book.locale:
        wanted["locale"] = book.locale
    if not wanted:
        return []
    fields = ",".join(wanted)
    return [{"updateSpreadsheetProperties": {"properties": wanted, "fields": fields}}]


def _adjusted(old: TabState, tab: Tab) -> list[Request]:
    """Our title back, and a grid that is large enough; it is never made smaller."""
    properties: dict[str, Any] = {"sheetId": tab.id}
    fields = []
    if old.title != tab.title:
        properties["title"] = tab.title
        fields.append("title")
    size: dict[str, int] = {}
    if old.rows < tab.rows:
        size["rowCount"] = tab.rows
    if old.columns < tab.columns:
        size["columnCount"] = tab.columns
    if size:
        properties["gridProperties"] = size
        fields += [f"gridProperties.{name}" for name in size]
    if not fields:
        return []
    return [{"updateSheetProperties": {"properties": properties, "fields": ",".join(fields)}}]


def _kept_objects(old: TabState | None, tab: Tab, email: str) -> list[Request]:
    """Protections, conditional formats and bandings: ours are recognised, people's are left."""
    return [*_guards(old, tab, email), *rules_again(old, tab), *_bands(old, tab)]


def _guards(old: TabState | None, tab: Tab, email: str) -> list[Request]:
    wanted = wire.guard(tab, tab.guard, email)
    found = [
        one for one in (old.guards if old else ()) if one.get("description") == tab.guard.name
    ]
    if not found:
        return [{"addProtectedRange": {"protectedRange": wanted}}]
    if len(found) == 1 and same_guard(found[0], wanted):
        return []
    mended = {**wanted, "protectedRangeId": found[0]["protectedRangeId"]}
    fields = ",".join(sorted(wanted))
    spare = [
        {"deleteProtectedRange": {"protectedRangeId": one["protectedRangeId"]}}
        for one in found[1:]
    ]
    return [{"updateProtectedRange": {"protectedRange": mended, "fields": fields}}, *spare]


def same_guard(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a protection still protects as ours does."""
    if bool(found.get("warningOnly")) != wanted["warningOnly"]:
        return False
    if found.get("unprotectedRanges", []) != wanted.get("unprotectedRanges", []):
        return False
    users = found.get("editors", {}).get("users", [])
    return set(wanted.get("editors", {}).get("users", [])) <= set(users)


def rules_again(old: TabState | None, tab: Tab) -> list[Request]:
    """Our conditional formats where they must reach; none when all is well.

    They have no names. One whose formula is another only by the cells it looks at, and that looks
    the same, is ours and was moved or copied with its rows; people's own are left.
    """
    found = list(enumerate(old.rules if old else ()))
    missing = []
    for one in (wire.rule(tab, one) for one in tab.rules):
        same = next((pair for pair in found if _same_rule(pair[1], one)), None)
        if same is None:
            missing.append(one)
        else:
            found.remove(same)
    requests: list[Request] = []
    added: list[Request] = []
    for one in missing:
        moved = next((pair for pair in found if _kin(pair[1]) == _kin(one)), None)
        if moved is not None:
            found.remove(moved)
            change = {"sheetId": tab.id, "index": moved[0], "rule": one}
            requests.append({"updateConditionalFormatRule": change})
            continue
        # Behind people's own rules, which go on deciding first.
        index = (len(old.rules) if old else 0) + len(added)
        added.append({"addConditionalFormatRule": {"rule": one, "index": index}})
    return requests + added


def _same_rule(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    ranges = found.get("ranges", ())
    if len(ranges) != len(wanted["ranges"]) or _formula(found) != _formula(wanted):
        return False
    pairs = zip(ranges, wanted["ranges"], strict=True)
    return all(one.get(name, 0) == must[name] for one, must in pairs for name in must)


def _kin(rule: Mapping[str, Any]) -> tuple[str, str]:
    """The formula without the cells' names, and the colours."""
    shown = rule.get("booleanRule", {}).get("format", {})
    colours = (
        shown.get("backgroundColorStyle"),
        shown.get("textFormat", {}).get("foregroundColorStyle"),
    )
    parts = [
        sorted((name, round(value, 3)) for name, value in _rgb(one).items() if value)
        for one in colours
    ]
    # A row that is gone took the cell along: `#REF!` stands where its name stood.
    return _CELL.sub("#", _formula(rule).replace("#REF!", "A1")), str(parts)


def _rgb(style: Mapping[str, Any] | None) -> Mapping[str, float]:
    found: Mapping[str, float] = (style or {}).get("rgbColor", {})
    return found


def _formula(rule: Mapping[str, Any]) -> str:
    condition = rule.get("booleanRule", {}).get("condition", {})
    texts = [str(one.get("userEnteredValue", "")) for one in condition.get("values", [])]
    return fingerprint(";".join(texts))


def _bands(old: TabState | None, tab: Tab) -> list[Request]:
    # Bandings may not overlap: where a person made one, theirs stays.
    known = {one.get("bandedRangeId"): one for one in (old.bands if old else ())}
    requests: list[Request] = []
    for area in tab.bands:
        wanted = wire.band(tab, area)
        found = known.get(wanted["bandedRangeId"])
        if found is None and not known:
            requests.append({"addBanding": {"bandedRange": wanted}})
        elif found is not None and found.get("range") != wanted["range"]:
            change = {"bandedRange": wanted, "fields": "range"}
            requests.append({"updateBanding": change})
    return requests


def drawn(state: State, book: Book) -> list[Request]:
    """Charts and filter views; where a person moved a chart to, there it stays."""
    charts = {one.get("chartId") for tab in state.tabs.values() for one in tab.charts}
    views = {one.get("filterViewId"): one for tab in state.tabs.values() for one in tab.views}
    requests: list[Request] = []
    for tab in book.tabs:
        requests += [chart(book, tab, one, new=one.id not in charts) for one in tab.charts]
        for view in tab.views:
            wanted = wire.view(tab, view)
            found = views.get(view.id)
            if found is None:
                requests.append({"addFilterView": {"filter": wanted}})
            elif not same_view(found, wanted) or found.get("range") != wanted["range"]:
                fields = ",".join(sorted(wanted.keys() - {"filterViewId"}))
                requests.append({"updateFilterView": {"filter": wanted, "fields": fields}})
    return requests


def same_view(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a filter view still shows what ours shows; its range moves with inserted rows."""
    return _view(found) == _view(wanted)


def _view(one: Mapping[str, Any]) -> tuple[Any, ...]:
    sorts = [
        (int(spec.get("dimensionIndex", 0)), spec.get("sortOrder", "ASCENDING"))
        for spec in one.get("sortSpecs", ())
    ]
    conditions = [
        (int(spec.get("columnIndex", 0)), spec.get("filterCriteria", {}).get("condition"))
        for spec in one.get("filterSpecs", ())
    ]
    return one.get("title"), sorts, conditions
