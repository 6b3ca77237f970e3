"""One look, one comparison, one healing: afterwards the next look finds nothing to compare."""

from collections.abc import AsyncIterator

import pytest

from sandbox.google_sheets.api import Access
from sheets.check.checking import Reason
from sheets.check.comparing import Compared, compare, moved_columns
from sheets.check.healing import heal
from sheets.check.looking import Seen, look
from sheets.check.self_check import CheckReport, self_check
from sheets.problems import NotShared
from store.database import Store
from tests.sheets.google import BOOK, Google, open_google
from world.clock import VirtualClock


@pytest.fixture
async def google(sqlite_store: Store, clock: VirtualClock) -> AsyncIterator[Google]:
    """Two rows, written and true."""
    async with open_google(sqlite_store, clock) as opened:
        await opened.sell("a", 100000)
        await opened.spend("b", 500)
        await opened.deliver()
        yield opened


async def looked(google: Google) -> tuple[Seen, Compared]:
    seen = await look(google.channel)
    assert isinstance(seen, Seen), seen
    return seen, await compare(google.channel, seen, moved=bool(moved_columns(seen)))


async def test_what_differs_is_found_written_again_and_then_agrees(google: Google) -> None:
    google.edit("Журнал", 2, 5, 12345)
    google.edit("Журнал", 40, 0, "ниже последней строки")
    google.edit("ОПиУ", 4, 2, 100)
    google.standin.delete_tab(BOOK, "Города")
    seen, compared = await looked(google)
    reasons = {(one.tab, one.reason) for one in compared.differences}
    assert reasons >= {
        ("Журнал", Reason.EDITED),
        ("Журнал", Reason.EXTRA),
        ("ОПиУ", Reason.FORMULA),
        ("Города", Reason.TAB_MISSING),
    }

    assert await heal(google.channel, seen, compared, []) is None

    assert (await looked(google))[1].differences == ()


async def test_a_look_reads_all_rows_and_what_stands_beside_them(google: Google) -> None:
    google.standin.set_note(BOOK, "Журнал!C2", "спросить")
    seen, compared = await looked(google)
    assert compared.differences == ()
    assert [one.number for one in seen.rows.journal] == [1, 2]
    assert [text["note"] for text in seen.beside.values()] == ["спросить"]


async def test_without_a_share_there_is_a_problem_and_nothing_is_compared(google: Google) -> None:
    google.standin.set_share(BOOK, Access.DENIED)
    assert isinstance(await look(google.channel), NotShared)


async def test_columns_of_people_come_back_with_a_deleted_journal(google: Google) -> None:
    width = len(google.channel.shape.columns)
    google.standin.insert_column(BOOK, "Журнал", width, 4)
    google.edit("Журнал", 0, width + 3, "Моё")
    google.edit("Журнал", 2, width + 3, "перезвонить")
    assert isinstance(await self_check(google.channel, heal=True), CheckReport)
    google.standin.delete_tab(BOOK, "Журнал")
    assert isinstance(await self_check(google.channel, heal=True), CheckReport)
    assert google.shown("Журнал", 2, width + 3) == "перезвонить"
