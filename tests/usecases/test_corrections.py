"""A correction reverses what stands and posts the next version, on the same days."""

from dataclasses import replace
from datetime import date, timedelta

from ledger.accounts import Account
from ledger.operations import Operation
from ledger.posting import About, TwoDates, expense
from store.database import Store
from store.unit import UnitOfWork
from tests.usecases.company_room import OWNER, hire, rub
from usecases.corrections import Corrected, correct, newest
from usecases.expenses import RecordExpense, record_expense
from usecases.posting import post
from usecases.telling import TELEGRAM, show

DESK = Account.parse("desk:main")
OUTLIVES = timedelta(minutes=1)
EARLY, LATE = date(2026, 1, 5), date(2026, 2, 6)


def cost(key: str) -> Operation:
    (operation,) = expense(About(key, "Вера"), 407, DESK, rub("5"), TwoDates(EARLY, EARLY))
    return operation


async def put_right(unit: UnitOfWork, key: str, comment: str) -> Corrected:
    stands = await newest(unit, key)
    assert stands is not None
    wanted = replace(stands.operation, comment=comment)
    outcome = await correct(unit, [(stands, wanted)], "кто-то", "ошибка")
    assert isinstance(outcome, list)
    return outcome[0]


async def test_each_version_is_found_from_the_first_key(store: Store) -> None:
    async with store.write("test") as unit:
        await post(unit, cost("a"))
        await put_right(unit, "a", "раз")
        second = await put_right(unit, "a", "два")
        found = await newest(unit, "a")

        assert found == second.new
        assert found.operation.key == "a@3"
        assert (await newest(unit, "a@2")) == found
        assert await newest(unit, "b") is None
        assert await unit.reports.balance(DESK) == -500


async def test_two_days_are_each_reversed_on_their_own(store: Store) -> None:
    two = replace(cost("a"), accrued_on=LATE)
    async with store.write("test") as unit:
        await post(unit, two)
        done = await put_right(unit, "a", "раз")
    back = done.reversal.operation
    assert (back.paid_on, back.accrued_on, back.reverses) == (EARLY, LATE, "a")
    assert (back.cash_effect, back.accrual_effect) == (500, 500)


async def test_the_card_of_an_expense_is_drawn_again(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        await record_expense(unit, OWNER, RecordExpense("7-1", rub("5"), "Транспорт", LATE))
        await show(unit, "expense:7-1", [OWNER])
        await unit.outbox.done(await unit.outbox.claim(TELEGRAM, 9, OUTLIVES))
        await put_right(unit, "expense:7-1#1", "такси")
        assert await unit.outbox.open_count(TELEGRAM) == 1
