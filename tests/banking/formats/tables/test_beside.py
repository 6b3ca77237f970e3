"""Accounts, periods and totals around a table."""

import pytest

from banking.formats.tables.beside import account_in, read_beside, read_sum
from banking.formats.tables.grid import Row
from banking.formats.tables.profile import Fact, packaged_profiles
from ledger.money import BadAmount, Currency, Money
from tests.banking.samples import OURS


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (f"Счет № {OURS} (RUR)", OURS),
        ("40702 810 9 0000 0000101", OURS),
        ("KZ86125KZT5004100100", "KZ86125KZT5004100100"),
        (f"{OURS}7", ""),
        ("1 000,00", ""),
    ],
)
def test_an_account_number_is_found_in_a_text(text, account):
    assert account_in(text) == account


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1 006 700,13 RUR", 100670013), ("+5,00", 500), ("0", 0), ("-22 500", -2250000)],
)
def test_a_sum_may_bear_a_sign_and_a_currency(text, minor):
    assert read_sum(text, Currency.RUB) == Money(minor)


def test_a_sum_that_is_unclear_is_none():
    assert isinstance(read_sum("12..4", Currency.RUB), BadAmount)


def beside(*rows, name="Сбер Бизнес"):
    profile = next(one for one in packaged_profiles() if one.name == name)
    numbered = [Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)]
    return read_beside(profile, numbered, Currency.RUB)


def test_balances_in_two_columns_are_credit_less_debit():
    found = beside(("", "Дебет", "Кредит"), ("Входящий остаток", "10,00", "0,00"))
    assert found.sums == {Fact.OPENING: Money(-1000)}


def test_a_period_in_words_is_a_period():
    found = beside(("за период с 04 января 2026 г.", "", "по 26 января 2026 г."))
    assert (found.start.isoformat(), found.end.isoformat()) == ("2026-01-04", "2026-01-26")


def test_a_total_that_cannot_be_read_is_a_problem_of_its_row():
    found = beside(("", "Дебет", "Кредит"), ("Итого оборотов", "1..0", "5,00"))
    assert [one.line for one in found.problems] == [2]
    assert found.sums == {Fact.CREDITED: Money(500)}
