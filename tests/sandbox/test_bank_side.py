"""The bank's one book as APIs show it."""

from datetime import UTC, datetime, timedelta

from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT, demo_accounts
from sandbox.bank.people import BankPeople
from sandbox.bank.records import Order
from sandbox.bank_side import BankSide
from world.clock import VirtualClock

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_transfer_moves_each_account_on_its_own_day() -> None:
    bank = BankPeople(VirtualClock(START), accounts=demo_accounts())
    arrives = START.date() + timedelta(days=1)
    bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, Order(100, "перевод"), arrives_on=arrives)
    side = BankSide(bank)

    (sent,), (came,) = side.movements(MAIN_ACCOUNT), side.movements(SECOND_ACCOUNT)

    assert (sent.signed_minor, came.signed_minor) == (-100, 100)
    assert (came.made_at.date() - sent.made_at.date()).days == 1
    assert side.balance(SECOND_ACCOUNT, came.made_at) == 0
    assert side.balance(SECOND_ACCOUNT) == 100


def test_a_bank_shows_its_own_accounts_only() -> None:
    bank = BankPeople(VirtualClock(START), accounts=demo_accounts())
    side = BankSide(bank, [SECOND_ACCOUNT])

    assert [one.number for one in side.accounts()] == [SECOND_ACCOUNT]
    assert side.account(MAIN_ACCOUNT) is None
