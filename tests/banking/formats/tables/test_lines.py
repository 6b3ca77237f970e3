"""One row, its currency and its other side."""

import pytest

from banking.formats.read import read_statement
from banking.formats.tables.lines import currency_around
from banking.formats.tables.profile import packaged_profiles
from ledger.money import Currency
from tests.banking.samples import OURS
from tests.banking.tables import TBANK_1, sber


@pytest.mark.parametrize(
    ("account", "profile", "currency"),
    [
        ("", "Jusan Bank, списания", Currency.KZT),
        (OURS, "Jusan Bank, списания", Currency.RUB),
        ("KZ86125KZT5004100100", "Альфа-Банк, CSV", Currency.KZT),
        ("UA503052990000010025020700000", "Приват24 для бизнеса", Currency.UAH),
    ],
)
def test_the_currency_is_the_account_s_or_the_bank_s(account, profile, currency):
    known = {one.name: one for one in packaged_profiles()}
    assert currency_around(known[profile], account) is currency


def test_a_block_without_an_inn_has_account_and_name():
    row = ("05.01.2026", f"{OURS}\nМы", "40817810000000000001\nИванов И. И.//Москва//", 5, None)
    line = read_statement("f", sber(rows=((*row, 17, "Займ"),))).lines[0]
    assert (line.counterparty, line.inn) == ("Иванов И. И.", None)
    assert line.counterparty_account == "40817810000000000001"


def test_the_bank_s_own_number_is_kept():
    assert read_statement("f", TBANK_1.encode()).lines[0].bank_reference == "T-1"
