"""Rows of _движения: sections, sides of a reversal, places that never change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ledger.accounts import Account
from ledger.operations import OperationKind, reverse
from sheets.tabs.moves_tab import Section, account_id, move_images
from tests.sheets.ledgers import ARTICLES, sealed
from tests.sheets.tabs.test_cash_tab import moved

DAY = date(2026, 2, 5)
DESK, BANK = (account_id(Account.parse(code)) for code in ("desk:main", "bank:1"))


def rows(*operations: object, before: int = 0) -> list[tuple[object, ...]]:
    """The cells of the rows after the number and the month."""
    images = [
        image for one in sealed(operations).sealed for image in move_images(one, before, ARTICLES)
    ]
    return [image.cells[2:] for image in images]


def test_a_cost_leaves_its_account_in_its_activity() -> None:
    spent = moved("e", 401, DAY, ("article:401", "desk:main", 1_050))
    assert rows(spent) == [(1, 401, 0, DESK, Decimal("10.50"))]


def test_a_reversal_takes_back_on_the_same_side() -> None:
    spent = moved("e", 401, DAY, ("article:401", "desk:main", 1_050))
    assert rows(spent, reverse(spent, "back", DAY, "Вера", ""))[1] == (
        *(1, 401, 0, DESK),
        Decimal("-10.50"),
    )


def test_between_two_accounts_it_is_a_transfer() -> None:
    moves = rows(moved("t", 951, DAY, ("bank:1", "desk:main", 100)))
    assert moves == [(Section.TRANSFER, 951, BANK, DESK, Decimal(1))]


def test_an_opening_balance_and_its_reversal_are_no_movement() -> None:
    opened = moved("o", 954, DAY, ("desk:main", "opening:all", 100))
    assert opened.kind is OperationKind.OPENING
    back = reverse(opened, "back", DAY, "Вера", "")
    assert [row[0] for row in rows(opened, back)] == [Section.OPENING] * 2


def test_what_moves_no_money_keeps_an_empty_row_at_its_place() -> None:
    accrued = moved("a", 401, None, ("article:401", "supplier:x", 100))
    advance = replace(
        moved("b", 101, DAY, ("client:1", "balance:1", 5)), kind=OperationKind.BALANCE
    )
    assert rows(accrued, advance) == [(None,) * 5] * 2


def test_each_entry_has_the_next_place() -> None:
    entries = (("article:501", "bank:1", 1), ("article:501", "desk:main", 2))
    (one,) = sealed([moved("f", 501, DAY, *entries)]).sealed
    assert [image.place for image in move_images(one, 40, ARTICLES)] == [41, 42]


def test_the_number_of_an_account_is_exact_in_a_double() -> None:
    number = account_id(Account.parse("collected:crm:Анна"))
    assert 0 < number < 2**48
    assert int(float(number)) == number
