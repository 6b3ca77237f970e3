"""The plan of an installation: what is asked for over an empty, a full and a meddled spreadsheet."""

from dataclasses import replace
from functools import cache

from sheets import wire
from sheets.installing import State, TabState, plan, read_state, rules_again, taken_titles
from sheets.model import Book, Tab
from sheets.tabs.service_tab import TEMPLATE_VERSION
from sheets.tabs.template import template
from tests.sheets.ledgers import Books

EMAIL = "bot@demo.iam.gserviceaccount.com"
EMPTY = State("en_US", "Etc/GMT", "ON_CHANGE", {})


@cache
def book() -> Book:
    """Drawn once: nobody changes it."""
    return template(Books(()).facts)


def tab_state(tab: Tab, **changed: object) -> TabState:
    state = {
        "id": tab.id,
        "title": tab.title,
        "rows": tab.rows,
        "columns": tab.columns,
        "guards": ({**wire.guard(tab, tab.guard, EMAIL), "protectedRangeId": 1},),
        "rules": tuple(wire.rule(tab, one) for one in tab.rules),
        "charts": tuple({"chartId": one.id} for one in tab.charts),
        "views": tuple(wire.view(tab, one) for one in tab.views),
        "bands": tuple(wire.band(tab, area) for area in tab.bands),
    }
    return TabState(**{**state, **changed})


def full(**changed: TabState) -> State:
    tabs = {tab.id: changed.get(tab.key, tab_state(tab)) for tab in book().tabs}
    zone = "Europe/Moscow"
    return State("ru_RU", zone, "MINUTE", tabs, TEMPLATE_VERSION, book().signature)


def kinds(state: State) -> set[str]:
    return {next(iter(request)) for request in plan(state, book(), EMAIL).requests}


def test_an_empty_spreadsheet_gets_every_tab_before_any_formula() -> None:
    wanted = plan(EMPTY, book(), EMAIL)
    order = [next(iter(request)) for request in wanted.requests]
    assert order.count("addSheet") == len(book().tabs)
    last_tab = max(place for place, kind in enumerate(order) if kind == "addSheet")
    assert order.index("updateCells") > last_tab
    assert wanted.rewrite_rows


def test_a_full_spreadsheet_gets_only_values_again() -> None:
    assert kinds(full()) == {"updateCells", "setDataValidation", "repeatCell", "updateChartSpec"}
    assert not plan(full(), book(), EMAIL).rewrite_rows


def test_entries_are_written_anew_only_when_their_places_have_changed() -> None:
    def of_entries(state: State) -> int:
        wanted = plan(state, book(), EMAIL).requests
        return sum(one in wanted for one in wire.entries(book().by_key["pnl"]))

    entries = len(wire.entries(book().by_key["pnl"]))
    assert of_entries(full()) == 0
    assert of_entries(replace(full(), version=1)) == entries
    assert of_entries(EMPTY) == entries


def test_a_renamed_tab_gets_its_name_and_a_cut_grid_its_rows() -> None:
    journal = book().by_key["journal"]
    state = full(journal=tab_state(journal, title="Мой", rows=7))
    wanted = plan(state, book(), EMAIL)
    change = next(
        one["updateSheetProperties"] for one in wanted.requests if "updateSheetProperties" in one
    )
    assert change["properties"]["title"] == "Журнал"
    assert change["properties"]["gridProperties"] == {"rowCount": journal.rows}
    assert wanted.renamed == ("Журнал",)


def test_a_larger_grid_is_never_cut() -> None:
    journal = book().by_key["journal"]
    state = full(journal=tab_state(journal, rows=50_000, columns=90))
    assert "updateSheetProperties" not in kinds(state)


def test_a_persons_banding_and_rules_stay() -> None:
    journal = book().by_key["journal"]
    own_rule = {"booleanRule": {"condition": {"type": "NOT_BLANK"}}}
    theirs = tab_state(journal, bands=({"bandedRangeId": 5},), rules=(own_rule,))
    requests = plan(full(journal=theirs), book(), EMAIL).requests
    assert not [one for one in requests if "addBanding" in one or "updateBanding" in one]
    added = [
        one["addConditionalFormatRule"]["index"]
        for one in requests
        if "addConditionalFormatRule" in one
    ]
    assert added == [1]


def test_entries_are_written_to_new_tabs_only() -> None:
    def entered(state: State) -> list[str]:
        texts = []
        for request in plan(state, book(), EMAIL).requests:
            for row in request.get("updateCells", {}).get("rows", ()):
                texts += [
                    one.get("userEnteredValue", {}).get("stringValue") for one in row["values"]
                ]
        return [text for text in texts if text == "по оплате"]

    tabs = 1 + len(Books(()).facts.settings.dimensions)
    months = len(Books(()).facts.months)
    assert len(entered(EMPTY)) == tabs + months
    assert len(entered(full())) == months


def test_other_columns_mean_all_rows_again_and_an_unsigned_marker() -> None:
    old, drawn = full(), book()
    state = State(old.locale, old.zone, old.recalculates, old.tabs, TEMPLATE_VERSION, "other")
    wanted = plan(state, drawn, EMAIL)
    assert wanted.rewrite_rows
    service = str(drawn.by_key["service"].id)
    assert drawn.signature not in str([one for one in wanted.requests if service in str(one)])


def test_a_persons_tab_keeps_its_title_and_ours_takes_another() -> None:
    body = {"sheets": [{"properties": {"sheetId": 0, "title": "журнал"}}]}
    titles = taken_titles(read_state(body), book())
    assert titles == {"journal": "Журнал (Копейка)"}
    renamed = template(Books(()).facts, titles=titles)
    assert renamed.by_key["journal"].title == "Журнал (Копейка)"


def rule_requests(found: tuple[dict, ...]) -> list[dict]:
    """What is asked for the conditional formats of Сверка when these are there."""
    control = book().by_key["control"]
    return rules_again(tab_state(control, rules=found), control)


def own_rules() -> list[dict]:
    control = book().by_key["control"]
    return [wire.rule(control, one) for one in control.rules]


def test_a_rule_that_moved_with_its_rows_is_moved_back_and_not_doubled() -> None:
    first, *others = own_rules()
    condition = first["booleanRule"]["condition"]
    text = condition["values"][0]["userEnteredValue"]
    moved_text = text.replace("$2", "$3")
    moved = {
        "ranges": [{**first["ranges"][0], "startRowIndex": 2}],
        "booleanRule": {
            **first["booleanRule"],
            "condition": {**condition, "values": [{"userEnteredValue": moved_text}]},
        },
    }
    own = {"booleanRule": {"condition": {"type": "NOT_BLANK"}}}

    [request] = rule_requests((own, moved, *others))

    change = request["updateConditionalFormatRule"]
    assert moved_text != text
    assert (change["index"], change["rule"]) == (1, first)


def test_a_rule_that_was_copied_along_with_a_row_reaches_where_it_must() -> None:
    first, *others = own_rules()
    wider = {**first, "ranges": [*first["ranges"], {**first["ranges"][0], "startRowIndex": 90}]}

    [request] = rule_requests((wider, *others))

    assert request["updateConditionalFormatRule"]["rule"] == first
    assert rule_requests((first, *others)) == []
