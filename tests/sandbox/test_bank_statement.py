from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from stdnum.ru import inn

from banking.formats.read import read_statement
from sandbox.bank.company import (
    COMPANY_INN,
    MAIN_ACCOUNT,
    MERCHANTS,
    SECOND_ACCOUNT,
    demo_accounts,
    person,
)
from sandbox.bank.numbers import invented_party, keyed_account, keyed_inn
from sandbox.bank.people import BadOrderError
from sandbox.bank.records import Order, Settlement
from sandbox.bank.standin import BankStandin
from world.clock import VirtualClock

MONDAY = date(2026, 3, 2)
OPENING = 1_250_000_00


@dataclass
class Parsed:
    """A naive reading of the file, apart from the product's own."""

    header: list[str] = field(default_factory=list)
    sections: list[dict[str, str]] = field(default_factory=list)
    documents: list[dict[str, str]] = field(default_factory=list)


def parse(data: bytes) -> Parsed:
    lines = data.decode("cp1251").split("\r\n")
    assert lines[-2:] == ["КонецФайла", ""]
    parsed, current = Parsed(), None
    for line in lines[:-2]:
        key, _, value = line.partition("=")
        if key in {"СекцияРасчСчет", "СекцияДокумент"}:
            current = {"type": value}
            (parsed.sections if key == "СекцияРасчСчет" else parsed.documents).append(current)
        elif key in {"КонецРасчСчет", "КонецДокумента"}:
            current = None
        elif current is None:
            parsed.header.append(line)
        else:
            current[key] = value
    return parsed


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.fixture
def bank(clock: VirtualClock) -> BankStandin:
    return BankStandin(clock, accounts=demo_accounts())


def test_a_client_payment_makes_a_line_with_the_movement_day_and_the_client(
    bank: BankStandin,
) -> None:
    client = person("Петрова Ольга Сергеевна", "1655012345")
    order = Order(1_500_050, "Оплата по договору № 17", document_day=date(2026, 2, 27))

    bank.client_pays(MAIN_ACCOUNT, client, order)
    parsed = parse(bank.statement(MAIN_ACCOUNT, MONDAY, MONDAY))

    (document,) = parsed.documents
    assert document["type"] == "Платежное поручение"
    assert (document["Дата"], document["Сумма"]) == ("27.02.2026", "15000.5")
    assert (document["ДатаПоступило"], document["ДатаСписано"]) == ("02.03.2026", "")
    assert (document["Плательщик"], document["ПлательщикИНН"]) == (client.name, client.inn)
    assert (document["ПолучательСчет"], document["ПолучательИНН"]) == (MAIN_ACCOUNT, COMPANY_INN)
    assert document["НазначениеПлатежа"] == "Оплата по договору № 17"


def test_the_header_says_what_was_asked_for_and_when_it_was_made(bank: BankStandin) -> None:
    parsed = parse(bank.statement(MAIN_ACCOUNT, date(2026, 2, 1), date(2026, 3, 31)))

    assert parsed.header[:3] == ["1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=Windows"]
    assert "ДатаСоздания=02.03.2026" in parsed.header
    # Nine in the morning UTC is noon in Moscow.
    assert "ВремяСоздания=12:00:00" in parsed.header
    assert "ДатаНачала=01.02.2026" in parsed.header
    assert "ДатаКонца=31.03.2026" in parsed.header
    assert f"РасчСчет={MAIN_ACCOUNT}" in parsed.header
    # Days that have not come are not reported.
    assert parsed.sections[-1]["ДатаНачала"] == "02.03.2026"


def test_each_day_has_a_section_and_the_balances_chain(
    bank: BankStandin, clock: VirtualClock
) -> None:
    bank.client_pays(MAIN_ACCOUNT, person("Иванов И. И."), Order(100_000_00, "Оплата"))
    clock.advance(timedelta(days=2))
    bank.supplier_payment(MAIN_ACCOUNT, person("Складов С. С."), Order(40_000_10, "За доски"))

    sections = parse(bank.statement(MAIN_ACCOUNT, MONDAY, date(2026, 3, 4))).sections

    keys = ("ДатаНачала", "НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток")
    assert [tuple(section[key] for key in keys) for section in sections] == [
        ("02.03.2026", "1250000", "100000", "0", "1350000"),
        ("03.03.2026", "1350000", "0", "0", "1350000"),
        ("04.03.2026", "1350000", "0", "40000.1", "1309999.9"),
    ]
    assert bank.balance(MAIN_ACCOUNT) == OPENING + 100_000_00 - 40_000_10
    assert bank.balance(MAIN_ACCOUNT, MONDAY) == OPENING + 100_000_00


