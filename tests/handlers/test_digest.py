"""What the owner is told without asking."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from handlers.digest import SpreadsheetYears, tell_head, tell_next_year, tell_troubles
from handlers.texts import Texts
from ledger.accounts import Account
from ledger.money import Money
from ledger.posting import About, TwoDates, expense
from store.database import Store
from store.unit import UnitOfWork
from tests.usecases.company_room import COMPANY, hire
from usecases.posting import post_all
from usecases.troubles import note_trouble

TEXTS = Texts(ZoneInfo("Europe/Moscow"))
DAY = date(2026, 3, 2)


async def notes(unit: UnitOfWork) -> list[str]:
    rows = await unit.outbox.claim("telegram", 20, timedelta(seconds=1))
    await unit.outbox.done(rows)
    return [row.payload["html"] for row in rows]


async def test_the_head_goes_to_the_owner_and_is_kept(sqlite_store: Store) -> None:
    await hire(sqlite_store)
    async with sqlite_store.write("test") as unit:
        await tell_head(unit, TEXTS)
        assert await notes(unit) == []
        place = Account.parse("desk:main")
        await post_all(
            unit, expense(About("k", "Игорь"), 407, place, Money(5), TwoDates(DAY, DAY))
        )
        await tell_head(unit, TEXTS)
        head = await unit.journal.head()
        assert head is not None
        (told,) = await notes(unit)
        kept = await unit.upkeep.setting("published-head")

    assert head[1][:16] in told
    assert (kept["number"], kept["hash"]) == head


async def fail(unit: UnitOfWork, reason: str) -> None:
    rows = await unit.outbox.claim("sheet", 1, timedelta(seconds=1))
    await unit.outbox.retry(rows, unit.now(), reason, uncertain=False)


async def test_a_trouble_is_told_once_and_again_when_it_changes(sqlite_store: Store) -> None:
    await hire(sqlite_store)
    async with sqlite_store.write("test") as unit:
        await unit.outbox.put("sheet", "operation:1")
        for _ in range(3):
            await fail(unit, "Google не пускает <бота>.")
        await tell_troubles(unit, TEXTS)
        early = await notes(unit)
        await fail(unit, "Google не пускает <бота>.")
        await tell_troubles(unit, TEXTS)
        await tell_troubles(unit, TEXTS)
        (told,) = await notes(unit)
        rows = await unit.outbox.claim("sheet", 1, timedelta(seconds=1))
        await unit.outbox.bury(rows, "сдались")
        await tell_troubles(unit, TEXTS)
        (dead,) = await notes(unit)

    assert early == []
    assert "Google-таблица" in told
    assert "&lt;бота&gt;" in told
    assert "/dead" in dead


async def test_a_refused_token_is_told_and_forgotten_when_it_is_over(sqlite_store: Store) -> None:
    await hire(sqlite_store)
    async with sqlite_store.write("test") as unit:
        await note_trouble(unit, "crm", "CRM не принимает токен.")
        await tell_troubles(unit, TEXTS)
        (told,) = await notes(unit)
        await note_trouble(unit, "crm", None)
        await tell_troubles(unit, TEXTS)
        over = await notes(unit)
        await note_trouble(unit, "crm", "CRM не принимает токен.")
        await tell_troubles(unit, TEXTS)
        again = await notes(unit)

    assert "CRM не принимает токен" in told
    assert over == []
    assert len(again) == 1


async def test_a_trouble_of_one_of_many_spreadsheets_names_it(sqlite_store: Store) -> None:
    await hire(sqlite_store)
    async with sqlite_store.write("test") as unit:
        await note_trouble(unit, "sheet:<Анна>", "Google отказал.")
        await tell_troubles(unit, TEXTS)
        (told,) = await notes(unit)
    assert "Google-таблица «&lt;Анна&gt;»" in told


async def test_the_owner_is_told_how_to_make_the_next_years_spreadsheet(
    sqlite_store: Store,
) -> None:
    await hire(sqlite_store)
    email = "bot@project.iam.gserviceaccount.com"
    async with sqlite_store.write("test") as unit:
        await tell_next_year(unit, TEXTS, COMPANY, SpreadsheetYears(frozenset({2025}), email))
        (told,) = await notes(unit)
        await tell_next_year(unit, TEXTS, COMPANY, SpreadsheetYears(frozenset({2027}), email))
        ready = await notes(unit)
    assert email in told
    assert "<code>from = 2027</code>" in told
    assert "[[sheet.years]]" in told
    assert ready == []
