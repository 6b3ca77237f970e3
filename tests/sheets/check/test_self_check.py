"""People meddle; the check names it, mends it, and leaves what is people's own."""

from collections.abc import AsyncIterator, Callable

import pytest

from sandbox.google_sheets.api import Access
from sheets.check.checking import Reason
from sheets.check.self_check import CheckReport, self_check
from sheets.problems import NotShared
from sheets.tabs.dimension_tab import DIMENSION_INPUTS, column_of
from sheets.tabs.ladder import FIGURES
from sheets.tabs.pnl_tab import FIRST_FIGURE_ROW, PNL_INPUTS
from store.database import Store
from tests.sheets.google import BOOK, Google, open_google
from world.clock import VirtualClock


@pytest.fixture
async def google(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Google]:
    """Five rows, written and true."""
    async with open_google(sqlite_store, clock) as opened:
        for number, manager in enumerate(("Анна", "Борис", "", "=1+1", "007"), 1):
            await opened.sell(f"p{number}", 1_000_000 * number, manager)
            await opened.spend(f"e{number}", 10_050 * number, manager)
        await opened.deliver()
        yield opened


def pnl_total(code: str) -> tuple[int, int]:
    """The place of a figure in «Итого» of a year."""
    return FIRST_FIGURE_ROW + [one.code for one in FIGURES].index(code), 13


async def check(google: Google, *, heal: bool = True) -> CheckReport:
    outcome = await self_check(google.channel, heal=heal)
    assert isinstance(outcome, CheckReport), outcome
    return outcome


Meddling = Callable[[Google], None]


def edits(google: Google) -> None:
    google.edit("Журнал", 3, 5, 12345)
    google.edit("Журнал", 3, 14, "не то")
    google.edit("Журнал", 2, 23, 1)
    google.edit("Журнал", 5, 5, "=2+2")
    google.edit("Журнал", 20, 0, "привет")
    google.edit("Журнал", 0, 5, "Деньги")


def broken_reports(google: Google) -> None:
    google.edit("ОПиУ", 4, 2, 100)
    google.edit("Города", 5, 4, 1)
    google.edit("Менеджеры", 1, 5, "весна")
    google.edit("Сверка", 23, 3, 1)
    google.edit("Справочники", 3, 1, "Моя статья")


def tabs_moved(google: Google) -> None:
    google.standin.rename_tab(BOOK, "Журнал", "Мой журнал")
    google.standin.delete_tab(BOOK, "Города")
    google.standin.lift_protection(BOOK, "Справочники")


MEDDLINGS: dict[str, tuple[Meddling, set[Reason]]] = {
    "sorted": (
        lambda google: google.standin.sort_range(BOOK, "Журнал!A2:AC11", 6, descending=True),
        {Reason.MOVED},
    ),
    "row inserted": (
        lambda google: google.standin.insert_row(BOOK, "Журнал", 4),
        {Reason.MOVED, Reason.INSERTED, Reason.SHIFTED},
    ),
    "row deleted": (
        lambda google: google.standin.delete_row(BOOK, "Журнал", 11),
        {Reason.MISSING, Reason.GRID_CUT, Reason.SHIFTED},
    ),
    "cells edited": (edits, {Reason.EDITED, Reason.EXTRA, Reason.VALUE, Reason.FIGURE}),
    "reports broken": (broken_reports, {Reason.FORMULA, Reason.ENTRY, Reason.VALUE}),
    "tabs moved": (tabs_moved, {Reason.TAB_RENAMED, Reason.TAB_MISSING, Reason.UNPROTECTED}),
    "journal deleted": (
        lambda google: google.standin.delete_tab(BOOK, "Журнал"),
        {Reason.TAB_MISSING, Reason.SHIFTED},
    ),
    "locale changed": (
        lambda google: google.standin.change_locale(BOOK, "de_DE"),
        {Reason.LOCALE},
    ),
}


async def test_an_untouched_spreadsheet_agrees(google: Google) -> None:
    report = await check(google)
    assert report.differences == ()
    assert report.rows == 10
    assert not report.healed


