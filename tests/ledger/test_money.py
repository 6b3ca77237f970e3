"""Amounts as people write them, and sums that divide to the kopeck."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.money import (
    MINOR_MAX,
    BadAmount,
    BadAmountReason,
    Currency,
    Money,
    parse_amount,
    split,
    total,
)

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"

ACCEPTED = [
    ("500", 500_00),
    ("1 500", 1_500_00),
    (f"1{NBSP}500", 1_500_00),
    (f"1{NARROW}500", 1_500_00),
    (f"1{THIN}500,5", 1_500_50),
    ("  500\t\n", 500_00),
    ("12 500,50", 12_500_50),
    ("12 500.50", 12_500_50),
    ("12500.5", 12_500_50),
    ("12500,05", 12_500_05),
    ("1 234 567,89", 1_234_567_89),
    ("1,234,567.89", 1_234_567_89),
    ("1.234.567,89", 1_234_567_89),
    ("1,500.00", 1_500_00),
    ("1.500,00", 1_500_00),
    ("1,234,567", 1_234_567_00),
    ("1.234.567", 1_234_567_00),
    ("500 ₽", 500_00),
    ("500₽", 500_00),
    (f"15{NBSP}000{NBSP}₽", 15_000_00),
    ("40 р.", 40_00),
    ("40р", 40_00),
    ("40 РУБ", 40_00),
    ("40 руб.", 40_00),
    ("40 рублей", 40_00),
    ("2 рубля", 2_00),
    ("1 рубль", 1_00),
    ("40 RUB", 40_00),
    ("0,01", 1),
    ("0.5", 50),
    ("007", 7_00),
    ("1 410 000,50", 1_410_000_50),
    ("100000000000", MINOR_MAX),
]

REFUSED = [
    ("", BadAmountReason.EMPTY),
    ("  ", BadAmountReason.EMPTY),
    (NBSP, BadAmountReason.EMPTY),
    ("₽", BadAmountReason.EMPTY),
    ("-5", BadAmountReason.NEGATIVE),
    ("−5", BadAmountReason.NEGATIVE),
    ("–5 ₽", BadAmountReason.NEGATIVE),
    ("-1.500", BadAmountReason.NEGATIVE),
    ("1.500", BadAmountReason.AMBIGUOUS),
    ("1,500", BadAmountReason.AMBIGUOUS),
    ("123.456", BadAmountReason.AMBIGUOUS),
    ("0,005", BadAmountReason.AMBIGUOUS),
    ("1.500 ₽", BadAmountReason.AMBIGUOUS),
    ("12,5,0", BadAmountReason.UNCLEAR),
    ("1e9", BadAmountReason.UNCLEAR),
    ("0x10", BadAmountReason.UNCLEAR),
    ("+5", BadAmountReason.UNCLEAR),
    ("(5)", BadAmountReason.UNCLEAR),
    ("5-", BadAmountReason.UNCLEAR),
    ("5.", BadAmountReason.UNCLEAR),
    (",5", BadAmountReason.UNCLEAR),
    ("1.5.0", BadAmountReason.UNCLEAR),
    ("1234.567", BadAmountReason.UNCLEAR),
    ("1 234,567", BadAmountReason.UNCLEAR),
    ("12 34", BadAmountReason.UNCLEAR),
    ("1  500", BadAmountReason.UNCLEAR),
    ("1 5000", BadAmountReason.UNCLEAR),
    ("12,34,567.89", BadAmountReason.UNCLEAR),
    ("1,234.567,89", BadAmountReason.UNCLEAR),
    ("1'500", BadAmountReason.UNCLEAR),
    ("1_500", BadAmountReason.UNCLEAR),
    ("5к", BadAmountReason.UNCLEAR),
    ("5 тыс", BadAmountReason.UNCLEAR),
    ("пять тысяч", BadAmountReason.UNCLEAR),
    ("5 руб 50 коп", BadAmountReason.UNCLEAR),
    ("٥٠٠", BadAmountReason.UNCLEAR),
    ("½", BadAmountReason.UNCLEAR),
    ("NaN", BadAmountReason.UNCLEAR),
    ("inf", BadAmountReason.UNCLEAR),
    ("500 100 ₽ 20", BadAmountReason.UNCLEAR),
    ("9" * 40, BadAmountReason.TOO_LARGE),
    ("9" * 41, BadAmountReason.TOO_LARGE),
    ("9" * 5000, BadAmountReason.TOO_LARGE),
    ("5" + " " * 40 + "5", BadAmountReason.UNCLEAR),
    ("100000000000,01", BadAmountReason.TOO_LARGE),
    ("0", BadAmountReason.ZERO),
    ("0,00 ₽", BadAmountReason.ZERO),
]


@pytest.mark.parametrize(("text", "minor"), ACCEPTED)
def test_an_amount_is_read_as_people_write_it(text: str, minor: int) -> None:
    assert parse_amount(text) == Money(minor)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_doubtful_amount_is_refused_with_the_reason(text: str, reason: BadAmountReason) -> None:
    refused = parse_amount(text)

    assert isinstance(refused, BadAmount)
    assert refused.reason is reason


def test_a_refusal_keeps_the_text_but_never_more_than_forty_characters() -> None:
    assert parse_amount(" -5 ") == BadAmount(" -5 ", BadAmountReason.NEGATIVE)
    assert parse_amount("9" * 5000) == BadAmount("9" * 40, BadAmountReason.TOO_LARGE)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("100 ₽", Currency.RUB),
        ("100 ₸", Currency.KZT),
        ("100 Br", Currency.BYN),
        ("100 руб.", Currency.BYN),
        ("100 $", Currency.USD),
        ("100 €", Currency.EUR),
        ("100 ¥", Currency.CNY),
        ("100 kzt", Currency.KZT),
        ("100", Currency.CNY),
    ],
)
def test_the_sign_of_the_books_currency_is_understood(text: str, currency: Currency) -> None:
    assert parse_amount(text, currency) == Money(100_00, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("100 $", Currency.RUB),
        ("100 €", Currency.RUB),
        ("100 ₸", Currency.RUB),
        ("100 usd", Currency.RUB),
        ("100 ₽", Currency.USD),
        ("100 руб", Currency.KZT),
    ],
)
def test_the_sign_of_another_currency_is_never_taken_for_the_books_own(
    text: str, currency: Currency
) -> None:
    assert parse_amount(text, currency) == BadAmount(text, BadAmountReason.UNCLEAR)


@pytest.mark.parametrize(
    ("money", "plain", "human"),
    [
        (Money(0), "0.00", f"0{NBSP}₽"),
        (Money(5), "0.05", f"0,05{NBSP}₽"),
        (Money(-5), "-0.05", f"−0,05{NBSP}₽"),
        (Money(15_000_00), "15000.00", f"15{NBSP}000{NBSP}₽"),
        (Money(64_500_50), "64500.50", f"64{NBSP}500,50{NBSP}₽"),
        (Money(-1_234_567_89), "-1234567.89", f"−1{NBSP}234{NBSP}567,89{NBSP}₽"),
        (Money(1_00, Currency.KZT), "1.00", f"1{NBSP}₸"),
    ],
)
def test_money_prints_for_programs_and_for_people(money: Money, plain: str, human: str) -> None:
    assert money.plain == plain
    assert money.human == human


@given(st.integers(1, MINOR_MAX), st.sampled_from(Currency))
@settings(max_examples=150)
def test_reading_what_was_printed_gives_the_same_money(minor: int, currency: Currency) -> None:
    money = Money(minor, currency)

    assert parse_amount(money.human, currency) == money
    assert parse_amount(money.plain, currency) == money


@given(st.text(alphabet="0123456789 .,-−–e₽$рубк\u00a0\u202f٥½", max_size=45))
@settings(max_examples=300)
def test_any_text_is_a_positive_sum_or_a_named_refusal(text: str) -> None:
    match parse_amount(text):
        case Money(minor, currency):
            assert 0 < minor <= MINOR_MAX
            assert currency is Currency.RUB
        case BadAmount(kept, _):
            assert kept == text[:40]


def test_money_adds_subtracts_negates_and_compares() -> None:
    assert Money(5) + Money(7) == Money(12)
    assert Money(5) - Money(7) == Money(-2)
    assert -Money(5) == Money(-5)
    assert Money(5) < Money(7)
    assert Money(7) > Money(5)
    assert Money(5) <= Money(5)
    assert Money(7) >= Money(5)
    assert not Money(7) <= Money(5)
    assert not Money(5) < Money(5)


def test_two_currencies_never_mix() -> None:
    rouble, dollar = Money(1), Money(1, Currency.USD)

    assert rouble != dollar
    for mix in (
        lambda: rouble + dollar,
        lambda: rouble - dollar,
        lambda: rouble < dollar,
        lambda: rouble <= dollar,
        lambda: total([rouble, dollar]),
    ):
        with pytest.raises(AssertionError):
            mix()


@pytest.mark.parametrize("minor", [1.0, True, "1"])
def test_money_is_made_of_whole_minor_units_only(minor: object) -> None:
    with pytest.raises(AssertionError):
        Money(minor)  # type: ignore[arg-type]  # the wrong type is the point


def test_a_total_of_nothing_is_zero_of_the_given_currency() -> None:
    assert total([]) == Money(0)
    assert total([], Currency.EUR) == Money(0, Currency.EUR)
    assert total([Money(1), Money(2)]) == Money(3)


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (100_00, [1, 1, 1], [33_34, 33_33, 33_33]),
        (100_01, [1, 1], [50_01, 50_00]),
        (1, [1, 1], [1, 0]),
        (2, [1, 1, 1], [1, 1, 0]),
        (10, [1, 2], [3, 7]),
        (2_500_00, [7, 31, 23], [286_89, 1_270_49, 942_62]),
        (100_00, [0, 5, 0], [0, 100_00, 0]),
        (100_00, [0, 0], [0, 0]),
        (100_00, [], []),
        (0, [1, 2], [0, 0]),
    ],
)
def test_a_sum_divides_by_largest_remainder(
    minor: int, weights: list[int], parts: list[int]
) -> None:
    assert [part.minor for part in split(Money(minor), weights)] == parts


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), max_size=12))
@settings(max_examples=150)
def test_parts_add_up_and_none_is_off_by_a_kopeck(minor: int, weights: list[int]) -> None:
    parts = split(Money(minor, Currency.BYN), weights)
    base = sum(weights)

    assert total(parts, Currency.BYN).minor == (minor if base else 0)
    assert all(part.currency is Currency.BYN for part in parts)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * base - minor * weight) < max(base, 1)


@pytest.mark.parametrize(("minor", "weights"), [(-1, [1]), (1, [1, -1])])
def test_a_negative_sum_or_weight_is_never_divided(minor: int, weights: list[int]) -> None:
    with pytest.raises(AssertionError):
        split(Money(minor), weights)
