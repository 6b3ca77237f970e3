"""gspread, unchanged, with a service account of its own: real keys, real JWT, real transport."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import gspread
import pytest
import requests

from sandbox.google_sheets.api import Access
from sandbox.google_sheets.credentials import ACCOUNT, LoopbackAdapter, service_account_file
from tests.sandbox.google_sheets_desk import BOOK, Desk, open_desk

SCOPES = ["https://www.googleapis.com/auth/spreadsheets"]


@pytest.fixture(scope="module")
def info() -> dict[str, Any]:
    return service_account_file("http://127.0.0.1:1/token")


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk("ru_RU", open_access=False, quota_per_minute=60) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk, info: dict[str, Any]) -> Iterator[gspread.Client]:
    account = {**info, "token_uri": f"{desk.base}/token"}
    desk.standin.trust(account)
    opened = gspread.service_account_from_dict(account, scopes=SCOPES)
    session = opened.http_client.session
    session.mount("https://sheets.googleapis.com", LoopbackAdapter(desk.base))
    yield opened
    session.close()


def test_gspread_writes_and_reads(client: gspread.Client, desk: Desk) -> None:
    tab = client.open_by_key(BOOK).worksheet("Журнал")

    tab.update([["Иванов", 100], ["Петров", "=B1*2"]], "A1", raw=False)

    assert tab.get("A1:B2") == [["Иванов", "100"], ["Петров", "200"]]
    assert desk.standin.violations == []


def test_the_bearer_expires_by_the_clock_and_is_asked_for_anew(
    client: gspread.Client, desk: Desk
) -> None:
    book = client.open_by_key(BOOK)

    desk.clock.advance(timedelta(hours=2))

    assert book.worksheet("Sheet1").id == 0


def test_an_unknown_account_gets_no_token(client: gspread.Client, desk: Desk) -> None:
    other = service_account_file(f"{desk.base}/token", "stranger@example.com")
    stranger = gspread.service_account_from_dict(other, scopes=SCOPES)

    with pytest.raises(Exception, match="account not found"):
        stranger.http_client.request("get", f"{desk.base}/v4/spreadsheets/{BOOK}")
    stranger.http_client.session.close()


def test_a_signature_by_another_key_gets_no_token(desk: Desk, info: dict[str, Any]) -> None:
    desk.standin.trust({**info, "token_uri": f"{desk.base}/token"})
    forged = service_account_file(f"{desk.base}/token", ACCOUNT)
    forger = gspread.service_account_from_dict(forged, scopes=SCOPES)

    with pytest.raises(Exception, match="Invalid JWT Signature"):
        forger.http_client.request("get", f"{desk.base}/v4/spreadsheets/{BOOK}")
    forger.http_client.session.close()


def test_without_a_share_the_spreadsheet_is_forbidden(client: gspread.Client, desk: Desk) -> None:
    desk.standin.set_share(BOOK, Access.DENIED)

    with pytest.raises(PermissionError):
        client.open_by_key(BOOK)


def test_a_reader_may_read_and_not_write(client: gspread.Client, desk: Desk) -> None:
    desk.standin.set_share(BOOK, Access.READER)
    tab = client.open_by_key(BOOK).worksheet("Sheet1")

    with pytest.raises(gspread.exceptions.APIError, match="403"):
        tab.update([["x"]], "A1")


def test_a_service_account_cannot_create_a_spreadsheet(client: gspread.Client, desk: Desk) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="403"):
        client.http_client.request(
            "post", "https://sheets.googleapis.com/v4/spreadsheets", json={}
        )


def test_a_made_up_bearer_is_unauthenticated(desk: Desk) -> None:
    reply = requests.get(
        f"{desk.base}/v4/spreadsheets/{BOOK}",
        headers={"Authorization": "Bearer conformance"},
        timeout=5,
    )

    assert reply.status_code == 401
    assert reply.json()["error"]["status"] == "UNAUTHENTICATED"
