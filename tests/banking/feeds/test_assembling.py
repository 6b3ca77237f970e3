"""A bank's answer becomes the records that files give."""

from dataclasses import replace
from datetime import date

from banking.feeds.assembling import Asked, statement_of
from banking.feeds.protocol import Balances, BankOperation, FeedRead
from banking.formats.records import ControlName, Direction, ProblemCode, Verdict, movements
from banking.formats.wording import problem

OURS, SECOND = "40702810900000000001", "40702810900000000002"
DAY = date(2026, 3, 2)
ASKED = Asked("tbank", "Т-Банк", OURS, DAY, DAY)
PAYMENT = BankOperation(
    "b5a", True, DAY, 1_500_000, "128", "ИНН 7707083893 ПАО БАНК", "7707083893", "40817", " а  б "
)
FEE = replace(PAYMENT, incoming=False, minor=990, number="", inn="0")


def read(*operations: BankOperation, **stated: int | bool) -> FeedRead:
    balances = Balances(**({"opening": None, "closing": None} | stated))
    return FeedRead(operations, balances, (), b"")


def test_a_line_is_cleaned_like_that_of_a_file() -> None:
    statement = statement_of(ASKED, read(PAYMENT), [])

    (line,) = statement.lines
    assert (line.counterparty, line.inn, line.purpose) == ("ПАО БАНК", "7707083893", "а б")
    assert (line.direction, line.bank_reference) == (Direction.IN, "b5a")
    assert statement.format == "tbank-api"


def test_balances_and_turnovers_are_controls() -> None:
    stated = {"opening": 0, "closing": 1_499_010, "credited": 1_500_000, "debited": 990}

    whole = statement_of(ASKED, read(PAYMENT, FEE, **stated), [])
    lacking = statement_of(ASKED, read(PAYMENT, **stated), [])

    assert whole.verdict is Verdict.OK
    assert lacking.verdict is Verdict.NOT_RECONCILED
    assert [one.name for one in lacking.controls if not one.ok] == [ControlName.TURNOVER]


def test_without_balances_or_with_a_derived_one_nothing_is_verified() -> None:
    derived = read(PAYMENT, opening=0, closing=1_500_000, is_derived=True)

    assert statement_of(ASKED, read(PAYMENT), []).verdict is Verdict.NOT_VERIFIABLE
    statement = statement_of(ASKED, derived, [])
    assert (statement.verdict, statement.controls) == (Verdict.NOT_VERIFIABLE, ())
    assert statement.accounts[0].closing is not None


def test_an_operation_that_was_left_out_is_not_forgotten() -> None:
    broken = replace(read(PAYMENT), problems=(problem(1, ProblemCode.BAD_AMOUNT, "x"),))

    assert statement_of(ASKED, broken, []).verdict is Verdict.NOT_RECONCILED


def test_an_own_transfer_is_told_from_either_side() -> None:
    sent = replace(FEE, counterparty_account=SECOND)
    came = replace(PAYMENT, counterparty_account=SECOND)

    out, into = movements(statement_of(ASKED, read(sent, came), [OURS, SECOND]))

    assert (out.own_transfer, out.account, out.direction) == (True, OURS, Direction.OUT)
    assert (into.own_transfer, into.account, into.direction) == (True, OURS, Direction.IN)
    assert (out.source.account, out.source.counterparty_account) == (OURS, SECOND)
    assert (into.source.account, into.source.counterparty_account) == (SECOND, OURS)


def test_equal_operations_have_identities_of_their_own() -> None:
    statement = statement_of(ASKED, read(PAYMENT, PAYMENT), [])

    assert len({move.identity for move in movements(statement)}) == 2
