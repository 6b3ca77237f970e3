"""Words are data: the packaged tables and those that a company adds."""

import pytest

from banking.matching.match import match
from banking.matching.records import MatchContext, MatchVerdict
from banking.matching.words import BadWords, MoneyKind, Table, Words, packaged_words, read_words
from tests.banking.samples import line, payment


def test_every_packaged_list_says_something():
    words = packaged_words()
    assert all(words.tables[table].fragments for table in Table)
    incoming = {MoneyKind.LOAN, MoneyKind.OWNER, MoneyKind.RETURN, MoneyKind.OWN_MONEY}
    assert all(words.not_client[kind].fragments for kind in incoming)


def test_a_fragment_begins_where_a_word_begins():
    words = packaged_words()
    assert words.foreign("грант по соглашению 5") is MoneyKind.BONUS
    assert words.foreign("за чехлы эмигранта") is None


def test_a_company_s_own_words_are_joined():
    own = read_words('[not_client]\nbonus = ["Премия  поставщика"]\n')
    assert isinstance(own, Words)
    context = MatchContext(words=packaged_words().joined(own))
    given = line("15000", "ПРЕМИЯ ПОСТАВЩИКА за объем")
    assert match([given], [], context)[0].verdict is MatchVerdict.NOT_CLIENT
    assert match([given], [], MatchContext())[0].verdict is MatchVerdict.NONE


def test_a_company_s_own_word_for_a_contract_announces_its_number():
    own = read_words('[number]\ncontract = ["бланк*"]\n')
    assert isinstance(own, Words)
    given, debt = line("15000", "за бланк 41027"), payment("p", "15000", contract_no="41027")
    (proposal,) = match([given], [debt], MatchContext(words=packaged_words().joined(own)))
    assert proposal.verdict is MatchVerdict.AUTO


@pytest.mark.parametrize(
    "text",
    ["[", 'loan = ["x"]', "[not_client]\nloan = 5", '[not_client]\nx = ["y"]'],
)
def test_a_wrong_file_is_refused_with_the_reason(text):
    assert isinstance(read_words(text), BadWords)
