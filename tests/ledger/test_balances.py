"""Balances: the fold of entries, and what a person holds."""

from ledger.balances import balances, owed_by
from ledger.posting import About, TwoDates, client_payment, expense, handover, transfer
from ledger.seed import SystemArticle
from tests.ledger.reading import day, place, rub, standing

JAN15 = day("2026-01-15")
ABOUT = About("k", "olga", deal="a-17")
HELD, ISSUED, DESK = place("collected:p3"), place("issued:p3"), place("desk:main")


def test_no_operation_leaves_every_account_empty() -> None:
    assert balances([]) == {}
    assert owed_by("p3", {}) == (0, 0)


def test_a_person_owes_what_was_collected_and_what_was_issued_apart() -> None:
    operations = [
        client_payment(ABOUT, HELD, rub("15000"), JAN15),
        handover(ABOUT, "p3", DESK, rub("14900"), JAN15),
        transfer(ABOUT, SystemArticle.ACCOUNTABLE_ISSUE, DESK, ISSUED, rub("3000"), JAN15),
        *expense(ABOUT, 408, ISSUED, rub("2500"), TwoDates(JAN15, JAN15)),
    ]

    assert owed_by("p3", balances(operations)) == (100_00, 500_00)
    assert owed_by("p4", balances(operations)) == (0, 0)


def test_all_accounts_together_are_always_zero() -> None:
    sums = balances([client_payment(ABOUT, HELD, rub("15000"), JAN15)])

    assert sums == {HELD: 15_000_00, place("client:a-17"): -15_000_00}
    assert sum(sums.values()) == 0


def test_an_account_that_was_emptied_stands_at_zero() -> None:
    moved = [
        client_payment(ABOUT, HELD, rub("15000"), JAN15),
        handover(ABOUT, "p3", DESK, rub("15000"), JAN15),
    ]

    assert balances(moved)[HELD] == 0
    assert standing(moved) == {"client:a-17": "-15000.00", "desk:main": "15000.00"}
