"""One spreadsheet a year: each kopeck in exactly one of them, balances carried from one to the next."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger.accounts import Account
from ledger.months import Month
from ledger.operations import Operation, reverse
from sheets.export import export_workbook
from sheets.facts import BookFacts, read_facts
from sheets.rows import Names, row_image
from sheets.tabs.cash_tab import cash_figures
from sheets.tabs.inputs import month_serial
from sheets.tabs.moves_tab import account_id, move_images
from store.database import Store
from store.reports import Basis
from store.scopes import Scope
from tests.sheets.computing import Reader, formualizer_reader, kopecks, pnl_columns
from tests.sheets.ledgers import ARTICLES, SETTINGS, SHAPE, ZONE, Books, ledgers
from tests.sheets.tabs.test_cash_tab import FROM, TO, books
from usecases.posting import post_all
from usecases.reports import cash_flow_report, pnl_report

YEARS = (Scope(None, 2026), Scope(2027, 2027), Scope(2028, None))
PERIODS = ((1, 12), (1, 1), (2, 3), (12, 12))


def three_years() -> list[Operation]:
    """The books of one year, of the next one, and operations that lie in two of them."""
    first = books()
    second = [
        replace(
            one,
            key=f"{one.key} again",
            paid_on=one.paid_on.replace(year=2027) if one.paid_on else None,
            accrued_on=date(2027, 5, 1) if one.accrued_on else None,
            reverses=None,
        )
        for one in first
    ]
    rent = replace(
        first[6], key="prepaid", paid_on=date(2026, 12, 31), accrued_on=date(2027, 1, 1)
    )
    late = replace(first[6], key="owed", paid_on=date(2028, 1, 1), accrued_on=date(2027, 12, 31))
    undone = reverse(rent, "prepaid back", date(2027, 2, 2), "Вера", "ошибка")
    return [*first, *second, rent, late, undone]


async def year_of(store: Store, scope: Scope) -> tuple[BookFacts, bytes]:
    settings = replace(SETTINGS, scope=scope)
    async with store.read() as unit:
        facts = await read_facts(unit, settings, live=False)
    return facts, await export_workbook(store, settings)


async def written(store: Store) -> None:
    async with store.write("test") as unit:
        await post_all(unit, three_years())


@given(ledgers())
def test_effects_of_all_years_together_are_those_of_the_ledger(ledger: Books) -> None:
    scopes = (Scope(None, 2025), Scope(2026, None))
    names = Names(ARTICLES, {}, {"p1": "Анна"}, ledger.ids, {})
    parts: list[tuple[int, str, object, object]] = []
    for scope in scopes:
        held = [one for one in ledger.sealed if scope.holds(one.operation)]
        rows = [
            row_image(one, SHAPE, names, ZONE, scope, place) for place, one in enumerate(held, 1)
        ]
        assert [row.place for row in rows] == list(range(1, len(rows) + 1))
        assert len({row.number for row in rows}) == len(rows)
        parts += [part for row in rows for part in counted(row.number, row.cells)]
    whole = [part for row in ledger.rows for part in counted(row.number, row.cells)]
    assert sorted(parts) == sorted(whole)


def counted(number: int, cells: tuple) -> list[tuple]:
    """What a row adds to sums: month and effect of each basis."""
    return [
        (
            number,
            basis,
            cells[SHAPE.places[f"{basis}_month"]],
            cells[SHAPE.places[f"{basis}_effect"]],
        )
        for basis in ("cash", "accrual")
        if cells[SHAPE.places[f"{basis}_month"]] is not None
    ]


@given(ledgers(), st.dates(date(2025, 11, 1), date(2026, 4, 30)))
def test_what_was_carried_and_what_moved_since_is_the_balance_of_any_month(
    ledger: Books, day: date
) -> None:
    scope, month = Scope(day.year, None), Month.of(day)
    rows = [
        image.cells
        for one in ledger.sealed
        if scope.holds(one.operation)
        for image in move_images(one, 0, ARTICLES, scope)
    ]
    accounts = {
        account
        for one in ledger.sealed
        for entry in one.operation.entries
        for account in (entry.debit, entry.credit)
        if account.is_cash_flow
    }
    for account in accounts:
        carried = balance(ledger, account, date(day.year - 1, 12, 31))
        moved = sum(
            int(cells[6] * 100)
            * ((cells[4] == account_id(account)) - (cells[5] == account_id(account)))
            for cells in rows
            if cells[1] is not None and cells[1] <= month_serial(month)
        )
        assert carried + moved == balance(ledger, account, month.last_day)


def balance(ledger: Books, account: Account, until: date) -> int:
    """Debit less credit of operations paid until a day."""
    entries = [
        entry
        for one in ledger.sealed
        if one.operation.paid_on and one.operation.paid_on <= until
        for entry in one.operation.entries
    ]
    return sum(
        entry.amount.minor * ((entry.debit == account) - (entry.credit == account))
        for entry in entries
    )


async def test_every_year_opens_with_the_balances_of_the_evening_before(
    sqlite_store: Store,
) -> None:
    await written(sqlite_store)
    for scope in YEARS[1:]:
        facts, content = await year_of(sqlite_store, scope)
        assert scope.first_year is not None
        async with sqlite_store.read() as unit:
            balances = await unit.reports.balances(date(scope.first_year - 1, 12, 31))
        read = formualizer_reader(content, {})
        block = {
            read("Справочники", row, 16): read("Справочники", row, 18) for row in range(2, 12)
        }
        for one in facts.cash.accounts:
            assert kopecks(block[account_id(one.account)]) == balances.get(one.account, 0)
        assert read("Справочники", 1, 18) == f"На 01.01.{scope.first_year}, ₽"


async def test_the_cash_flow_of_every_period_is_the_ledgers(sqlite_store: Store) -> None:
    await written(sqlite_store)
    for scope in YEARS:
        facts, content = await year_of(sqlite_store, scope)
        year = facts.months[0].year
        for period in PERIODS:
            first, last = (Month(year, number) for number in period)
            read = formualizer_reader(content, {FROM: month_serial(first), TO: month_serial(last)})
            async with sqlite_store.read() as unit:
                expected = cash_figures(facts, await cash_flow_report(unit, first, last))
            shown = {place: kopecks(read("ДДС", *place)) for place in expected}
            assert shown == expected, (scope, period)


async def test_accounts_and_the_control_tab_count_what_was_carried(sqlite_store: Store) -> None:
    await written(sqlite_store)
    for scope in YEARS:
        facts, content = await year_of(sqlite_store, scope)
        async with sqlite_store.read() as unit:
            balances = await unit.reports.balances(scope.last_day)
        read = formualizer_reader(content, {})
        money = sum(minor for account, minor in balances.items() if account.is_money)
        assert kopecks(read("Счета", 3, 1)) == money
        assert (read("Сверка", 1, 1), read("Сверка", 9, 1)) == ("СХОДИТСЯ", 0)
        assert read("Сверка", 2, 1) == facts.rows


async def test_the_profit_of_every_year_is_the_ledgers(sqlite_store: Store) -> None:
    await written(sqlite_store)
    for scope in YEARS:
        facts, content = await year_of(sqlite_store, scope)
        assert {month.year for month in facts.months} == {scope.first_year or scope.last_year}
        await assert_profit(sqlite_store, facts, formualizer_reader(content, {}))


async def assert_profit(store: Store, facts: BookFacts, read: Reader) -> None:
    async with store.read() as unit:
        found = await pnl_report(unit, Basis.CASH, None, facts.months[0], facts.months[-1])
    assert found is not None
    expected = [*(pnl.lines() for _, pnl in found[0].rows), found[0].total.lines()]
    assert pnl_columns(read, "ОПиУ", len(facts.months)) == expected
