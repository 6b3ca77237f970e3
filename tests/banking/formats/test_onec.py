"""Whole files: own transfers, outgoing orders, the Kazakh dialect, truncated downloads."""

from datetime import date

from banking.formats.read import read_statement
from banking.formats.records import Direction, ProblemCode, Verdict, movements
from tests.banking.samples import OURS, OURS_TOO, THEIRS, document, money, section, statement

TRANSFER = document(
    out=True, ПолучательСчет=OURS_TOO, ДатаСписано="02.03.2026", ДатаПоступило="03.03.2026"
)


def test_a_transfer_inside_the_file_moves_both_accounts_on_their_own_days():
    text = statement(
        section(sums=("2000", "0", "1500", "500")),
        section(account=OURS_TOO),
        TRANSFER,
        accounts=(OURS, OURS_TOO),
    )
    read = read_statement("f", text.encode())
    assert read.verdict is Verdict.OK
    (line,) = read.lines
    assert line.direction is Direction.OWN
    assert [
        (one.account, one.direction, one.day.day, one.own_transfer) for one in movements(read)
    ] == [(OURS, Direction.OUT, 2, True), (OURS_TOO, Direction.IN, 3, True)]


def test_a_transfer_to_an_account_of_another_file_moves_only_this_one():
    text = statement(section(sums=("2000", "0", "1500", "500")), TRANSFER)
    read = read_statement("f", text.encode(), [OURS_TOO])
    assert [(one.account, one.direction) for one in movements(read)] == [(OURS, Direction.OUT)]
    assert read.lines[0].direction is Direction.OWN


def test_the_other_file_of_a_transfer_brings_the_other_movement_with_its_identity():
    both = statement(
        section(sums=("2000", "0", "1500", "500")),
        section(account=OURS_TOO),
        TRANSFER,
        accounts=(OURS, OURS_TOO),
    )
    other = statement(section(account=OURS_TOO), TRANSFER, accounts=(OURS_TOO,))
    together = {one.identity for one in read_statement("a", both.encode()).moves}
    alone = {one.identity for one in read_statement("b", other.encode(), [OURS]).moves}
    assert len(alone) == 1
    assert alone < together


def test_orders_on_their_way_to_the_bank_are_not_a_statement():
    order = document(out=True, ДатаСписано=None, ДатаПоступило=None)
    read = read_statement("1c_to_kl.txt", statement(order).encode())
    assert [problem.code for problem in read.problems] == [ProblemCode.OUTGOING_ORDERS]
    assert (read.documents, read.lines) == (1, ())


def test_documents_without_any_section_load_but_cannot_be_verified():
    read = read_statement("f", statement(document()).encode())
    assert read.verdict is Verdict.NOT_VERIFIABLE
    assert [problem.code for problem in read.problems] == [ProblemCode.NO_CONTROL]
    assert len(read.lines) == 1


def test_a_truncated_file_shows_its_balances_but_brings_no_lines():
    read = read_statement("f", statement(section(), document(), ended=False).encode())
    assert read.verdict is Verdict.REFUSED
    assert read.accounts[0].closing == money("1500")
    assert read.lines == ()


IBAN = "KZ00000A000000000001"


def kazakh(number, key, amount, kind="Выписка"):
    payer, payee = (IBAN, "KZ00000A000000000009")
    if key == "СуммаПриход":
        payer, payee = payee, payer
    return [
        f"СекцияДокумент={kind}",
        "ДатаОперации=05.03.2026",
        f"{key}={amount}",
        f"НомерДокумента={number}",
        "ДатаДокумента=04.03.2026",
        "ПлательщикНаименование=ТОО Клиент",
        "ПлательщикБИН_ИИН=990140001234",
        f"ПлательщикИИК={payer}",
        "ПолучательНаименование=ТОО Мы",
        f"ПолучательИИК={payee}",
        "НазначениеПлатежа=Оплата",
        f"Сумма={amount}",
        "Валюта=KZT",
        "КонецДокумента",
    ]


def test_the_kazakh_dialect_with_every_payment_listed_twice():
    text = statement(
        section(account=IBAN, sums=("0", "250000", "1500", "248500")),
        kazakh("1", "СуммаПриход", "250000"),
        kazakh("1", "СуммаПриход", "250000", kind="ПлатежноеПоручение"),
        kazakh("2", "СуммаРасход", "1500", kind='"Выписка"'),
        accounts=(IBAN,),
    )
    read = read_statement("f", text.encode("cp1251"))
    assert read.verdict is Verdict.OK
    assert [(one.line, one.direction, one.day) for one in read.lines] == [
        (1, Direction.IN, date(2026, 3, 5)),
        (3, Direction.OUT, date(2026, 3, 5)),
    ]
    assert (read.lines[0].inn, read.lines[0].number) == ("990140001234", "1")
    assert read.lines[0].amount.currency == "KZT"
    assert [problem.code for problem in read.problems] == [ProblemCode.LISTED_TWICE]


def test_a_document_in_another_currency_than_its_account_is_left_out():
    doc = kazakh("1", "СуммаПриход", "10")
    doc[-2] = "Валюта=USD"
    text = statement(section(account=IBAN, sums=("0", "0", "0", "0")), doc, accounts=(IBAN,))
    read = read_statement("f", text.encode())
    assert [problem.code for problem in read.problems] == [ProblemCode.CURRENCY_UNKNOWN]
    assert read.verdict is Verdict.NOT_RECONCILED


def test_header_facts_are_kept():
    read = read_statement("f", statement(section(), document()).encode())
    assert (read.file, read.format, read.version) == ("f", "1c", "1.03")
    assert read.sender == "Выдуманный банк"
    assert read.lines[0].counterparty_account == THEIRS
