"""What each event posts, read as a ledger: DESIGN 8, one case a row of its table.

kind article amount debit <- credit | dates | effect on the cash basis, on the accrual basis
"""

from collections.abc import Callable
from datetime import date

import pytest

from ledger.accounts import Account, AccountKind
from ledger.operations import Operation
from ledger.posting import (
    About,
    TwoDates,
    apply_balance,
    client_payment,
    deal_refund,
    expense,
    handover,
    income,
    opening,
    overpayment,
    own_transfer,
    recognition,
    settlement_fee,
    settlement_net,
    statement_line,
    transfer,
)
from ledger.seed import SystemArticle
from tests.ledger.reading import day, place, rows, rub, standing, written

JAN15, JAN20, FEB01 = day("2026-01-15"), day("2026-01-20"), day("2026-02-01")
PLAIN = About("k", "olga")
DEAL = About("k", "olga", deal="a-17")
SUPPLIED = About("k", "olga", counterparty="ООО Стекло")
DESK, BANK, HELD, CARD = (
    place("desk:main"),
    place("bank:4070"),
    place("collected:p3"),
    place("card:p1"),
)
CLEARING, SUSPENSE = place("clearing:tbank"), place("suspense:4070")

EXPENSES = {
    "of one day": (
        expense(PLAIN, 407, DESK, rub("500"), TwoDates(JAN15, JAN15)),
        """
        expense 407 500.00 article:407 <- desk:main | paid 2026-01-15 accrued 2026-01-15 | -500.00 -500.00
        """,
    ),
    "of a deal, on one day": (
        expense(DEAL, 201, DESK, rub("500"), TwoDates(JAN15, JAN15)),
        """
        expense 201 500.00 article:201 <- desk:main | paid 2026-01-15 accrued 2026-01-15 | -500.00 -500.00
        """,
    ),
    "paid before it is used": (
        expense(SUPPLIED, 401, BANK, rub("9000"), TwoDates(JAN15, FEB01)),
        """
        expense 401 9000.00 article:401 <- supplier:ООО Стекло | paid - accrued 2026-02-01 | 0.00 -9000.00
        expense 401 9000.00 supplier:ООО Стекло <- bank:4070 | paid 2026-01-15 accrued - | -9000.00 0.00
        """,
    ),
    "paid, nobody knows yet for when": (
        expense(PLAIN, 401, BANK, rub("9000"), TwoDates(JAN15, None)),
        """
        expense 401 9000.00 supplier:unnamed <- bank:4070 | paid 2026-01-15 accrued - | -9000.00 0.00
        """,
    ),
    "owed and not yet paid": (
        expense(SUPPLIED, 401, BANK, rub("9000"), TwoDates(None, JAN15)),
        """
        expense 401 9000.00 article:401 <- supplier:ООО Стекло | paid - accrued 2026-01-15 | 0.00 -9000.00
        """,
    ),
    "of a deal that is done later": (
        expense(DEAL, 201, CARD, rub("700"), TwoDates(JAN15, FEB01)),
        """
        expense 201 700.00 article:201 <- deferred:a-17 | paid - accrued 2026-02-01 | 0.00 -700.00
        expense 201 700.00 deferred:a-17 <- card:p1 | paid 2026-01-15 accrued - | -700.00 0.00
        """,
    ),
    "reported by an accountable person": (
        expense(PLAIN, 408, place("issued:p3"), rub("180"), TwoDates(JAN20, JAN20)),
        """
        expense 408 180.00 article:408 <- issued:p3 | paid 2026-01-20 accrued 2026-01-20 | -180.00 -180.00
        """,
    ),
    "that writes a shortage off": (
        expense(PLAIN, SystemArticle.SHORTAGE, HELD, rub("50"), TwoDates(JAN20, JAN20)),
        """
        expense 602 50.00 article:602 <- collected:p3 | paid 2026-01-20 accrued 2026-01-20 | -50.00 -50.00
        """,
    ),
    "that the bank took and a statement line showed": (
        expense(PLAIN, SystemArticle.ACCOUNT_SERVICE, SUSPENSE, rub("99"), TwoDates(JAN15, JAN15)),
        """
        expense 501 99.00 article:501 <- suspense:4070 | paid 2026-01-15 accrued 2026-01-15 | -99.00 -99.00
        """,
    ),
}

