"""A movement is known again in another export; two equal ones stay two."""

from datetime import date

import pytest

from banking.formats.identity import Identities, Key
from banking.formats.read import read_statement
from banking.formats.records import Direction
from tests.banking.samples import OURS, THEIRS, document, money, section, statement


def identities(*documents, sums=("0", None, None, None)):
    read = read_statement("f", statement(section(sums=sums), *documents).encode())
    return [move.identity for move in read.moves]


def test_the_second_of_two_equal_payments_is_another_payment():
    first, second = identities(document(), document())
    assert first != second
    assert first[:-1] == second[:-1]


def test_overlapping_exports_give_the_same_identities():
    a, b, c = document("1"), document("2"), document("3")
    assert set(identities(a, b)) & set(identities(b, c)) == set(identities(b))
    assert len(set(identities(a, b)) | set(identities(b, c))) == 3


def test_what_banks_rewrite_between_exports_is_not_in_it():
    again = document(
        Плательщик1="ООО ВАСИЛЕК",
        НазначениеПлатежа="ОПЛАТА",
        КвитанцияСодержание="иной статус",
    )
    assert identities(document()) == identities(again)


@pytest.mark.parametrize(
    "changes",
    [
        {"Номер": "9"},
        {"Сумма": "1500.01"},
        {"ДатаПоступило": "03.03.2026"},
        {"ПлательщикСчет": "40702810500000000778"},
    ],
)
def test_each_field_of_the_key_matters(changes):
    assert identities(document()) != identities(document(**changes))


def test_the_purpose_helps_only_where_the_number_is_missing():
    one = identities(document("", НазначениеПлатежа="Счёт № 1"))
    assert one == identities(document("", НазначениеПлатежа="счёт N1"))
    assert one != identities(document("", НазначениеПлатежа="счёт N2"))


def test_the_first_version_of_the_rule_never_changes():
    key = Key(OURS, Direction.IN, date(2026, 3, 2), money("1500"), "7", THEIRS, "x")
    assert Identities().next(key) == (
        "40702810900000000101|in|2026-03-02|150000RUB|7|40702810500000000777|1"
    )