def test_a_back_dated_line_shows_up_in_the_next_statement_of_that_day(
    bank: BankStandin, clock: VirtualClock
) -> None:
    clock.advance(timedelta(days=5))
    before = parse(bank.statement(MAIN_ACCOUNT, MONDAY, MONDAY))
    bank.client_pays(MAIN_ACCOUNT, person("Поздний П. П."), Order(700_00, "Оплата", day=MONDAY))

    after = parse(bank.statement(MAIN_ACCOUNT, MONDAY, MONDAY))

    assert (len(before.documents), len(after.documents)) == (0, 1)
    assert after.sections[0]["ВсегоПоступило"] == "700"


def test_an_acquirer_pays_the_net_sum_and_names_the_fee(bank: BankStandin) -> None:
    settlement = Settlement(100_000_00, 1_788_20, date(2026, 3, 1), MERCHANTS[0])

    document = bank.acquirer_settles(MAIN_ACCOUNT, settlement)

    assert document.amount_minor == 100_000_00 - 1_788_20
    assert document.type.value == "Банковский ордер"
    assert f"Мерчант №{MERCHANTS[0]}" in document.purpose
    assert "Дата реестра 01.03.2026. Комиссия 1788.20." in document.purpose


def test_a_transfer_between_own_accounts_stands_once_and_touches_both(bank: BankStandin) -> None:
    order = Order(10_000_00, "Перевод собственных средств")
    bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, order)

    both = parse(bank.statement_of([MAIN_ACCOUNT, SECOND_ACCOUNT], MONDAY, MONDAY))
    second = parse(bank.statement(SECOND_ACCOUNT, MONDAY, MONDAY))

    (document,) = both.documents
    assert document["ДатаСписано"] == document["ДатаПоступило"] == "02.03.2026"
    assert [section["КонечныйОстаток"] for section in both.sections] == ["1240000", "10000"]
    assert len(second.documents) == 1


def test_a_transfer_may_arrive_a_day_later(bank: BankStandin, clock: VirtualClock) -> None:
    clock.advance(timedelta(days=3))
    order = Order(10_000_00, "Перевод собственных средств", day=MONDAY)

    bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, order, arrives_on=date(2026, 3, 3))

    assert bank.balance(MAIN_ACCOUNT, MONDAY) == OPENING - 10_000_00
    assert bank.balance(SECOND_ACCOUNT, MONDAY) == 0
    assert bank.balance(SECOND_ACCOUNT, date(2026, 3, 3)) == 10_000_00


def test_orders_the_bank_cannot_carry_out_are_refused(bank: BankStandin) -> None:
    supplier = person("Складов С. С.")

    for order in (
        Order(0, "ничего"),
        Order(OPENING + 1, "слишком много"),
        Order(1, "завтра", day=date(2026, 3, 3)),
    ):
        with pytest.raises(BadOrderError):
            bank.supplier_payment(MAIN_ACCOUNT, supplier, order)
    assert bank.documents == []


def test_the_product_reads_the_file_and_every_control_agrees(
    bank: BankStandin, clock: VirtualClock
) -> None:
    bank.client_pays(MAIN_ACCOUNT, person("Петрова О. С."), Order(15_000_00, "Договор\n№ 17"))
    bank.client_pays(
        MAIN_ACCOUNT, invented_party("ООО «Заря»", keyed_inn("165500001")), Order(1, "x")
    )
    bank.acquirer_settles(MAIN_ACCOUNT, Settlement(500_00, 9_99, MONDAY, MERCHANTS[1]))
    clock.advance(timedelta(days=1))
    bank.fee(MAIN_ACCOUNT, Order(250_00, "Комиссия за ведение счета"))
    bank.refund(MAIN_ACCOUNT, person("Петрова О. С."), Order(5_000_00, "Возврат по договору № 17"))
    bank.cash_deposited(MAIN_ACCOUNT, Order(70_000_00, "Взнос наличных через банкомат"))
    bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, Order(1_000_00, "Перевод собственных средств"))

    data = bank.statement_of([MAIN_ACCOUNT, SECOND_ACCOUNT], MONDAY, date(2026, 3, 3))
    read = read_statement("kl_to_1c.txt", data)

    assert read.verdict.value == "ok"
    assert read.problems == ()
    assert (len(read.lines), read.documents) == (7, 7)
    assert [line.direction.value for line in read.lines] == [
        "in",
        "in",
        "in",
        "out",
        "out",
        "in",
        "own",
    ]


def test_invented_numbers_have_right_check_digits() -> None:
    # 7707083893 is a published number of a company; 500100732259 the tax office's own example.
    assert keyed_inn("770708389") == "7707083893"
    assert keyed_inn("5001007322") == "500100732259"
    assert inn.is_valid(COMPANY_INN)
    # The Bank of Russia's rule: weights 7, 1, 3 over three digits of the BIK and the account.
    number = keyed_account("044525225", "40702810900000000001")
    digits = [int(digit) for digit in "225" + number]
    weights = [(7, 1, 3)[index % 3] for index in range(23)]
    assert sum(d * w for d, w in zip(digits, weights, strict=True)) % 10 == 0
    assert invented_party("А", "1") == invented_party("А", "1") != invented_party("Б", "1")
