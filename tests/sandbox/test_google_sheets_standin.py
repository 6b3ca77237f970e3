"""The gate: schema, quotas, faults, what is not modelled."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests

from sandbox.faults import Faults
from sandbox.google_sheets.schema import load_schema
from tests.sandbox.google_sheets_desk import BOOK, Desk, open_desk, put

# Wrong requests are what these tests are about.
pytestmark = pytest.mark.bad_sheets_requests


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def test_an_unknown_member_is_refused_in_googles_words(desk: Desk) -> None:
    message = desk.refused({"deleteSheet": {"sheet": 1}})

    assert message == (
        "Invalid JSON payload received. Unknown name \"sheet\" at 'requests[0].delete_sheet': "
        "Cannot find field."
    )
    assert len(desk.standin.violations) == 1


@pytest.mark.parametrize(
    ("request_body", "words"),
    [
        (
            {"deleteSheet": {"sheetId": "abc"}},
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"abc\"",
        ),
        (
            {"deleteSheet": {"sheetId": 1}, "addSheet": {}},
            "oneof field 'kind' is already set.",
        ),
        ({"copyPaste": {"pasteType": "PASTE_MAGIC"}}, "copy_paste.paste_type'"),
        ({"updateCells": {"rows": {}}}, "Invalid value at 'requests[0].update_cells.rows'"),
    ],
)
def test_a_wrong_shape_is_refused(desk: Desk, request_body: dict, words: str) -> None:
    assert words in desk.refused(request_body)


def test_an_unknown_query_value_is_refused(desk: Desk) -> None:
    status, reply = desk.call("GET", "/values/A1", valueRenderOption="PRETTY")

    assert status == 400
    assert "value_render_option" in reply["error"]["message"]


def test_an_unknown_field_in_a_selection_is_refused(desk: Desk) -> None:
    status, reply = desk.call("GET", "", fields="sheets.color")

    assert status == 400
    assert "sheets.color" in reply["error"]["message"]


def test_a_field_mask_is_needed_and_must_exist(desk: Desk) -> None:
    missing = desk.refused({"updateSheetProperties": {"properties": {"sheetId": 0}}})
    unknown = desk.refused(
        {"updateSheetProperties": {"properties": {"sheetId": 0}, "fields": "colour"}}
    )

    assert missing.startswith(
        "Invalid requests[0].updateSheetProperties: At least one field must be listed in 'fields'."
    )
    assert "Invalid field: colour" in unknown


def test_a_kind_that_is_not_modelled_is_answered_501_and_changes_nothing(desk: Desk) -> None:
    body = {"requests": [put(0, 0, 0, ["x"]), {"randomizeRange": {"range": {"sheetId": 0}}}]}

    status, _ = desk.call("POST", ":batchUpdate", body)

    assert status == 501
    assert desk.standin.not_modelled == ["request kind randomizeRange"]
    assert desk.read("Sheet1!A1") == []


def test_a_field_mask_that_is_not_modelled_is_answered_501(desk: Desk) -> None:
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    update = {"start": start, "rows": [], "fields": "textFormatRuns"}

    status, _ = desk.call("POST", ":batchUpdate", {"requests": [{"updateCells": update}]})

    assert status == 501


def test_a_body_that_is_not_json_is_refused(desk: Desk) -> None:
    url = f"{desk.base}/v4/spreadsheets/{BOOK}:batchUpdate"

    reply = desk.session.post(url, data="{", timeout=5)

    assert reply.status_code == 400


def test_an_unknown_route_is_googles_html_page(desk: Desk) -> None:
    reply = desk.session.get(f"{desk.base}/v4/spreadsheets/{BOOK}/rows", timeout=5)

    assert reply.status_code == 404
    assert reply.headers["Content-Type"].startswith("text/html")


def test_sixty_reads_and_sixty_writes_a_minute() -> None:
    with open_desk(quota_per_minute=60) as desk:
        reads = [desk.call("GET", "/values/A1")[0] for _ in range(61)]
        writes = [desk.call("POST", "/values/A1:clear")[0] for _ in range(61)]
        desk.clock.advance(timedelta(minutes=1))
        later = desk.call("GET", "/values/A1")[0]

        assert reads == [200] * 60 + [429]
        assert writes == [200] * 60 + [429]
        assert later == 200


def test_a_429_names_the_quota() -> None:
    with open_desk(quota_per_minute=0) as desk:
        status, reply = desk.call("POST", "/values/A1:clear")

        assert status == 429
        assert reply["error"]["status"] == "RESOURCE_EXHAUSTED"
        assert "Write requests per minute per user" in reply["error"]["message"]


def test_a_lost_answer_leaves_the_effect_behind() -> None:
    with open_desk(faults=Faults.parse("google_sheets:lost@1")) as desk:
        with pytest.raises(requests.ConnectionError):
            desk.type_in("Sheet1!A1", ["x"])

        assert desk.read("Sheet1!A1") == [["x"]]


def test_a_refused_call_leaves_nothing_behind() -> None:
    with open_desk(faults=Faults.parse("google_sheets/*update:refuse@1")) as desk:
        with pytest.raises(requests.ConnectionError):
            desk.type_in("Sheet1!A1", ["x"])

        assert desk.read("Sheet1!A1") == []


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("503", 503), ("502", 502)])
def test_faults_speak_as_google_does(kind: str, status: int) -> None:
    with open_desk(faults=Faults.parse(f"google_sheets:{kind}@1")) as desk:
        reply = desk.session.get(f"{desk.base}/v4/spreadsheets/{BOOK}", timeout=5)

        assert reply.status_code == status


def test_the_admin_calls_seed_share_show_and_remove(desk: Desk) -> None:
    admin = f"{desk.base}/_standin/spreadsheets"
    seeded = desk.session.post(admin, json={"spreadsheetId": "other"}, timeout=5)
    shared = desk.session.post(f"{admin}/other/share", json={"access": "denied"}, timeout=5)
    denied = desk.session.get(f"{desk.base}/v4/spreadsheets/other", timeout=5)
    removed = desk.session.delete(f"{admin}/other", timeout=5)
    gone = desk.session.get(f"{desk.base}/v4/spreadsheets/other", timeout=5)

    assert (seeded.status_code, shared.status_code, removed.status_code) == (200, 200, 200)
    assert (denied.status_code, gone.status_code) == (403, 404)


def test_the_grid_shows_values_formulas_and_formats(desk: Desk) -> None:
    desk.type_in("Sheet1!A1", ["=1/4", "25%"])

    grid = desk.session.get(f"{desk.base}/_standin/spreadsheets/{BOOK}/grid", timeout=5).json()

    first, second = grid["sheets"][0]["cells"]
    assert (first["text"], first["value"], first["formula"]) == ("0.25", 0.25, "=1/4")
    assert (second["text"], second["value"]) == ("25%", 0.25)


def test_calls_are_kept_for_tests_that_look_at_what_was_sent(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, ["x"]))

    seen = desk.standin.calls[-1]
    assert (seen.method, seen.status) == ("spreadsheets.batchUpdate", 200)
    assert "updateCells" in seen.body["requests"][0]


def test_the_admin_calls_list_what_there_is_and_report_what_was_wrong(desk: Desk) -> None:
    desk.refused({"deleteSheet": {"sheet": 1}})

    listed = desk.session.get(f"{desk.base}/_standin/spreadsheets", timeout=5).json()
    report = desk.session.get(f"{desk.base}/_standin/report", timeout=5).json()

    assert listed["spreadsheets"] == [{"spreadsheetId": BOOK, "title": "Учёт", "access": "writer"}]
    assert len(report["violations"]) == 1
    assert report["notModelled"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "", {"spreadsheetId": ""}, 400),
        ("POST", "", {"spreadsheetId": "x", "properties": {"locale": "zz_ZZ"}}, 400),
        ("POST", "", {"spreadsheetId": "x", "access": "sometimes"}, 400),
        ("POST", f"/{BOOK}/share", {"access": "sometimes"}, 400),
        ("POST", "/unknown/share", {"access": "writer"}, 404),
        ("GET", "/unknown/grid", None, 404),
        ("GET", f"/{BOOK}/grid?rows=many", None, 400),
        ("DELETE", "/unknown", None, 200),
    ],
)
def test_the_admin_calls_refuse_nonsense(
    desk: Desk, method: str, path: str, body: object, status: int
) -> None:
    url = f"{desk.base}/_standin/spreadsheets{path}"

    assert desk.session.request(method, url, json=body, timeout=5).status_code == status


def test_the_grid_can_be_asked_for_some_rows_of_one_tab(desk: Desk) -> None:
    desk.batch(put(0, 0, 0, [1], [2], [3]))

    url = f"{desk.base}/_standin/spreadsheets/{BOOK}/grid?sheet=Sheet1&from=1&rows=1"
    first, second = desk.session.get(url, timeout=5).json()["sheets"]

    assert [cell["value"] for cell in first["cells"]] == [2]
    assert first["usedRows"] == 3
    assert list(second) == ["properties"]


def test_a_reply_google_could_not_have_given_is_found() -> None:
    schema = load_schema()
    method = schema.find("GET", "/v4/spreadsheets/x")
    assert method is not None

    reply = {"sheets": [{"properties": {"sheetId": "7", "title": None}}], "colour": 1}

    assert len(schema.check_reply(method, reply)) == 3


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "Unexpected value for BatchUpdateSpreadsheetRequest"),
        ({"requests": [None]}, ""),
        ({"requests": [1]}, "apps.sheets.v4.Request"),
        ({"includeSpreadsheetInResponse": "yes"}, "(TYPE_BOOL)"),
        ({"responseRanges": [1]}, "(TYPE_STRING)"),
        ({"requests": [{"updateSheetProperties": {"fields": 5}}]}, "(TYPE_STRING)"),
        (
            {"requests": [{"addNamedRange": {"namedRange": {"range": {"endRowIndex": 1.5}}}}]},
            "(TYPE_INT32)",
        ),
        (
            {"requests": [{"updateSheetProperties": {"properties": {"tabColor": {"red": "x"}}}}]},
            "(TYPE_DOUBLE)",
        ),
        ({"requests": [{"addFilterView": {"filter": {"criteria": 5}}}]}, "Struct"),
        (
            {"requests": [{"addFilterView": {"filter": {"criteria": {"0": {"x": 1}}}}}]},
            'Unknown name "x"',
        ),
    ],
)
def test_a_wrong_shape_is_refused_wherever_it_is(desk: Desk, body: object, words: str) -> None:
    status, reply = desk.call("POST", ":batchUpdate", body)

    assert status == 400
    assert words in reply["error"]["message"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"includeGridData": "maybe"}, "TYPE_BOOL"),
        ({"rangez": "A1"}, 'Unknown name "rangez"'),
        ({"fields": "sheets("}, "Error expanding 'fields' parameter"),
        ({"fields": "sheets)"}, "Error expanding 'fields' parameter"),
    ],
)
def test_a_wrong_query_is_refused(desk: Desk, query: dict, words: str) -> None:
    status, reply = desk.call("GET", "", **query)

    assert status == 400
    assert words in reply["error"]["message"]


def test_a_list_is_no_cell(desk: Desk) -> None:
    body = {"values": [[["nested"]]]}

    status, reply = desk.call("PUT", "/values/A1", body, valueInputOption="RAW")

    assert status == 400
    assert reply["error"]["message"] == "Invalid values[0][0]: list_value"


def test_a_reading_call_takes_no_body(desk: Desk) -> None:
    assert desk.call("GET", "", {"x": 1})[0] == 400
