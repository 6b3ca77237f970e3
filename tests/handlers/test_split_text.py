"""Parts as people type them."""

import pytest

from handlers.split_text import BadPart, TypedPart, read_parts
from ledger.money import Currency, Money


@pytest.mark.parametrize(
    ("text", "minor", "words"),
    [
        ("15000 К-1027", 1500000, "К-1027"),
        ("5 000,50 дог. К-1028", 500050, "дог. К-1028"),
        ("300 Обслуживание счёта", 30000, "Обслуживание счёта"),
        ("  1500.5   по договору 17 ", 150050, "по договору 17"),
    ],
)
def test_a_part_is_a_sum_and_words(text: str, minor: int, words: str) -> None:
    assert read_parts(text, Currency.RUB) == [TypedPart(Money(minor), words)]


@pytest.mark.parametrize("text", ["К-1027", "15000", "0 К-1", "-5 К-1", "", "сто К-1"])
def test_what_is_no_sum_with_words_is_refused(text: str) -> None:
    assert isinstance(read_parts(text, Currency.RUB), BadPart)


def test_one_bad_line_refuses_all_of_them() -> None:
    assert read_parts("15000 К-1\nещё К-2", Currency.RUB) == BadPart("ещё К-2")
    assert isinstance(read_parts("1 К-1\n" * 21, Currency.RUB), BadPart)