INCOMES = {
    "of one day": (
        income(PLAIN, 103, BANK, rub("12.34"), TwoDates(JAN15, JAN15)),
        """
        income 103 12.34 bank:4070 <- article:103 | paid 2026-01-15 accrued 2026-01-15 | 12.34 12.34
        """,
    ),
    "paid before it is earned": (
        income(DEAL, 101, BANK, rub("1000"), TwoDates(JAN15, FEB01)),
        """
        income 101 1000.00 bank:4070 <- client:a-17 | paid 2026-01-15 accrued - | 1000.00 0.00
        income 101 1000.00 client:a-17 <- article:101 | paid - accrued 2026-02-01 | 0.00 1000.00
        """,
    ),
    "earned and not yet paid": (
        income(
            About("k", "olga", counterparty="Пётр"), 101, BANK, rub("5"), TwoDates(None, JAN15)
        ),
        """
        income 101 5.00 client:Пётр <- article:101 | paid - accrued 2026-01-15 | 0.00 5.00
        """,
    ),
    "paid by nobody in particular": (
        income(PLAIN, 102, DESK, rub("5"), TwoDates(JAN15, None)),
        """
        income 102 5.00 desk:main <- client:unnamed | paid 2026-01-15 accrued - | 5.00 0.00
        """,
    ),
    "of a loan, which is no profit": (
        income(PLAIN, 112, BANK, rub("300000"), TwoDates(JAN15, JAN15)),
        """
        income 112 300000.00 bank:4070 <- article:112 | paid 2026-01-15 accrued 2026-01-15 | 300000.00 300000.00
        """,
    ),
}

