from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from banking.matching.records import (
    Alternative,
    Link,
    MatchVerdict,
    Proposal,
    Reason,
    ReasonCode,
)
from confirmations.handovers import Handover
from confirmations.payments import Claim, Method, Payment, Slot
from confirmations.resolution import Ending, Resolution
from handlers.draw import draw_card
from handlers.draw_lines import readings
from handlers.texts import Texts
from ledger.accounts import Account, AccountKind
from ledger.money import Money
from store.records import BankLine, Deal, Person, Role
from usecases.cards import DifferenceCard, HandoverCard, LineCard, ListedPayment, PaymentCard

TEXTS = Texts(ZoneInfo("Europe/Moscow"))
AT = datetime(2026, 3, 2, 15, 4, tzinfo=UTC)
DESK = Account(AccountKind.DESK, "main")
ANNA = Person("p12", "Анна", Role.MANAGER, 12, None, DESK)
OLGA = Person("p14", "Ольга", Role.CASHIER, 14, None, DESK)
VERA = Person("p15", "Вера", Role.ACCOUNTANT, 15, None, DESK)
CLAIM = Claim(Money(1000000), Method.CASH, date(2026, 3, 2), "p12")
DEAL = Deal(
    id="amocrm:1",
    name="",
    contract_no="",
    contract_date=None,
    client="",
    client_key="",
    client_inn=None,
    price=None,
    pipeline="",
    stage="",
    manager_crm_id="",
    dimensions=(),
    done_on=None,
    remote_version="",
)
LINE = BankLine(
    id=5,
    identity="i",
    identity_version=1,
    account="40702810900000000001",
    incoming=True,
    own_transfer=False,
    day=date(2026, 3, 2),
    amount=Money(990000),
    number="",
    counterparty="ООО <Ромашка>",
    inn="7700000000",
    counterparty_account="",
    purpose="я" * 500,
    file="f",
)


def payment(number: int) -> Payment:
    slot = Slot(f"amocrm:{number}", "prepayment")
    return Payment(f"{slot}#1", slot, 1, CLAIM)


def handover(count: int, crm_says: str | None = None) -> HandoverCard:
    payments = tuple(payment(number) for number in range(count))
    made = Handover(
        id="0123456789ab",
        person="p12",
        desk="desk:main",
        payments=tuple(one.id for one in payments),
        carried=Money(50000),
        declared=Money(count * 1000000 + 50000),
        created_at=AT,
        expires_at=AT,
    )
    listed = tuple(ListedPayment(one, "Иванов", "К-1", crm_says) for one in payments)
    return HandoverCard(made, ANNA, listed, None)


def plain(text: str) -> list[str]:
    return text.replace("\N{NO-BREAK SPACE}", " ").split("\n")


def test_a_long_handover_names_twenty_payments_and_counts_the_rest():
    lines = plain(draw_card(handover(50), OLGA, TEXTS).html)

    assert len(lines) == 1 + 20 + 3
    assert lines[21:23] == ["… и ещё 30", "• <b>500 ₽</b> — недостача прошлых сдач"]


def test_a_handover_of_a_thousand_payments_fits_a_message():
    assert len(draw_card(handover(1000, "16000.00 cash 2026-03-02"), OLGA, TEXTS).html) < 4096


@pytest.mark.parametrize(
    ("says", "line"),
    [
        ("16000.00 cash 2026-03-02", "⚠ в CRM сейчас: 16 000 ₽ наличными"),
        ("", "⚠ в CRM сейчас: суммы нет"),
    ],
)
def test_a_handover_shows_where_the_crm_differs_now(says, line):
    assert line in plain(draw_card(handover(1, says), OLGA, TEXTS).html)


@pytest.mark.parametrize(
    ("viewer", "labels"),
    [
        (OLGA, [["✓ Принял"], ["Сумма не та", "Отклонить"]]),
        (ANNA, [["Ссылка для кассира", "Забрать назад"]]),
        (VERA, []),
        (replace(OLGA, id="p12"), [["Ссылка для кассира", "Забрать назад"]]),
    ],
)
def test_the_buttons_of_a_handover_are_those_that_the_viewer_may_press(viewer, labels):
    keyboard = draw_card(handover(1), viewer, TEXTS).keyboard

    assert [[key.label for key in row] for row in keyboard] == labels


def test_a_difference_says_what_is_booked_what_the_crm_says_and_that_nothing_changed():
    card = DifferenceCard(payment(1), DEAL, None, "9000.50 terminal 2026-03-02")

    assert plain(draw_card(card, VERA, TEXTS).html) == [
        "⚠ CRM разошлась с деньгами: без имени",
        "Подтверждено или сдаётся: 10 000 ₽ наличными",
        "В CRM сейчас: 9 000,50 ₽ через терминал",
        "В учёте ничего не изменилось. Исправьте CRM или оформите возврат.",
    ]


def test_a_payment_that_still_waits_says_how_much():
    card = PaymentCard(payment(1), DEAL, Money(250000), None)

    assert plain(draw_card(card, ANNA, TEXTS).html)[-1] == "Ждём ещё 2 500 ₽"


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_its_words(ending):
    resolution = Resolution("payment:x", ending, "Ольга", AT)
    card = PaymentCard(payment(1), DEAL, Money(0), resolution)

    assert "2 марта 2026, 18:04" in draw_card(card, ANNA, TEXTS).html


def proposal() -> Proposal:
    first = (Link(payment(1).id, Money(1000000)), Link(payment(2).id, Money(1000000)))
    other = Alternative((Link(payment(2).id, Money(990000)),), ())
    reasons = (Reason(ReasonCode.FEE_COUNTED, ("100 ₽",)),)
    return Proposal(5, MatchVerdict.SUGGEST, first, Money(10000), reasons, (other,))


def line_card() -> LineCard:
    pairs = tuple((payment(number), replace(DEAL, client=f"Клиент {number}")) for number in (1, 2))
    return LineCard(LINE, proposal(), pairs, (), None)


def test_a_line_shows_its_likeliest_reading_with_reasons_and_offers_the_others():
    drawn = draw_card(line_card(), VERA, TEXTS)

    assert plain(drawn.html) == [
        "<b>+9 900 ₽</b> · 2 марта 2026 · № —",
        "ООО &lt;Ромашка&gt;, ИНН 7700000000",
        f"«{'я' * 300}»",
        "Похоже на:",
        "• <b>10 000 ₽</b> — Клиент 1",
        "• <b>10 000 ₽</b> — Клиент 2",
        "удержана комиссия 100 ₽",
        "· комиссия 100 ₽ — разница продаж и зачисления",
    ]
    assert [[plain(key.label)[0] for key in row] for row in drawn.keyboard] == [
        ["✓ Подтвердить: 2 платежа, 20 000 ₽"],
        ["Клиент 2, 9 900 ₽"],
        ["Разделить", "Не клиент / статья"],
        ["Отклонить предложение", "Пропустить"],
    ]


def test_another_reading_has_another_mark():
    first, other = readings(proposal())
    cheaper = readings(replace(proposal(), fee=Money(9999)))[0]

    assert len({first.mark, other.mark, cheaper.mark}) == 3
    assert readings(proposal())[0].mark == first.mark
