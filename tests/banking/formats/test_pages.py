"""Pages of several accounts become one statement; the same movement is known in every format."""

from dataclasses import replace
from datetime import date

from banking.formats.mt940_file import read_mt940
from banking.formats.pages import Entry, Frame, Page, assemble
from banking.formats.read import read_statement
from banking.formats.records import Direction, ProblemCode, Verdict
from banking.formats.sections import Section
from ledger.money import Currency
from tests.banking.formats.xml_samples import document as xml_document
from tests.banking.formats.xml_samples import entry as xml_entry
from tests.banking.formats.xml_samples import statement as xml_statement
from tests.banking.samples import OURS, OURS_TOO, THEIRS, document, money, section, statement

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)
FRAME = Frame("f", "mt940")


def entry(amount="100", direction=Direction.IN, **fields):
    return Entry(1, direction, DAY, money(amount), **fields)


def page(*entries, day=DAY, account=OURS, sums=("0", None, None, "100"), name=""):
    opening, credited, debited, closing = (None if text is None else money(text) for text in sums)
    stated = Section(account, day, day, opening, credited, debited, closing)
    return Page(stated, Currency.RUB, entries, name)


def put_together(*pages, own=()):
    return assemble(FRAME, list(pages), [], own)


def test_balances_of_the_file_are_the_first_and_the_last():
    late = page(replace(entry("50"), day=NEXT), day=NEXT, sums=("100", None, None, "150"))
    for order in ([page(entry()), late], [late, page(entry())]):
        result = put_together(*order)
        (account,) = result.accounts
        assert (account.opening, account.closing) == (money("0"), money("150"))
        assert (account.first_day, account.last_day) == (DAY, NEXT)
        assert result.verdict is Verdict.OK


def test_pages_that_chain_as_they_stand_stay_so_even_when_their_days_go_back():
    late = page(replace(entry(), day=NEXT), day=NEXT)
    early = page(entry("50"), sums=("100", None, None, "150"))
    result = put_together(late, early)
    assert (result.verdict, result.accounts[0].closing) == (Verdict.OK, money("150"))


def test_a_page_without_balances_cannot_be_verified():
    result = put_together(page(entry(), sums=(None, None, None, None)))
    assert result.verdict is Verdict.NOT_VERIFIABLE
    assert [problem.code for problem in result.problems] == [ProblemCode.NO_CONTROL]


def test_stated_turnovers_verify_without_balances():
    assert put_together(page(entry(), sums=(None, "100", "0", None))).verdict is Verdict.OK
    wrong = put_together(page(entry(), sums=(None, "90", "0", None)))
    assert [(one.direction, one.difference.plain) for one in wrong.controls if not one.ok] == [
        (Direction.IN, "-10.00")
    ]


def test_pages_that_differ_in_their_number_alone_are_two():
    twin = page(entry(), sums=("0", None, None, "100"))
    once = put_together(twin, twin)
    assert (len(once.lines), once.verdict) == (1, Verdict.OK)
    two = put_together(twin, replace(twin, name="2"))
    assert (len(two.lines), two.verdict) == (2, Verdict.NOT_RECONCILED)


def test_a_transfer_to_a_configured_account_is_an_own_one():
    mine = entry(direction=Direction.OUT, counterparty_account=OURS_TOO)
    result = put_together(page(mine, sums=("100", None, None, "0")), own=[OURS_TOO])
    assert [line.direction for line in result.lines] == [Direction.OWN]
    assert [(move.account, move.own_transfer) for move in result.moves] == [(OURS, True)]


def test_no_pages_are_a_refusal():
    assert put_together().verdict is Verdict.REFUSED


def in_1c(doc, **parts):
    return read_statement("f", statement(section(), doc, **parts).encode())


def in_mt940(sign, number, theirs):
    balances = (":60F:C260301RUB1500,00", ":62F:C260302RUB3000,00")
    if sign == "D":
        balances = (":60F:C260301RUB1500,00", ":62F:C260302RUB0,00")
    lines = [":20:A", f":25:{OURS}", balances[0], f":61:2603020302{sign}1500,00NTRF{number}//B",
             f":86:166?20Oplata?31{theirs}?32OOO", balances[1], "-"]  # fmt: skip
    return read_mt940("f", "\r\n".join(lines).encode())


def in_camt053():
    return read_statement("f", xml_document(xml_statement(xml_entry())).encode())


def identities(read):
    assert read.verdict is Verdict.OK
    return [move.identity for move in read.moves]


def test_one_movement_has_one_identity_in_1c_mt940_and_camt053():
    assert identities(in_1c(document())) == identities(in_mt940("C", "7", THEIRS))
    assert identities(in_1c(document())) == identities(in_camt053())


def test_money_out_too():
    spent = statement(section(sums=("1500", "0", "1500", "0")), document(out=True))
    assert identities(read_statement("f", spent.encode())) == identities(
        in_mt940("D", "7", THEIRS)
    )


def test_an_own_transfer_too():
    own = [OURS_TOO]
    doc = document(out=True, ПолучательСчет=OURS_TOO, ДатаПоступило="02.03.2026")
    text = statement(section(sums=("1500", "0", "1500", "0")), doc)
    first = read_statement("f", text.encode(), own)
    data = "\r\n".join([":20:A", f":25:{OURS}", ":60F:C260301RUB1500,00",
                        ":61:2603020302D1500,00NTRF7//B", f":86:166?20Oplata?31{OURS_TOO}",
                        ":62F:C260302RUB0,00", "-"])  # fmt: skip
    second = read_mt940("f", data.encode(), own)
    assert identities(first) == identities(second)
    assert [line.identity for line in first.lines] == [line.identity for line in second.lines]
