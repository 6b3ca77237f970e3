"""The channel against the stand-in: install, write, lost answers, quotas, refusals."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.faults import FaultKind, FaultRule
from sandbox.google_sheets.api import Access
from sheets.check.self_check import CheckReport, self_check
from sheets.problems import NotFound, NotShared, sentence
from sheets.writer import Installed
from store.database import Store
from tests.sheets.google import BOOK, Google, open_google
from world.clock import VirtualClock


@pytest.fixture
async def google(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Google]:
    async with open_google(sqlite_store, clock) as opened:
        yield opened


BATCH = "spreadsheets.batchUpdate"


async def test_the_template_is_installed_beside_the_owners_own_tab(google: Google) -> None:
    outcome = await google.channel.install()
    assert isinstance(outcome, Installed)
    assert google.titles()[-1] == "Лист1" or "Лист1" in google.titles()
    assert {"ОПиУ", "Менеджеры", "Каналы", "Журнал", "Сверка"} <= set(google.titles())


async def test_installing_twice_changes_nothing_more(google: Google) -> None:
    await google.channel.install()
    before = google.titles()
    again = await google.channel.install()
    assert again == Installed()
    assert google.titles() == before
    kinds = {next(iter(one)) for one in google.writes()[-1].body["requests"]}
    # The same again at the same places; repeatCell empties what lies under the keyed rows.
    assert kinds == {"updateCells", "setDataValidation", "updateChartSpec", "repeatCell"}


async def test_an_expense_is_one_request_and_shows_in_every_report(google: Google) -> None:
    await google.channel.install()
    sent = len(google.writes())
    await google.spend("e1", 50_000)
    await google.deliver()
    assert len(google.writes()) == sent + 1
    assert await google.waiting() == 0
    assert google.row(1)[:6] == [1, 46067, 46067, "Расход", "Транспорт", 500]
    assert google.shown("ОПиУ", 8, 2) == 500
    assert google.shown("Менеджеры", 4, 0) == "Анна"
    assert google.shown("Менеджеры", 4, 6) == 500
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_a_lost_answer_is_written_again_and_leaves_one_row(google: Google) -> None:
    await google.channel.install()
    google.faults.replace([FaultRule(FaultKind.LOST, call=BATCH, times=1)])
    await google.spend("e1", 50_000)
    await google.spend("e2", 70_000)
    await google.deliver()
    assert await google.waiting() == 2
    await google.deliver()
    assert await google.waiting() == 0
    assert [google.row(number)[0] for number in (1, 2, 3)] == [1, 2, None]
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.TOO_MANY,
        FaultKind.SERVER_ERROR,
        FaultKind.HTML,
        FaultKind.CUT,
        FaultKind.RESET,
        FaultKind.REFUSE,
    ],
)
async def test_any_fault_delays_the_row_and_never_doubles_it(
    google: Google, kind: FaultKind
) -> None:
    await google.channel.install()
    google.faults.replace([FaultRule(kind, call=BATCH, times=2)])
    await google.spend("e1", 50_000)
    await google.deliver()
    assert await google.waiting() == 1
    await google.deliver(rounds=4)
    assert await google.waiting() == 0
    assert [google.row(number)[0] for number in (1, 2)] == [1, None]


async def test_without_a_share_the_owner_is_told_whom_to_let_in(google: Google) -> None:
    google.standin.set_share(BOOK, Access.DENIED)
    outcome = await google.channel.install()
    assert isinstance(outcome, NotShared)
    assert google.channel.transport.email in sentence(outcome)
    await google.spend("e1", 50_000)
    await google.deliver()
    assert await google.waiting() == 1
    google.standin.set_share(BOOK, Access.WRITER)
    report = await self_check(google.channel, heal=True)
    assert isinstance(report, CheckReport)
    assert report.sentences == ("Вкладок бота в таблице не было: все сделаны и заполнены.",)
    await google.deliver(rounds=2)
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_after_a_surprise_nothing_is_written_before_the_check(google: Google) -> None:
    await google.channel.install()
    google.standin.set_share(BOOK, Access.READER)
    await google.spend("e1", 50_000)
    await google.deliver()
    google.standin.set_share(BOOK, Access.WRITER)
    google.edit("Менеджеры", 0, 0, "чужое")
    revision = google.standin.shelf(BOOK).book.revision
    await google.deliver(rounds=3)
    assert google.standin.shelf(BOOK).book.revision == revision

    report = await self_check(google.channel, heal=True)
    assert isinstance(report, CheckReport)
    assert any("чужое" in one for one in report.sentences)
    await google.deliver(rounds=2)
    assert await google.waiting() == 0
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_a_spreadsheet_that_is_gone_is_named(google: Google) -> None:
    google.standin.remove(BOOK)
    outcome = await google.channel.install()
    assert outcome == NotFound(google.channel.transport.email, BOOK)


async def test_a_tab_deleted_by_a_person_comes_back_with_all_rows(google: Google) -> None:
    await google.spend("e1", 50_000)
    await google.spend("e2", 70_000)
    await google.deliver()
    google.standin.delete_tab(BOOK, "Журнал")
    await google.spend("e3", 10_000)
    await google.deliver()
    assert isinstance(await self_check(google.channel, heal=True), CheckReport)
    await google.deliver(rounds=2)
    assert [google.row(number)[0] for number in (1, 2, 3)] == [1, 2, 3]
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_formulas_of_people_arrive_as_text(google: Google) -> None:
    hostile = '=IMPORTXML("http://x","//a")'
    await google.spend("e1", 50_000, manager=hostile, comment="<b>=1+1</b>")
    await google.deliver()
    assert google.shown("Менеджеры", 4, 0) == hostile
    assert "<b>=1+1</b>" in google.row(1)
    formulas = [
        value["userEnteredValue"]["formulaValue"]
        for call in google.writes()
        for request in call.body["requests"]
        for row in request.get("updateCells", {}).get("rows", ())
        for value in row["values"]
        if "formulaValue" in value.get("userEnteredValue", {})
    ]
    assert formulas
    assert not [one for one in formulas if "IMPORTXML" in one or "<b>" in one]


async def test_a_silent_worker_turns_the_check_red(google: Google) -> None:
    await google.channel.install()
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"
    google.clock.advance(timedelta(minutes=31))
    google.standin.shelf(BOOK).book.touch()
    assert google.shown("Сверка", 1, 1) == "БОТ МОЛЧИТ"
