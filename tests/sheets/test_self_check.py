"""People meddle; the check names it, mends it, and leaves what is people's own."""

from collections.abc import AsyncIterator, Callable

import pytest

from sheets.checking import Reason
from sheets.self_check import CheckReport, self_check
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


async def check(google: Google, *, heal: bool = True) -> CheckReport:
    outcome = await self_check(google.channel, heal=heal)
    assert isinstance(outcome, CheckReport), outcome
    return outcome


Meddling = Callable[[Google], None]

MEDDLINGS: dict[str, tuple[Meddling, Reason]] = {
    "sorted": (
        lambda google: google.standin.sort_range(BOOK, "Журнал!A2:AG11", 6, descending=True),
        Reason.MOVED,
    ),
    "row inserted": (lambda google: google.standin.insert_row(BOOK, "Журнал", 4), Reason.MOVED),
    "row deleted": (lambda google: google.standin.delete_row(BOOK, "Журнал", 11), Reason.MISSING),
    "sum edited": (lambda google: google.edit("Журнал", 3, 5, 12345), Reason.EDITED),
    "comment edited": (lambda google: google.edit("Журнал", 3, 16, "не то"), Reason.EDITED),
    "hidden effect edited": (lambda google: google.edit("Журнал", 2, 26, 1), Reason.EDITED),
    "formula pasted over": (lambda google: google.edit("Журнал", 2, 5, "=2+2"), Reason.EDITED),
    "written below": (lambda google: google.edit("Журнал", 20, 0, "привет"), Reason.EXTRA),
    "heading edited": (lambda google: google.edit("Журнал", 0, 5, "Деньги"), Reason.VALUE),
    "report formula broken": (lambda google: google.edit("ОПиУ", 4, 2, 100), Reason.FORMULA),
    "dimension figure broken": (lambda google: google.edit("Города", 5, 4, 1), Reason.FORMULA),
    "basis unreadable": (lambda google: google.edit("ОПиУ", 1, 1, "по любви"), Reason.ENTRY),
    "ledger total edited": (lambda google: google.edit("Сверка", 24, 3, 1), Reason.VALUE),
    "tab renamed": (
        lambda google: google.standin.rename_tab(BOOK, "Журнал", "Мой журнал"),
        Reason.TAB_RENAMED,
    ),
    "tab deleted": (lambda google: google.standin.delete_tab(BOOK, "Города"), Reason.TAB_MISSING),
    "journal deleted": (
        lambda google: google.standin.delete_tab(BOOK, "Журнал"),
        Reason.TAB_MISSING,
    ),
    "protection lifted": (
        lambda google: google.standin.lift_protection(BOOK, "Журнал"),
        Reason.UNPROTECTED,
    ),
    "locale changed": (lambda google: google.standin.change_locale(BOOK, "de_DE"), None),
}


async def test_an_untouched_spreadsheet_agrees(google: Google) -> None:
    report = await check(google)
    assert report.differences == ()
    assert report.rows == 10
    assert not report.healed


@pytest.mark.parametrize("what", MEDDLINGS)
async def test_meddling_is_named_and_mended(google: Google, what: str) -> None:
    meddle, reason = MEDDLINGS[what]
    meddle(google)
    report = await check(google)
    if reason is not None:
        assert reason in {one.reason for one in report.differences}
        assert report.healed
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
    google.edit("Менеджеры", 1, 7, 46067)
    assert (await check(google)).differences == ()
    assert google.shown("ОПиУ", 1, 1) == "по начислению"


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
