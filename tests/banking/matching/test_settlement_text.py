"""What acquirers write, to the kopeck."""

from datetime import date, timedelta

import pytest

from banking.formats.values import parse_day
from banking.matching.settlement_text import SettlementKind, read_settlement, text_minor
from banking.matching.words import packaged_words
from tests.banking.samples import line, shared_json

NET, GROSS, CREDIT = SettlementKind.NET, SettlementKind.GROSS, SettlementKind.CREDIT


def read(text, day=date(2026, 3, 10)):
    given = line("100", text, day=day)
    return read_settlement(given, packaged_words(), {"500000001": "Центр"})


def day_of(text):
    dotted = text if "." in text else f"{text[:2]}.{text[2:4]}.{text[4:]}"
    day = parse_day(dotted)
    assert day is not None, text
    return day


@pytest.mark.parametrize(
    ("text", "kind", "fee", "day"),
    [
        ("Эквайринг. Мерчант №500000001. Комиссия 12.30.", NET, 1230, None),
        ("Эквайринг. Дата реестра 05.03.2026. Комиссия 1 012,30.", NET, 101_230, 5),
        ("Эквайринг. Комиссия 10.00 (в т.ч. НДС 1.80) и 2.20 (НДС не обл).", NET, 1220, None),
        ("По реестру операций от 05.03.2026. Сумма комиссии 41 руб. 5 коп.", NET, 4105, 5),
        ("Возм 77 01.01.2025 ИП ТЕСТ Р.05032026 К.48.50 в т.ч. НДС 8.72", NET, 4850, 5),
        ("Зачисление по терминалам эквайринга от 05.03.2026. Без НДС", GROSS, None, 5),
        ("Оплата по кредитному договору 9 от 05.03.2026 И.И., комиссия 13.50", CREDIT, 1350, None),
        ("Возмещение по эквайрингу", NET, None, None),
    ],
)
def test_kind_fee_and_day_are_read(text, kind, fee, day):
    found = read(text)
    assert (found.kind, found.fee_minor) == (kind, fee)
    assert found.registry_on == (day and date(2026, 3, day))


@pytest.mark.parametrize(
    "text",
    ["Оплата по договору К-1", "Перевод по СБП. Иван Иванович И.", "Комиссия банка за март"],
)
def test_an_ordinary_payment_is_no_settlement(text):
    assert read(text) is None


def test_merchant_gross_and_refund_are_read():
    found = read(
        "Эквайринг, по мерчанту 500000001 от 05.03.2026 на сумму 31,090.00 Возвр 10.00/0.00"
    )
    assert (found.merchant, found.gross_minor, found.refund_minor) == (
        "500000001",
        3_109_000,
        1000,
    )


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("10 863.42", 1_086_342),
        ("31,090.00", 3_109_000),
        ("747,50", 74_750),
        ("465000=", 46_500_000),
        ("98483-90", 9_848_390),
        ("5", 500),
        ("5.5", 550),
    ],
)
def test_sums_in_every_style(text, minor):
    assert text_minor(text) == minor


def test_fee_and_day_are_exact_on_the_real_wordings():
    rows = shared_json("statements", "purpose_patterns.json")
    rows = rows if isinstance(rows, list) else rows["patterns"]
    checked = 0
    for row in rows:
        if not row["id"].startswith("A"):
            continue
        expected = row["expected"]
        told_on = day_of(expected.get("registry_date", "10.03.2026"))
        found = read(row["text"], told_on + timedelta(days=1))
        assert found is not None, row["id"]
        if "fee" in expected:
            assert found.fee_minor == text_minor(expected["fee"]), row["id"]
        if "registry_date" in expected:
            assert found.registry_on == told_on, row["id"]
        checked += 1
    assert checked >= 20
