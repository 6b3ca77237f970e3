"""A journal that grows past the threshold: reports move to Свод by themselves, choices stay."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from sandbox.google_sheets.model import Formula
from sheets.check.checking import Reason
from sheets.check.self_check import CheckReport, self_check
from sheets.facts import DIRECT_ROWS_MAX
from sheets.tabs.dimension_tab import DIMENSION_INPUTS
from sheets.tabs.pnl_tab import PNL_INPUTS
from sheets.writer import Installed, SheetChannel
from store.database import Store
from tests.sheets.google import BOOK, SETTINGS, Google, open_google
from world.clock import VirtualClock

ROWS_MAX = 4
REPORTS = ("ОПиУ", "Менеджеры", "Города", "Пульт")
CHOSEN = {
    ("ОПиУ", PNL_INPUTS.column): "по начислению",
    ("ОПиУ", PNL_INPUTS.first_dimension): "Анна",
    ("Менеджеры", DIMENSION_INPUTS.column + 3): "по выручке",
    ("Города", DIMENSION_INPUTS.first_dimension): "Борис",
}


@pytest.fixture
async def google(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Google]:
    """As many rows as reports read directly, and people's choices."""
    settings = replace(SETTINGS, direct_rows_max=ROWS_MAX)
    async with open_google(sqlite_store, clock, settings) as opened:
        for number, manager in enumerate(("Анна", "Борис"), 1):
            await opened.sell(f"p{number}", 1_000_000 * number, manager)
            await opened.spend(f"e{number}", 10_050 * number, manager)
        await opened.deliver()
        for (title, column), word in CHOSEN.items():
            opened.edit(title, 1, column, word)
        yield opened


def read_by(google: Google) -> set[str]:
    """Which of the two tabs the reports' formulas read."""
    book = google.standin.shelf(BOOK).book
    sources = set()
    for title in REPORTS:
        sheet = book.sheet_titled(title)
        assert sheet is not None
        values = [cell.value for _, _, cell in sheet.used(sheet.box)]
        texts = "".join(one.text for one in values if isinstance(one, Formula))
        found = {one for one in ("Журнал", "Свод") if one in texts}
        assert found, title
        sources |= found
    return sources


def chosen(google: Google) -> dict[tuple[str, int], object]:
    return {(title, column): google.shown(title, 1, column) for title, column in CHOSEN}


async def found(google: Google, *, heal: bool = True) -> list[tuple[str, Reason]]:
    report = await self_check(google.channel, heal=heal)
    assert isinstance(report, CheckReport), report
    return [(one.tab, one.reason) for one in report.differences]


def started_again(google: Google, rows_max: int) -> SheetChannel:
    """Another life of the bot, with another threshold."""
    settings = replace(SETTINGS, direct_rows_max=rows_max)
    return SheetChannel(google.store, google.channel.transport, settings)


async def test_the_batch_that_passes_the_threshold_moves_the_reports(google: Google) -> None:
    assert read_by(google) == {"Журнал"}
    sent = len(google.writes())
    await google.sell("p3", 700_001, "Борис")
    await google.deliver()
    assert len(google.writes()) == sent + 1
    assert read_by(google) == {"Свод"}
    assert chosen(google) == CHOSEN
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"
    assert await found(google) == []
    board = {google.shown("Пульт", row, column) for row in range(60) for column in range(8)}
    assert 37_000.01 in board


async def test_the_reports_go_back_when_the_threshold_is_raised(google: Google) -> None:
    await google.sell("p3", 700_001)
    await google.deliver()
    for rows_max, source in ((DIRECT_ROWS_MAX, "Журнал"), (ROWS_MAX, "Свод")):
        google.channel = started_again(google, rows_max)
        assert await google.channel.install() == Installed()
        assert read_by(google) == {source}
        assert chosen(google) == CHOSEN
        assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"


async def test_rows_are_right_after_another_start_of_the_bot(google: Google) -> None:
    google.channel = started_again(google, ROWS_MAX)
    await google.sell("p3", 700_001)
    await google.spend("e3", 1, "Вера")
    await google.deliver()
    assert await found(google) == []
    assert google.shown("Свод", 1, 3) == 17_000.01


Meddling = Callable[[Google], None]
MEDDLINGS: dict[str, tuple[Meddling, Reason]] = {
    "edited": (lambda google: google.edit("Свод", 2, 3, 1), Reason.VALUE),
    "typed beside": (lambda google: google.edit("Свод", 60, 2, "моё"), Reason.EXTRA),
    "deleted": (lambda google: google.standin.delete_row(BOOK, "Свод", 2), Reason.MISSING),
    "inserted": (lambda google: google.standin.insert_row(BOOK, "Свод", 3), Reason.EXTRA),
    "sorted": (
        lambda google: google.standin.sort_range(BOOK, "Свод!A2:I7", 4, descending=True),
        Reason.VALUE,
    ),
    "gone": (lambda google: google.standin.delete_tab(BOOK, "Свод"), Reason.TAB_MISSING),
}


@pytest.mark.parametrize("what", MEDDLINGS)
async def test_meddling_with_the_sums_is_named_and_mended(google: Google, what: str) -> None:
    await google.sell("p3", 700_001)
    await google.deliver()
    meddle, reason = MEDDLINGS[what]
    meddle(google)
    if what == "edited":
        google.standin.shelf(BOOK).book.touch()
        assert google.shown("Сверка", 1, 1) == "РАСХОДИТСЯ"
    assert ("Свод", reason) in await found(google)
    assert await found(google) == []
    assert google.shown("Сверка", 1, 1) == "СХОДИТСЯ"
    assert chosen(google) == CHOSEN


async def test_sums_that_wait_for_their_operation_are_no_difference(google: Google) -> None:
    await google.sell("p3", 700_001)
    differences = await found(google, heal=False)
    assert {reason for _, reason in differences} == {Reason.WAITING}
    assert "Свод" in {tab for tab, _ in differences}
