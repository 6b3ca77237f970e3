"""Every reason has a sentence in Russian."""

import pytest

from banking.matching.reasons import say
from banking.matching.records import Reason, ReasonCode
from banking.matching.words import MoneyKind


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_code_has_a_sentence(code):
    kinds = code in {ReasonCode.MONEY_OUT, ReasonCode.KIND_OF_MONEY}
    facts = ("tax",) if kinds else ("1", "2", "3")
    assert len(say(Reason(code, facts))) > 5


@pytest.mark.parametrize("kind", list(MoneyKind))
def test_every_kind_of_money_has_words(kind):
    assert say(Reason(ReasonCode.KIND_OF_MONEY, (kind.value,))).startswith("не оплата клиента: ")
