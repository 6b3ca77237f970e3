"""The spreadsheets of a configuration: one is the present one, the others follow, all are audited."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.config_sheet import SheetConfig
from app.jobs import december_weeks
from app.sheet import BEAT_EVERY, SheetFace, build_sheet
from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import dimensions
from ledger.posting import About, client_payment
from sandbox.faults import FaultKind, FaultRule, Faults
from sandbox.google_sheets.api import Access
from sandbox.google_sheets.credentials import service_account_file
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sandbox.servers import run_standins
from store.database import Store
from usecases.company import Company
from usecases.dispatch import Dispatcher, Limits
from usecases.posting import post
from usecases.troubles import troubles
from world.clock import VirtualClock
from world.identity import seeded_chance

NAMES = ("book-all", "book-2027", "book-anna")
DAY = date(2026, 2, 14)


class Room:
    """A face over three spreadsheets on the stand-in."""

    def __init__(self, face: SheetFace, standin: GoogleSheetsStandin, faults: Faults) -> None:
        self.face = face
        self.standin = standin
        self.faults = faults

    async def sell(self, key: str, manager: str) -> None:
        about = About(key, "Вера", deal="amocrm:1", dimensions=dimensions({"manager": manager}))
        operation = client_payment(about, Account.parse("desk:main"), Money(500), DAY)
        async with self.face.store.write("test") as unit:
            await post(unit, operation)

    async def settle(self) -> None:
        clock = self.face.clock
        assert isinstance(clock, VirtualClock)
        chance = seeded_chance(1)
        dispatcher = Dispatcher(self.face.store, self.face.years, clock, chance, Limits())
        await self.face.beat_when_due()
        while await dispatcher.run_once():
            pass
        while await self.face.follow():
            pass

    async def troubles(self) -> dict[str, str]:
        async with self.face.store.read() as unit:
            return await troubles(unit)


@pytest.fixture
async def room(sqlite_store: Store, clock: VirtualClock, tmp_path: Path) -> AsyncIterator[Room]:
    faults = Faults()
    standin = GoogleSheetsStandin(clock, faults)
    for name in NAMES:
        standin.create({"spreadsheetId": name, "properties": {"title": name}})
    async with run_standins({"google_sheets": standin.app}) as urls:
        base = urls["google_sheets"]
        account = service_account_file(f"{base}/token")
        standin.trust(account)
        file = tmp_path / "google.json"
        file.write_text(json.dumps(account), encoding="utf-8")
        config = SheetConfig.model_validate(
            {
                "spreadsheet_id": NAMES[0],
                "service_account_file": file,
                "api_base": base,
                "years": [{"from": 2027, "spreadsheet_id": NAMES[1]}],
                "own": [{"value": "Анна", "spreadsheet_id": NAMES[2]}],
            }
        )
        face = build_sheet(config, sqlite_store, clock, Company())
        yield Room(face, standin, faults)
        face.close()


async def test_every_spreadsheet_agrees_and_the_audit_counts_all_of_them(room: Room) -> None:
    await room.sell("a", "Анна")
    await room.sell("b", "Борис")
    await room.settle()
    check = await room.face.book.check(room.face.store)
    assert check.differences == ()
    assert check.totals["rows"] == str(2 + 0 + 1)
    assert room.face.years_ahead.years == {2027}


async def test_the_audit_says_in_which_spreadsheet_something_differs(room: Room) -> None:
    await room.sell("a", "Анна")
    await room.settle()
    room.standin.edit_cell("book-anna", "'Журнал'!F2", 77)
    room.standin.set_share("book-2027", Access.DENIED)
    check = await room.face.book.check(room.face.store)
    things = {one.thing for one in check.differences}
    assert "2027: spreadsheet" in things
    assert "Анна: Журнал!F2" in things
    assert not [thing for thing in things if thing.startswith("Журнал")]


async def test_what_keeps_failing_with_a_follower_is_noted_once_and_forgotten(room: Room) -> None:
    await room.settle()
    await room.sell("a", "Анна")
    refusing = FaultRule(FaultKind.HTML, call="spreadsheets.batchUpdate")
    room.faults.replace([refusing])
    for _ in range(3):
        await room.face.follow()
        room.face.clock.advance(timedelta(minutes=5))
    assert await room.troubles() == {}
    await room.face.follow()
    assert {"sheet:Анна"} <= set(await room.troubles()) <= {"sheet:Анна", "sheet:2027"}
    room.faults.replace([])
    room.face.clock.advance(timedelta(minutes=5))
    await room.settle()
    assert await room.troubles() == {}


async def test_what_comes_in_a_burst_is_gathered_for_the_followers(room: Room) -> None:
    while await room.face.follow_when_rested():
        pass
    await room.sell("a", "Анна")
    assert await room.face.follow_when_rested() == 0
    room.face.clock.advance(timedelta(seconds=10))
    assert await room.face.follow_when_rested() == 2


async def test_a_heartbeat_is_queued_in_time(room: Room) -> None:
    assert [await room.face.beat_when_due() for _ in range(2)] == [1, 0]
    room.face.clock.advance(BEAT_EVERY)
    assert await room.face.beat_when_due() == 1


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ((11, 30, 12), None),
        ((12, 1, 4), None),
        ((12, 1, 6), "2026-12-week-1"),
        ((12, 7, 12), "2026-12-week-1"),
        ((12, 8, 12), "2026-12-week-2"),
        ((12, 31, 12), "2026-12-week-5"),
    ],
)
def test_december_has_five_weeks(day: tuple[int, int, int], period: str | None) -> None:
    now = datetime(2026, *day, tzinfo=UTC)
    assert december_weeks(now, Company()) == period
