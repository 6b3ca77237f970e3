"""The tables for people hold what the JSON holds."""

import pytest

from app import tables
from ledger.articles import PnlLine
from ledger.money import Money
from ledger.months import Month
from ledger.pnl import Pnl, Report
from store.reports import Basis
from tests.store.books import cash_payment, deal, line
from usecases.receivables import Bucket, Receivable
from usecases.reports import Accountable, Unconfirmed, Unexplained

MONTHS = (Month(2026, 1), Month(2026, 12))


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_a_year_of_months_is_cut_into_tables_that_fit(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(f"2026-{number:02d}", Pnl({PnlLine.REVENUE: number})) for number in range(1, 13)]
    total = Pnl({PnlLine.REVENUE: sum(range(1, 13))})

    tables.print_pnl(Report(tuple(rows), Pnl(), total), Basis.CASH, MONTHS)

    told = printed(capsys)
    assert told.count("EBITDA") == 3
    assert all(month in told for month, _ in rows)
    assert "0,78 ₽" in told


def test_common_costs_have_a_column_only_when_there_are_some(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tables.print_pnl(Report((), Pnl(), Pnl()), Basis.ACCRUAL, MONTHS)
    without = printed(capsys)
    costs = Pnl({PnlLine.ADMINISTRATIVE: 5})

    tables.print_pnl(Report((), costs, costs), Basis.ACCRUAL, MONTHS)

    assert "Общие" not in without
    assert "Общие" in printed(capsys)


def test_lists_are_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    money = Money(123_45)

    tables.print_accountable([Accountable("Анна", money, money, money, None)])
    tables.print_receivables([Receivable(deal(), money, money, money, None, Bucket.OLDER)])
    tables.print_unconfirmed([Unconfirmed(cash_payment(), deal(), "Анна", money, 3)])
    tables.print_unexplained([Unexplained(line(), 4)])

    told = printed(capsys)
    assert told.count("123,45 ₽") == 7
    assert all(words in told for words in ("Анна", "90+", "К-17", "пришло", "5 000 ₽"))
