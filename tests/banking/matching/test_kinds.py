"""Money that is no client's payment is told by direction, sides and words."""

import pytest

from banking.formats.records import Direction
from banking.matching.match import match
from banking.matching.reasons import say
from banking.matching.records import MatchContext, MatchVerdict
from tests.banking.samples import OURS_TOO, line, payment

CONTEXT = MatchContext(own_inn="7707083893", own_accounts=frozenset({OURS_TOO}))


def verdict(text, **fields):
    (proposal,) = match([line("15000", text, **fields)], [payment("p", "15000")], CONTEXT)
    return proposal.verdict, say(proposal.reasons[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Предоставление кредита по Договору 20/26", "кредит или заём"),
        ("Временная финансовая помощь учредителя", "деньги собственника"),
        ("Вклад участника в имущество общества", "деньги собственника"),
        ("Перевод собственных средств между счетами", "перевод собственных денег"),
        ("Уплата процентов по Договору депозита", "депозит или проценты"),
        ("ДЕНЕЖНАЯ НАЛИЧНОСТЬ,ПОСТУПИВШАЯ ЧЕРЕЗ БАНКОМАТ", "внесение наличных"),
        ("Возврат переплаты по счёту 7 поставщиком", "возврат"),
        ("Возврат ошибочно перечисленных средств", "возврат"),
    ],
)
def test_words_tell_money_that_is_not_a_client_s(text, words):
    assert verdict(text) == (MatchVerdict.NOT_CLIENT, f"не оплата клиента: {words}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Комиссия за ведение счета", "комиссия банка"),
        ("Единый налоговый платеж", "налог"),
        ("Заработная плата по реестру", "зарплата"),
        ("Оплата по счету 5 за рекламу", "оплата поставщику или другой расход"),
        ("Возврат предоплаты по договору К-1001", "возврат"),
    ],
)
def test_money_out_is_never_a_client_s(text, words):
    assert verdict(text, direction=Direction.OUT) == (
        MatchVerdict.NOT_CLIENT,
        f"деньги ушли со счёта: {words}",
    )


@pytest.mark.parametrize(
    "fields",
    [{"direction": Direction.OWN}, {"counterparty_account": OURS_TOO}, {"inn": "7707083893"}],
)
def test_a_transfer_between_our_accounts_is_not_income(fields):
    assert verdict("Перевод", **fields)[0] is MatchVerdict.NOT_CLIENT


def test_a_refund_word_beside_an_open_contract_is_left_to_a_person():
    assert verdict("Возврат по договору К-1001")[0] is MatchVerdict.NONE


def test_a_client_s_words_are_not_taken_for_others():
    assert verdict("Оплата за мебель по договору К-1001")[0] is MatchVerdict.AUTO
