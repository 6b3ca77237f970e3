"""Known numbers are found through look-alikes, dashes and blanks, and never invented."""

import pytest

from banking.matching.numbers import NumberIndex, NumberKind


def find(text, *contracts, invoices=(), closed=()):
    index = NumberIndex()
    for kind, numbers in (
        (NumberKind.CONTRACT, contracts),
        (NumberKind.INVOICE, invoices),
        (NumberKind.CLOSED, closed),
    ):
        for number in numbers:
            index.add(kind, number)
    return [(one.number, one.is_sure) for one in index.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Оплата по договору АР-123/7 от 01.02.2026",
        "Оплата по договору AP-123/7",
        "ОПЛ. ПО ДОГ.АР—123/7 ОТ 01.02.26Г.",
        "дог.№ар–123/7",
        "за услуги, ар - 123 / 7, без НДС",
        "АР-123-7 оплата",
        "АР 123/7",
        "договору АР1237",
        "№АР-123/7.Без НДС",
        "(АР-123/7)",
        "АР-\u00a0123/7",
    ],
)
def test_every_spelling_of_a_number_is_found(text):
    assert find(text, "АР-123/7") == [("АР-123/7", True)]


@pytest.mark.parametrize(
    "text",
    [
        "АР-123/77",
        "ААР-123/7",
        "5-АР-123/7",
        "АР-123/7/2",
        "АР-1237-1",
        "АР-123",
        "123/7",
    ],
)
def test_a_longer_or_shorter_number_is_another_one(text):
    assert find(text, "АР-123/7") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Оплата по договору 9614", True),
        ("по дог. № 9614 от 01.02.2026", True),
        ("по договору поставки №9614", True),
        ("Доплата по заказу клиента №9614", True),
        ("договору N 9614", True),
        ("Сумма 9614", False),
        ("ПО ЗАЯВКЕ N9614", False),
        ("по счету 9614", False),
        ("от 9614", False),
        ("по договору от 01.02.9614", False),
    ],
)
def test_a_contract_of_digits_needs_a_word_for_it(text, found):
    assert bool(find(text, "9614")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Оплата по сч.№30260", True),
        ("СЧЕТ 30260 ОТ 23.12.2025", True),
        ("СОГЛАСНО СЧЕТУ30260 ЗА УСЛУГИ", True),
        ("оплата второй части по счёту № 30260", True),
        ("по договору 30260", False),
        ("Р/С N30260", False),
        ("сумма 30260-00", False),
    ],
)
def test_an_invoice_of_digits_needs_a_word_for_it(text, found):
    assert bool(find(text, invoices=["30260"])) is found


def test_a_short_number_is_found_but_unsure():
    assert find("по договору 7 от 01.06.2026", "7") == [("7", False)]


def test_the_longest_reading_of_a_place_wins():
    assert find("по договору 1033/ 26", "1033", "1033/26") == [("1033/26", True)]


def test_a_date_is_not_a_number_without_its_dashes():
    assert find("от 2026-10-19", "2026-1019") == []
    assert find("по договору 20261019", "2026-1019") == []


def test_two_numbers_that_differ_in_dashes_alone_are_told_apart():
    assert find("договор А-12-3", "А-12-3", "А-1-23") == [("А-12-3", True)]
    assert find("договор А123", "А-12-3", "А-1-23") == [("А-1-23", False), ("А-12-3", False)]


def test_contract_and_invoice_in_one_text():
    text = "Авансовый платеж по сч.№209 от 11.12.2023г., дог.№68ГД-23 НДС-465000="
    assert find(text, "68ГД-23", invoices=["209"]) == [("209", False), ("68ГД-23", True)]


def test_a_closed_contract_is_found_like_an_open_one():
    assert find("по договору К-10007", closed=["К-10007"]) == [("К-10007", True)]


def test_numbers_without_digits_are_never_looked_for():
    assert find("договор оферты", "оферты", "") == []
