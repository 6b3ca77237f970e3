"""The Belarus text: both ways of writing balances, its own currency, its end."""

from datetime import date

import pytest

from banking.formats.by_clientbank import looks_like_by_clientbank, read_by_clientbank
from banking.formats.records import Direction, ProblemCode, Verdict

OURS_BY = "BY34ALFA30122H10700010270000"
THEIRS_BY = "BY24ALFA30120000000000000001"
END = "#########"


def head(account=OURS_BY, kind="4"):
    return [f"***** ^Type={kind}^ ^Acc={account}^  -  Выписка", "[IN_PARAM]",
            "^DateBegin=10.06.2026^", "^DateEnd=10.06.2026^", "[OUT_PARAM]"]  # fmt: skip


def document(number="101", came="1840.00", went="0.00", **fields):
    keys = {
        "DocDate": "10.06.2026",
        "Num": number,
        "Acc": THEIRS_BY,
        "OperationID": "OP1",
        "Db": went,
        "Credit": came,
        "KorUNP": "200000001",
        "KorName": 'ООО "Ромашка"',
        "Nazn": "Оплата по счёту №1042",
        "OpDate": "10.06.2026",
    } | fields
    return [f"^{key}={value}^" for key, value in keys.items() if value is not None]


def text(*blocks, opening="3000.00", closing="4840.00", turnovers=("0.00", "1840.00"), end=END):
    stated = [f"^DB={turnovers[0]}^", f"^CR={turnovers[1]}^"] if turnovers else []
    body = [line for block in blocks for line in block]
    lines = [*head(), f"^RestIn={opening}^", *body, *stated, f"^RestOut={closing}^", end]
    return "\r\n".join(lines)


def read(*blocks, **parts):
    return read_by_clientbank("f.txt", text(*blocks, **parts).encode("cp1251"))


def codes(result):
    return [problem.code for problem in result.problems]


def test_a_document_is_read_with_all_that_the_bank_says():
    result = read(document())
    assert (result.format, result.verdict, result.documents) == ("by-clientbank", Verdict.OK, 1)
    (line,) = result.lines
    assert (line.account, line.direction, line.day) == (OURS_BY, Direction.IN, date(2026, 6, 10))
    assert (line.amount.plain, line.amount.currency) == ("1840.00", "BYN")
    assert (line.number, line.bank_reference, line.inn) == ("101", "OP1", "200000001")
    assert (line.counterparty_account, line.purpose) == (THEIRS_BY, "Оплата по счёту №1042")
    assert [one.name for one in result.controls] == ["equation", "turnover", "turnover"]


def test_money_out_is_out():
    result = read(document(came="0.00", went="540.00"), closing="2460.00", turnovers=("540", "0"))
    assert [line.direction for line in result.lines] == [Direction.OUT]
    assert result.verdict is Verdict.OK


def test_a_balance_may_be_two_columns():
    balances = text(document()).replace("^RestIn=3000.00^", "^DebIn=1.00^\r\n^CrIn=3001.00^")
    result = read_by_clientbank("f", balances.encode("cp1251"))
    assert (result.verdict, result.accounts[0].opening.plain) == (Verdict.OK, "3000.00")


def test_an_account_in_another_currency_is_counted_in_it():
    lines = [
        *head(kind="600"),
        *("^InCreQ=100.00^", "^InDebQ=0.00^", "^InCre=446.40^", "^I1=CNY^"),
        *document(Db=None, Credit=None, DebQ="0.00", CreQ="50.00", Deb="0.00", Cre="223.20"),
        *("^DebVQ=0.00^", "^CreVQ=50.00^", "^CreV=223.20^"),
        *("^OutCreQ=150.00^", "^OutDebQ=0.00^", "^OutCre=669.60^", END),
    ]
    result = read_by_clientbank("f", "\n".join(lines).encode("cp1251"))
    assert result.verdict is Verdict.OK
    assert (result.lines[0].amount.plain, result.lines[0].amount.currency) == ("50.00", "CNY")
    assert result.accounts[0].closing.plain == "150.00"


