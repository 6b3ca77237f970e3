"""Every way a call can end has a name: done, certainly not done, too fast, or nobody knows."""

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.faults import FaultKind, FaultRule, Faults
from sandbox.google_sheets.api import Access
from sandbox.google_sheets.credentials import service_account_file
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sandbox.servers import run_standins
from sheets.problems import (
    BadKey,
    Busy,
    NotFound,
    NotShared,
    Problem,
    RefusedByGoogle,
    Unanswered,
    Unreachable,
    sentence,
)
from sheets.transport import Reply, SheetsTransport, TransportLimits
from world.clock import VirtualClock

BOOK = "book"
RENAME = [{"updateSpreadsheetProperties": {"properties": {"title": "Учёт"}, "fields": "title"}}]


class Desk:
    def __init__(self, base: str, standin: GoogleSheetsStandin, faults: Faults) -> None:
        self.base = base
        self.standin = standin
        self.faults = faults
        self.clock = VirtualClock(standin._clock.now())
        self.account = service_account_file(f"{base}/token")
        standin.trust(self.account)

    async def write(self, **changed: Any) -> Reply | Problem:
        options = {"account": self.account, "base_url": self.base, **changed}
        account, base = options.pop("account"), options.pop("base_url")
        transport = SheetsTransport(account, BOOK, self.clock, base_url=base, **options)
        try:
            return await transport.batch_update(RENAME)
        finally:
            transport.close()


@pytest.fixture
async def desk(clock: VirtualClock) -> AsyncIterator[Desk]:
    faults = Faults()
    standin = GoogleSheetsStandin(clock, faults)
    standin.create({"spreadsheetId": BOOK, "properties": {"title": "x"}, "sheets": []})
    async with run_standins({"google_sheets": standin.app}) as urls:
        yield Desk(urls["google_sheets"], standin, faults)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (FaultKind.LOST, Unanswered),
        (FaultKind.CUT, Unanswered),
        (FaultKind.RESET, Unanswered),
        (FaultKind.SERVER_ERROR, Unanswered),
        (FaultKind.HTML, Unanswered),
        (FaultKind.TOO_MANY, Busy),
    ],
)
async def test_each_fault_has_its_class(desk: Desk, kind: FaultKind, outcome: type) -> None:
    desk.faults.replace([FaultRule(kind, call="spreadsheets.batchUpdate")])
    assert isinstance(await desk.write(), outcome)


@pytest.mark.parametrize("kind", [FaultKind.CUT, FaultKind.SERVER_ERROR, FaultKind.HTML])
async def test_without_a_token_nothing_was_sent(desk: Desk, kind: FaultKind) -> None:
    desk.faults.replace([FaultRule(kind, call="token", times=9)])
    assert isinstance(await desk.write(), Unreachable)
    assert desk.standin.shelf(BOOK).book.properties["title"] == "x"


async def test_a_done_write_is_a_reply(desk: Desk) -> None:
    assert isinstance(await desk.write(), Reply)
    assert desk.standin.shelf(BOOK).book.properties["title"] == "Учёт"


async def test_a_share_taken_away_is_named(desk: Desk) -> None:
    desk.standin.set_share(BOOK, Access.READER)
    outcome = await desk.write()
    assert outcome == NotShared(desk.account["client_email"])
    assert desk.account["client_email"] in sentence(outcome)


async def test_a_spreadsheet_that_is_gone_is_named(desk: Desk) -> None:
    desk.standin.remove(BOOK)
    assert isinstance(await desk.write(), NotFound)


async def test_a_key_that_google_does_not_know_is_named(desk: Desk) -> None:
    stranger = service_account_file(f"{desk.base}/token")
    assert isinstance(await desk.write(account=stranger), BadKey)


async def test_a_damaged_key_file_is_named(desk: Desk) -> None:
    assert isinstance(await desk.write(account={**desk.account, "private_key": "?"}), BadKey)


async def test_a_refused_connection_is_certainly_not_done(desk: Desk) -> None:
    await desk.write()
    assert isinstance(await desk.write(base_url="http://127.0.0.1:9"), Unreachable)


async def test_a_request_that_means_nothing_is_refused_with_googles_words(desk: Desk) -> None:
    transport = SheetsTransport(desk.account, BOOK, desk.clock, base_url=desk.base)
    delete = [{"deleteSheet": {"sheetId": 5}}]
    outcome = await transport.batch_update(delete)
    transport.close()
    assert isinstance(outcome, RefusedByGoogle)
    assert outcome.status == 400
    assert "sheet" in outcome.message.lower()


async def test_a_silent_server_is_given_up(desk: Desk) -> None:
    desk.faults.replace([FaultRule(FaultKind.SLOW, call="spreadsheets.batchUpdate")])
    limits = TransportLimits(connect_timeout_s=0.05, read_timeout_s=0.1)
    started = time.monotonic()
    assert isinstance(await desk.write(limits=limits), Unanswered)
    assert time.monotonic() - started < 30


async def test_writes_are_spread_over_the_minute(desk: Desk) -> None:
    limits = TransportLimits(writes_per_minute=3)
    transport = SheetsTransport(desk.account, BOOK, desk.clock, base_url=desk.base, limits=limits)
    start = desk.clock.now()
    seconds = []
    for _ in range(7):
        await transport.batch_update(RENAME)
        seconds.append((desk.clock.now() - start).total_seconds())
    transport.close()
    assert seconds == [0, 20, 40, 60, 80, 100, 120]


@pytest.mark.parametrize(
    "problem",
    [
        NotShared("bot@x"),
        NotFound("bot@x", "id"),
        BadKey("bot@x", "invalid_grant"),
        Busy(30),
        Unreachable("DNS"),
        Unanswered("timeout"),
        RefusedByGoogle(400, "No grid with id: 5"),
    ],
)
def test_every_problem_says_that_the_books_are_safe(problem: Problem) -> None:
    assert "Учёт не пострадал" in sentence(problem)
