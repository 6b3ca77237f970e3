"""Values as banks write them; what cannot be read is never guessed."""

from datetime import date

import pytest

from banking.formats.values import (
    clean_inn,
    clean_name,
    clean_unp,
    currency_named,
    currency_of,
    masks_agree,
    parse_balance,
    parse_day,
    parse_exact,
)
from ledger.money import BadAmount, Currency, Money


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29.02.2024", date(2024, 2, 29)),
        ("1.3.2026", date(2026, 3, 1)),
        ("29.02.24", date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29)),
        ("29.02.2024 10:15:00", date(2024, 2, 29)),
        ("2024-02-29T10:15:00", date(2024, 2, 29)),
        ("30.02.2024", None),
        ("00.01.2024", None),
        ("01.01.0001", None),
        ("", None),
        ("0", None),
        ("вчера", None),
    ],
)
def test_days(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("70000", 7_000_000),
        ("22.9", 2290),
        ("0", 0),
        ("0.00", 0),
        ("-15,50", -1550),
        ("1 234 567,89", 123_456_789),
        ("1\u00a0234,5", 123_450),
    ],
)
def test_balances_may_be_zero_or_below(text, minor):
    assert parse_balance(text, Currency.RUB) == Money(minor)


@pytest.mark.parametrize("text", ["", "abc", "12..5", "--5", "1e5"])
def test_a_balance_that_does_not_parse_is_refused(text):
    assert isinstance(parse_balance(text, Currency.RUB), BadAmount)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('ИНН 7707083893 ООО "А"', 'ООО "А"'),
        ('ИНН 7707083893/770701001 ООО "А"', 'ООО "А"'),
        ('7707083893, ООО "А"', 'ООО "А"'),
        ("500100732259 Иванов Иван", "Иванов Иван"),
        ("Инвест 2000", "Инвест 2000"),
        ("7707083893", "7707083893"),
    ],
)
def test_names_lose_the_inn_before_them(text, name):
    assert clean_name(text) == name


@pytest.mark.parametrize(
    ("text", "inn"),
    [
        ("7707083893", "7707083893"),
        (" 500100732259 ", "500100732259"),
        ("7707083894", None),
        ("0000000000", None),
        ("5", None),
        ("", None),
        ("٧٧٠٧٠٨٣٨٩٣", None),
    ],
)
def test_only_an_inn_with_right_check_digits_is_one(text, inn):
    assert clean_inn(text) == inn


def test_a_kazakh_number_has_twelve_digits():
    assert clean_inn("990140001234", kazakh=True) == "990140001234"
    assert clean_inn("9901400012", kazakh=True) is None


@pytest.mark.parametrize(
    ("account", "currency"),
    [
        ("40702810900000000101", Currency.RUB),
        ("40702643900000000101", Currency.RUB),
        ("40702840900000000101", Currency.USD),
        ("40702156900000000101", Currency.CNY),
        ("40702826900000000101", None),
        ("40702000900000000101", Currency.RUB),
        ("KZ00000A000000000001", Currency.KZT),
        ("006780000008", Currency.RUB),
    ],
)
def test_the_account_names_its_currency(account, currency):
    assert currency_of(account) is currency


@pytest.mark.parametrize(
    ("masked", "agrees"),
    [
        ("4070281090000000****", True),
        ("********************", False),
        ("4070281090000000*2**", False),
        ("40702810900000000101", False),
        ("4070*", False),
    ],
)
def test_a_masked_account_agrees_only_where_it_shows_something(masked, agrees):
    assert masks_agree(masked, "40702810900000000101") is agrees


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1500", "1500.00"),
        ("1500,", "1500.00"),
        ("000000000025,00", "25.00"),
        ("8.850", "8.85"),
        ("8,85000", "8.85"),
        ("0", "0.00"),
        ("0,00", "0.00"),
        ("1.234", None),
        ("1.2.3", None),
        ("-5", None),
        ("1 500", None),
        ("1e3", None),
        ("٣", None),
        ("", None),
        ("9" * 18, None),
    ],
)
def test_sums_of_interchange_formats_are_exact_or_nothing(text, plain):
    amount = parse_exact(text, Currency.HUF)
    assert (None if isinstance(amount, BadAmount) else amount.plain) == plain
    assert isinstance(amount, BadAmount) or amount.currency is Currency.HUF


@pytest.mark.parametrize(
    ("code", "currency"),
    [("RUR", Currency.RUB), (" huf ", Currency.HUF), ("ZZZ", None), ("", None)],
)
def test_currencies_are_known_by_their_codes(code, currency):
    assert currency_named(code) is currency


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("200000001", "200000001"),
        (" ma1234567 ", "MA1234567"),
        ("12345678", None),
        ("000000000", None),
        ("", None),
    ],
)
def test_a_belarusian_number_has_nine_signs(text, number):
    assert clean_unp(text) == number