SINGLE = {
    "cash that a manager took from a client": (
        client_payment(DEAL, HELD, rub("15000"), JAN15),
        "payment 101 15000.00 collected:p3 <- client:a-17 | paid 2026-01-15 accrued - | 15000.00 0.00",
    ),
    "a bank transfer of a client, confirmed": (
        client_payment(DEAL, SUSPENSE, rub("15000"), JAN15),
        "payment 101 15000.00 suspense:4070 <- client:a-17 | paid 2026-01-15 accrued - | 15000.00 0.00",
    ),
    "a card sale, gross, on the day of sale": (
        client_payment(DEAL, CLEARING, rub("15000"), JAN15),
        "payment 101 15000.00 clearing:tbank <- client:a-17 | paid 2026-01-15 accrued - | 15000.00 0.00",
    ),
    "what a client paid above the due": (
        overpayment(PLAIN, DESK, "c-5", rub("159"), JAN15),
        "balance 114 159.00 desk:main <- balance:c-5 | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
    "a client's balance applied to a deal": (
        apply_balance(DEAL, "c-5", rub("159"), JAN20),
        "payment 101 159.00 balance:c-5 <- client:a-17 | paid 2026-01-20 accrued - | 159.00 0.00",
    ),
    "cash handed over to the desk": (
        handover(PLAIN, "p3", DESK, rub("15000"), JAN20),
        "transfer 952 15000.00 desk:main <- collected:p3 | paid 2026-01-20 accrued - | 0.00 0.00",
    ),
    "money that came to the bank, unexplained": (
        statement_line(PLAIN, "4070", rub("100"), JAN15, incoming=True, own_transfer=False),
        "statement 953 100.00 bank:4070 <- suspense:4070 | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
    "money that left the bank, unexplained": (
        statement_line(PLAIN, "4070", rub("100"), JAN15, incoming=False, own_transfer=False),
        "statement 953 100.00 suspense:4070 <- bank:4070 | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
    "the arriving end of an own transfer": (
        statement_line(PLAIN, "4070", rub("100"), JAN15, incoming=True, own_transfer=True),
        "statement 951 100.00 bank:4070 <- transit:own | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
    "the leaving end of an own transfer": (
        statement_line(PLAIN, "4070", rub("100"), JAN15, incoming=False, own_transfer=True),
        "statement 951 100.00 transit:own <- bank:4070 | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
    "the net sum of an acquirer's batch": (
        settlement_net(PLAIN, "4070", CLEARING, rub("14700"), JAN20),
        "transfer 955 14700.00 suspense:4070 <- clearing:tbank | paid 2026-01-20 accrued - | 0.00 0.00",
    ),
    "the fee of an acquirer's batch": (
        settlement_fee(DEAL, 502, CLEARING, rub("300"), JAN20),
        "expense 502 300.00 article:502 <- clearing:tbank | paid 2026-01-20 accrued 2026-01-20 | -300.00 -300.00",
    ),
    "a deal that is done": (
        recognition(DEAL, rub("20000"), FEB01),
        "recognition 101 20000.00 client:a-17 <- article:101 | paid - accrued 2026-02-01 | 0.00 20000.00",
    ),
    "an advance given back": (
        deal_refund(DEAL, DESK, rub("400"), JAN20, recognised=False),
        "refund 101 400.00 client:a-17 <- desk:main | paid 2026-01-20 accrued - | -400.00 0.00",
    ),
    "a refund after the deal was done": (
        deal_refund(DEAL, SUSPENSE, rub("400"), JAN20, recognised=True),
        "refund 101 400.00 article:101 <- suspense:4070 | paid 2026-01-20 accrued 2026-01-20 | -400.00 -400.00",
    ),
    "money given under report": (
        transfer(
            PLAIN, SystemArticle.ACCOUNTABLE_ISSUE, DESK, place("issued:p3"), rub("3"), JAN15
        ),
        "transfer 903 3.00 issued:p3 <- desk:main | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
    "money taken from the desk to the bank": (
        own_transfer(PLAIN, DESK, BANK, rub("3"), JAN15),
        "transfer 951 3.00 bank:4070 <- desk:main | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
    "what the desk held on the eve of the books": (
        opening(PLAIN, DESK, rub("70"), JAN15, owed=False),
        "opening 954 70.00 desk:main <- opening:all | paid 2026-01-15 accrued - | 70.00 0.00",
    ),
    "what was owed on the eve of the books": (
        opening(PLAIN, place("supplier:x"), rub("70"), JAN15, owed=True),
        "opening 954 70.00 opening:all <- supplier:x | paid 2026-01-15 accrued - | 0.00 0.00",
    ),
}


@pytest.mark.parametrize(("operations", "ledger"), EXPENSES.values(), ids=EXPENSES)
def test_an_expense(operations: tuple[Operation, ...], ledger: str) -> None:
    assert written(*operations) == rows(ledger)


@pytest.mark.parametrize(("operations", "ledger"), INCOMES.values(), ids=INCOMES)
def test_an_income(operations: tuple[Operation, ...], ledger: str) -> None:
    assert written(*operations) == rows(ledger)


@pytest.mark.parametrize(("operation", "ledger"), SINGLE.values(), ids=SINGLE)
def test_an_event_of_one_operation(operation: Operation, ledger: str) -> None:
    assert written(operation) == [ledger]


def test_the_halves_of_a_fact_with_two_dates_have_keys_of_their_own() -> None:
    paid_first = expense(PLAIN, 401, BANK, rub("1"), TwoDates(JAN15, FEB01))
    earned = income(PLAIN, 101, BANK, rub("1"), TwoDates(JAN15, FEB01))
    one_day = expense(PLAIN, 401, BANK, rub("1"), TwoDates(JAN15, JAN15))

    assert [half.key for half in paid_first] == ["k:accrued", "k:paid"]
    assert [half.key for half in earned] == ["k:paid", "k:accrued"]
    assert [whole.key for whole in one_day] == ["k"]


def test_what_was_said_about_an_event_is_kept_on_every_operation_of_it() -> None:
    about = About(
        key="k",
        author="olga",
        comment="срочно",
        deal="a-17",
        contract_no="Д-17",
        counterparty="Пётр",
        dimensions=(("city", "Омск"), ("manager", "Анна")),
        original_day=date(2025, 12, 30),
    )
    halves = expense(about, 201, DESK, rub("1"), TwoDates(JAN15, FEB01))

    kept = {
        (
            half.author,
            half.comment,
            half.deal,
            half.contract_no,
            half.counterparty,
            half.dimensions,
            half.original_day,
            half.reverses,
        )
        for half in halves
    }

    assert kept == {
        (
            "olga",
            "срочно",
            "a-17",
            "Д-17",
            "Пётр",
            (("city", "Омск"), ("manager", "Анна")),
            date(2025, 12, 30),
            None,
        )
    }


def test_a_fact_without_any_date_is_refused() -> None:
    with pytest.raises(AssertionError):
        TwoDates(None, None)


def test_what_belongs_to_a_deal_is_refused_without_one() -> None:
    forgotten: list[Callable[[], Operation]] = [
        lambda: client_payment(PLAIN, DESK, rub("1"), JAN15),
        lambda: apply_balance(PLAIN, "c-5", rub("1"), JAN15),
        lambda: recognition(PLAIN, rub("1"), JAN15),
        lambda: deal_refund(PLAIN, DESK, rub("1"), JAN15, recognised=False),
        lambda: deal_refund(PLAIN, DESK, rub("1"), JAN15, recognised=True),
    ]
    for post in forgotten:
        with pytest.raises(AssertionError):
            post()


def test_a_terminal_batch_of_two_deals_leaves_nothing_in_clearing_or_suspense() -> None:
    other = About("k", "olga", deal="a-18")
    batch = [
        client_payment(DEAL, CLEARING, rub("10000"), JAN15),
        client_payment(other, CLEARING, rub("5000"), JAN15),
        statement_line(PLAIN, "4070", rub("14700"), JAN20, incoming=True, own_transfer=False),
        settlement_net(PLAIN, "4070", CLEARING, rub("14700"), JAN20),
        settlement_fee(DEAL, 502, CLEARING, rub("200"), JAN20),
        settlement_fee(other, 502, CLEARING, rub("100"), JAN20),
    ]

    assert standing(batch) == {
        "article:502": "300.00",
        "bank:4070": "14700.00",
        "client:a-17": "-10000.00",
        "client:a-18": "-5000.00",
    }


def test_the_two_ends_of_an_own_transfer_cancel_in_transit() -> None:
    ends = [
        statement_line(PLAIN, "4070", rub("100"), JAN15, incoming=False, own_transfer=True),
        statement_line(PLAIN, "4080", rub("100"), JAN20, incoming=True, own_transfer=True),
    ]

    assert standing(ends) == {"bank:4070": "-100.00", "bank:4080": "100.00"}


def test_a_deal_from_prepayment_to_done_ends_with_an_even_client() -> None:
    deal = [
        client_payment(DEAL, HELD, rub("600"), JAN15),
        *expense(DEAL, 201, BANK, rub("250"), TwoDates(JAN15, FEB01)),
        handover(PLAIN, "p3", DESK, rub("600"), JAN20),
        recognition(DEAL, rub("1000"), FEB01),
        client_payment(DEAL, DESK, rub("400"), FEB01),
    ]

    assert standing(deal) == {
        "article:101": "-1000.00",
        "article:201": "250.00",
        "bank:4070": "-250.00",
        "desk:main": "1000.00",
    }
    assert sum(one.cash_effect for one in deal) == sum(one.accrual_effect for one in deal) == 75000


def test_unnamed_settlements_stand_apart_from_named_ones() -> None:
    named = expense(SUPPLIED, 401, BANK, rub("1"), TwoDates(JAN15, None))[0]
    unnamed = expense(PLAIN, 401, BANK, rub("1"), TwoDates(JAN15, None))[0]

    assert named.entries[0].debit == Account(AccountKind.SUPPLIER, "ООО Стекло")
    assert unnamed.entries[0].debit == Account(AccountKind.SUPPLIER, "unnamed")