def test_what_does_not_add_up_is_told_with_the_difference():
    result = read(document(), closing="4940.00")
    assert [(one.name, one.difference.plain) for one in result.controls if not one.ok] == [
        ("equation", "100.00")
    ]
    missing = read(document(), turnovers=("0.00", "1940.00"))
    assert ("turnover", "100.00") in [
        (one.name, one.difference.plain) for one in missing.controls if not one.ok
    ]


def test_a_second_period_and_a_second_account_are_pages_of_their_own():
    first = text(document())
    again = first.replace("10.06", "11.06").replace("3000.00", "4840.00")
    again = again.replace("RestOut=4840.00", "RestOut=6680.00")
    periods = first.replace(END, "") + "\r\n".join(again.split("\r\n")[5:])
    result = read_by_clientbank("f", periods.encode("cp1251"))
    assert (result.verdict, result.documents, len(result.accounts)) == (Verdict.OK, 2, 1)
    assert result.accounts[0].closing.plain == "6680.00"
    other = first.replace(OURS_BY, "BY00PRIO30122H10700010270000")
    both = read_by_clientbank("f", f"{first}\r\n{other}".encode("cp1251"))
    assert (both.verdict, len(both.accounts)) == (Verdict.OK, 2)


def test_a_purpose_goes_on_in_its_next_part_and_on_the_next_line():
    cut = read(document(Nazn="x" * 250, Nazn2="yz"))
    assert cut.lines[0].purpose == "x" * 250 + "yz"
    wrapped = read(document(Nazn="Оплата\r\nпо договору 7"))
    assert wrapped.lines[0].purpose == "Оплата по договору 7"


def test_a_booking_before_the_period_belongs_to_the_day_of_the_document():
    (line,) = read(document(OpDate="09.06.2026 23:12:03")).lines
    assert line.day == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Credit": "18..40"}, ProblemCode.BAD_AMOUNT),
        ({"Credit": "1840.00", "Db": "1.00"}, ProblemCode.BAD_AMOUNT),
        ({"Credit": None, "Db": None}, ProblemCode.BAD_AMOUNT),
        ({"DocDate": "31.02.2026", "OpDate": ""}, ProblemCode.BAD_DATE),
    ],
)
def test_one_bad_document_is_named_and_the_others_are_read(changes, code):
    result = read(document("7", **changes), document("8"))
    assert [(line.line, line.number) for line in result.lines] == [(2, "8")]
    assert (codes(result), result.documents) == ([code], 2)
    assert result.verdict is Verdict.NOT_RECONCILED


def test_a_document_without_money_moves_nothing():
    result = read(document("7", "0.00"), document())
    assert (codes(result), result.verdict) == ([ProblemCode.ZERO_AMOUNT], Verdict.OK)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (text(document()).split("^RestOut")[0], ProblemCode.TRUNCATED),
        ("\r\n".join([*head(), END]), ProblemCode.NOTHING_INSIDE),
        (text(document()).replace(f"^Acc={OURS_BY}^", ""), "section-without-account"),
        (text(document()) + "\r\n^Num=5^", ProblemCode.STRUCTURE_DAMAGED),
        (text(document(), ["^broken"]), ProblemCode.STRUCTURE_DAMAGED),
        (text(document(I3="ZZZ")), ProblemCode.CURRENCY_UNKNOWN),
    ],
)
def test_what_is_not_whole_is_refused(data, code):
    result = read_by_clientbank("f", data.encode("cp1251"))
    assert (result.verdict, result.lines, codes(result)[0]) == (Verdict.REFUSED, (), code)


def test_balances_that_are_missing_or_unreadable_are_named():
    result = read(document(), opening="3..0")
    assert ProblemCode.BAD_BALANCE in codes(result)
    bare = text(document()).replace("^RestIn=3000.00^\r\n", "")
    assert ProblemCode.BALANCE_MISSING in codes(read_by_clientbank("f", bare.encode("cp1251")))


@pytest.mark.parametrize("codec", ["cp1251", "cp866", "utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_gives_the_same_lines(codec):
    data = text(document()).encode(codec)
    assert looks_like_by_clientbank(data)
    assert read_by_clientbank("f", data).lines == read(document()).lines
