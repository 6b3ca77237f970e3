"""The sums of SQL are those that the ledger computes from the operations themselves."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from ledger.accounts import CASH_FLOW_KINDS, Account, AccountKind
from ledger.balances import balances
from ledger.cash_flow import Movement, cash_flow
from ledger.months import Month, months_between
from ledger.operations import Operation, OperationKind
from ledger.pnl import UNSPECIFIED, Fact, Report, by_dimension, by_month, placed_at
from ledger.seed import SEEDED_ARTICLES
from store.database import Store
from store.reports import Basis, Only
from tests.store.books import TODAY, append, expense, random_operations
from tests.store.coherent import assert_store_coherent

ARTICLES = {article.id: article for article in SEEDED_ARTICLES}
FIRST, LAST = Month(2026, 1), Month(2026, 4)
SEEDS = (1, 2, 3)


@pytest.fixture(params=SEEDS)
async def booked(store: Store, request: pytest.FixtureRequest) -> tuple[Store, list[Operation]]:
    """Two hundred random operations, in the books and as they are."""
    operations = random_operations(request.param, 200)
    async with store.write("test") as unit:
        await unit.journal.append_many(operations)
    return store, operations


Booked = tuple[Store, list[Operation]]


@pytest.mark.parametrize("basis", Basis)
async def test_profit_by_month_is_the_ledgers(booked: Booked, basis: Basis) -> None:
    store, operations = booked
    months = [str(month) for month in months_between(FIRST, LAST)]

    async with store.read() as unit:
        facts = await unit.reports.facts_by_month(basis, FIRST, LAST, ARTICLES)

    expected = by_month(_facts(operations, basis, None), months)
    assert _figures(by_month(facts, months)) == _figures(expected)
    await assert_store_coherent(store)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("dimension", ["менеджер", "салон", "город"])
async def test_profit_by_a_dimension_is_the_ledgers(
    booked: Booked, basis: Basis, dimension: str
) -> None:
    store, operations = booked

    async with store.read() as unit:
        facts = await unit.reports.facts_by_dimension(basis, FIRST, LAST, ARTICLES, dimension)

    expected = by_dimension(_facts(operations, basis, dimension))
    assert _figures(by_dimension(facts)) == _figures(expected)
    await assert_store_coherent(store)


@pytest.mark.parametrize("basis", Basis)
async def test_filters_keep_what_stands_in_their_rows(booked: Booked, basis: Basis) -> None:
    store, operations = booked
    values = sorted({pair for one in operations for pair in one.dimensions})
    chosen = [Only(code, name) for code, name in values]
    chosen += [Only(code, name) for code in ("салон", "город") for name in (UNSPECIFIED, None)]
    pairs = [(one,) for one in chosen]
    pairs += [(one, two) for one in chosen for two in chosen if one.dimension < two.dimension]
    months = [str(month) for month in months_between(FIRST, LAST)]
    async with store.read() as unit:
        for only in pairs:
            left = [one for one in operations if all(_stands(one, each) for each in only)]
            expected = by_month(_facts(left, basis, None), months)
            facts = await unit.reports.facts_by_month(basis, FIRST, LAST, ARTICLES, only)
            assert _figures(by_month(facts, months)) == _figures(expected), only
            by_salon = await unit.reports.facts_by_dimension(
                basis, FIRST, LAST, ARTICLES, "салон", only
            )
            of_left = by_dimension(_facts(left, basis, "салон"))
            assert _figures(by_dimension(by_salon)) == _figures(of_left), only


def _stands(operation: Operation, only: Only) -> bool:
    line = ARTICLES[operation.article].line
    value = dict(operation.dimensions).get(only.dimension)
    return line is not None and placed_at(value, line, bool(operation.deal)) == only.value


async def test_balances_are_the_fold_of_the_entries(booked: Booked) -> None:
    store, operations = booked
    until = TODAY + timedelta(days=10)
    paid = [one for one in operations if one.paid_on and one.paid_on <= until]

    async with store.read() as unit:
        assert await unit.reports.balances() == dict(balances(operations))
        assert await unit.reports.balances(until) == dict(balances(paid))
        for day, some in ((None, operations), (until, paid)):
            flow = {one: held for one, held in balances(some).items() if one.is_cash_flow}
            assert await unit.reports.balances_of(CASH_FLOW_KINDS, day) == flow
        for account, held in balances(operations).items():
            assert await unit.reports.balance(account) == held
            assert await unit.reports.balance(account, until) == balances(paid)[account]
    await assert_store_coherent(store)


async def test_cash_flow_is_that_of_the_operations(booked: Booked) -> None:
    store, operations = booked
    first, last = date(2026, 2, 1), date(2026, 3, 31)

    async with store.read() as unit:
        openings = await unit.reports.openings(first, last)
        movements = await unit.reports.movements(first, last, ARTICLES)

    until = [one for one in operations if one.paid_on and one.paid_on <= last]
    closing = {account: held for account, held in balances(until).items() if account.is_cash_flow}
    statement = cash_flow(openings, movements)
    assert statement == cash_flow(
        _openings(operations, first, last), _moves(operations, first, last)
    )
    assert statement.closing == sum(closing.values())
    await assert_store_coherent(store)


async def test_the_span_of_a_basis(booked: Booked) -> None:
    store, operations = booked
    paid = sorted(one.paid_on for one in operations if one.paid_on)
    accrued = sorted(one.accrued_on for one in operations if one.accrued_on)

    async with store.read() as unit:
        cash = await unit.reports.span(Basis.CASH)
        accrual = await unit.reports.span(Basis.ACCRUAL)

    assert cash == (Month.of(paid[0]), Month.of(paid[-1]))
    assert accrual == (Month.of(accrued[0]), Month.of(accrued[-1]))
    await assert_store_coherent(store)


async def test_empty_books_have_empty_reports(store: Store) -> None:
    async with store.read() as unit:
        assert await unit.reports.span(Basis.CASH) is None
        assert await unit.reports.balances() == {}
        assert await unit.reports.balance(Account.parse("desk:main")) == 0
        assert await unit.reports.facts_by_month(Basis.CASH, FIRST, LAST, ARTICLES) == []
    await assert_store_coherent(store)


async def test_sums_beyond_32_bits_are_exact(store: Store) -> None:
    await append(store, *(expense(f"e{number}", 10**13 - number) for number in range(5)))

    async with store.read() as unit:
        assert await unit.reports.balance(Account.parse("desk:main")) == -(5 * 10**13 - 10)
    await assert_store_coherent(store)


def _facts(operations: Iterable[Operation], basis: Basis, dimension: str | None) -> list[Fact]:
    """The summands, computed operation by operation."""
    facts = []
    for one in operations:
        cash = basis is Basis.CASH
        day, effect = (
            (one.paid_on, one.cash_effect) if cash else (one.accrued_on, one.accrual_effect)
        )
        line = ARTICLES[one.article].line
        if day is None or line is None or not FIRST <= Month.of(day) <= LAST:
            continue
        value = dict(one.dimensions).get(dimension or "")
        placed = placed_at(value, line, one.deal is not None) if dimension else str(Month.of(day))
        facts.append(Fact(placed, line, effect, ARTICLES[one.article].before_net))
    return facts


def _figures(report: Report) -> list[tuple[str, dict[str, int]]]:
    """The rows that hold something, the common remainder and the total, as figures."""
    rows = [(name, pnl.lines()) for name, pnl in report.rows]
    rows = [(name, lines) for name, lines in rows if any(lines.values())]
    return [*rows, ("common", report.common.lines()), ("total", report.total.lines())]


def _openings(operations: Iterable[Operation], first: date, last: date) -> dict[Account, int]:
    before = [
        one
        for one in operations
        if one.paid_on and (one.paid_on < first or (_opens(one) and one.paid_on <= last))
    ]
    return {account: held for account, held in balances(before).items() if account.is_cash_flow}


def _moves(operations: Iterable[Operation], first: date, last: date) -> list[Movement]:
    moves: Counter[tuple[Account, Account, int]] = Counter()
    for one in operations:
        if one.paid_on and first <= one.paid_on <= last and not _opens(one):
            back = one.kind is OperationKind.REVERSAL
            for entry in one.entries:
                # What is reversed never happened: it is taken from the way it went.
                sides = (entry.credit, entry.debit) if back else (entry.debit, entry.credit)
                moves[*sides, one.article] += -entry.amount.minor if back else entry.amount.minor
    found = []
    for (debit, credit, article), amount in moves.items():
        both = debit.is_cash_flow and credit.is_cash_flow
        activity = None if both else ARTICLES[article].activity
        name = ARTICLES[article].name
        found += [Movement(debit, name, activity, amount, 0)] if debit.is_cash_flow else []
        found += [Movement(credit, name, activity, 0, amount)] if credit.is_cash_flow else []
    return found


def _opens(operation: Operation) -> bool:
    """An opening balance, or the reversal of one."""
    sides = {side.kind for one in operation.entries for side in (one.debit, one.credit)}
    return AccountKind.OPENING in sides
