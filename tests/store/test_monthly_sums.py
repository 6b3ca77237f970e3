"""Sums of alike operations against the operations themselves, whole and piece by piece."""

from collections import Counter

import pytest

from ledger.accounts import Account, AccountKind
from ledger.months import Month
from ledger.operations import Operation, OperationKind
from store.database import Store
from store.monthly_sums import MonthlyMove, MonthlySum, monthly_moves, monthly_sums
from store.reports import Only
from store.scopes import EVERYTHING, Scope
from tests.sheets.test_workbook import hostile_books
from tests.store.books import append, random_operations

COUNT = 120
ANNA = Only("менеджер", "Анна")


@pytest.fixture
async def books(store: Store) -> Store:
    await append(store, *random_operations(7, COUNT))
    return store


def alike(operation: Operation) -> tuple:
    days = (operation.paid_on, operation.accrued_on)
    months = [Month.of(day) if day else None for day in days]
    return (*months, operation.article, operation.deal is not None, operation.dimensions)


def kind_of(one: MonthlySum) -> tuple:
    return (one.paid, one.accrued, one.article, one.of_deal, one.dimensions)


async def test_alike_operations_are_summed_in_the_order_in_which_the_first_came(
    books: Store,
) -> None:
    numbered = list(enumerate(random_operations(7, COUNT), 1))
    async with books.read() as unit:
        sums = await monthly_sums(unit)
    assert [one.first for one in sums] == sorted(one.first for one in sums)
    for one in sums:
        same = [(n, operation) for n, operation in numbered if alike(operation) == kind_of(one)]
        assert (one.first, one.last) == (same[0][0], same[-1][0])
        assert one.operations == len(same)
        assert one.cash == sum(operation.cash_effect for _, operation in same)
        assert one.accrual == sum(operation.accrual_effect for _, operation in same)
    assert sum(one.operations for one in sums) == COUNT


@pytest.mark.parametrize("cut", [0, 1, 50, COUNT])
async def test_what_comes_behind_a_number_adds_up_to_the_whole(books: Store, cut: int) -> None:
    async with books.read() as unit:
        whole, behind = await monthly_sums(unit), await monthly_sums(unit, cut)
    before = Counter(alike(one) for one in random_operations(7, COUNT)[:cut])
    assert all(one.first > cut for one in behind)
    assert Counter({kind_of(one): one.operations for one in behind}) + before == Counter(
        {kind_of(one): one.operations for one in whole}
    )


@pytest.mark.parametrize(
    "scope", [EVERYTHING, Scope(2026, 2026), Scope(None, 2025), Scope(2026, None, ANNA)]
)
async def test_only_operations_of_the_scope_are_counted(store: Store, scope: Scope) -> None:
    late = [one.operation for one in hostile_books().sealed]
    operations = [*random_operations(7, COUNT), *late]
    await append(store, *operations)
    held = [one for one in operations if scope.holds(one)]
    async with store.read() as unit:
        sums = await monthly_sums(unit, 0, scope)
    assert held
    assert Counter({kind_of(one): one.operations for one in sums}) == Counter(map(alike, held))


async def test_entries_of_paid_operations_are_summed_by_the_accounts_of_the_cash_flow(
    books: Store,
) -> None:
    amounts: Counter[tuple[object, ...]] = Counter()
    for operation in random_operations(7, COUNT):
        for entry in operation.entries if operation.paid_on else ():
            amounts[
                Month.of(operation.paid_on),
                operation.article,
                operation.kind is OperationKind.REVERSAL,
                side_of(entry.debit),
                side_of(entry.credit),
            ] += entry.amount.minor
    async with books.read() as unit:
        moves = await monthly_moves(unit)
        behind = await monthly_moves(unit, COUNT // 2)
    assert {move_kind(one): one.amount for one in moves} == amounts
    assert [one.first for one in moves] == sorted(one.first for one in moves)
    assert {one.first > COUNT // 2 for one in behind} == {True}
    assert {move_kind(one) for one in behind} <= set(amounts)


def side_of(account: Account) -> str:
    """The account, or what stands for all of its sort."""
    if account.is_cash_flow:
        return str(account)
    return "opening:-" if account.kind is AccountKind.OPENING else "client:-"


def move_kind(one: MonthlyMove) -> tuple[object, ...]:
    return (one.paid, one.article, one.reversal, str(one.debit), str(one.credit))