@pytest.mark.parametrize("what", MEDDLINGS)
async def test_meddling_is_named_and_mended(google: Google, what: str) -> None:
    meddle, reasons = MEDDLINGS[what]
    meddle(google)
    report = await check(google)
    assert reasons <= {one.reason for one in report.differences}
    assert report.healed or not reasons
    assert (await check(google)).differences == ()
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"
    assert [google.row(number)[0] for number in (1, 10, 11)] == [1, 10, None]


async def test_without_healing_nothing_is_written(google: Google) -> None:
    google.edit("Журнал", 3, 5, 12345)
    sent = len(google.writes())
    report = await check(google, heal=False)
    assert not report.agrees
    assert [one.place for one in report.differences] == ["F4"]
    assert len(google.writes()) == sent


async def test_what_people_chose_is_respected(google: Google) -> None:
    google.edit("ОПиУ", 1, 1, "по начислению")
    google.edit("Менеджеры", 1, 5, 46067)
    google.edit("Менеджеры", 1, 4, 46067)
    assert (await check(google)).differences == ()
    assert google.shown("ОПиУ", 1, 1) == "по начислению"


async def test_filters_and_shares_are_checked_for_what_is_chosen(google: Google) -> None:
    at = DIMENSION_INPUTS
    google.edit("ОПиУ", 1, PNL_INPUTS.first_dimension, "007")
    google.edit("Менеджеры", 1, at.column + 3, "по выручке")
    google.edit("Города", 1, at.first_dimension, "Не указано")
    google.edit("Каналы", 1, at.first_dimension, "")
    assert (await check(google)).differences == ()
    # The fifth sale less its costs; a third of the common costs goes to whom sold a third.
    assert google.shown("ОПиУ", *pnl_total("net_profit")) == 50_000 - 502.5
    assert google.shown("Менеджеры", 4, column_of("common_share")) == 100.5
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_a_figure_typed_over_a_filtered_report_is_named(google: Google) -> None:
    google.edit("Менеджеры", 1, DIMENSION_INPUTS.column + 3, "поровну")
    google.edit("Менеджеры", 4, column_of("common_share"), 1)
    report = await check(google)
    assert {one.reason for one in report.differences} >= {Reason.FORMULA, Reason.FIGURE}
    assert (await check(google)).differences == ()


@pytest.mark.parametrize(
    ("column", "word"),
    [
        (DIMENSION_INPUTS.column + 3, "по любви"),
        (DIMENSION_INPUTS.first_dimension, "анна"),
        (DIMENSION_INPUTS.first_dimension, "*"),
        (DIMENSION_INPUTS.first_dimension, 7),
    ],
)
async def test_an_entry_that_is_in_no_list_is_named_and_put_back(
    google: Google, column: int, word: object
) -> None:
    google.edit("Менеджеры", 1, column, word)
    report = await check(google)
    assert [one.reason for one in report.differences if one.place.endswith("2")] == [Reason.ENTRY]
    assert google.shown("Менеджеры", 1, column) in {"не распределять", "Все"}
    assert (await check(google)).differences == ()


async def test_rows_on_their_way_are_no_difference(google: Google) -> None:
    await google.spend("late", 777)
    report = await check(google, heal=False)
    assert report.agrees
    assert {one.reason for one in report.differences} == {Reason.WAITING}


async def test_people_keep_their_own_tab_and_notes(google: Google) -> None:
    google.edit("Лист1", 0, 0, "моё")
    google.edit("Журнал", 3, 5, 12345)
    await google.channel.rebuild()
    assert google.shown("Лист1", 0, 0) == "моё"
    assert (await check(google)).differences == ()


async def test_what_could_not_be_put_back_is_told_by_the_next_check(google: Google) -> None:
    google.standin.delete_column(BOOK, "ОПиУ", 9)
    google.standin.rename_tab(BOOK, "Города", "Сёла")
    google.standin.set_share(BOOK, Access.READER)
    assert isinstance(await self_check(google.channel, heal=True), NotShared)
    google.standin.set_share(BOOK, Access.WRITER)
    # Whatever is written next begins with the installation, which puts a good part back.
    await google.spend("later", 5)
    await google.deliver()

    report = await check(google)

    assert {Reason.TAB_RENAMED, Reason.GRID_CUT} <= {one.reason for one in report.differences}
    assert (await check(google)).differences == ()
