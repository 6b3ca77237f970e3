"""Expenses: one line, corrected by reversal."""

from datetime import timedelta

from ledger.months import Month
from ledger.seed import SystemArticle
from store.database import Store
from store.journal import DiffersFrom
from store.reports import Basis
from store.unit import UnitOfWork
from tests.usecases.company_room import ANNA, COMPANY, DAY, MARIA, OWNER, hire, rub
from usecases.access import NotAllowed
from usecases.expenses import (
    AlreadyUndone,
    Changed,
    NoSuchArticle,
    NoSuchExpense,
    Recorded,
    RecordExpense,
    change_article,
    change_day,
    likely_articles,
    record_expense,
    undo_expense,
)
from usecases.periods import close_period
from usecases.posting import MonthClosed
from usecases.reports import pnl_report
from world.clock import VirtualClock

TAXI = RecordExpense("1-1-1", rub("500"), "такси до склада", DAY)


async def costs(unit: UnitOfWork) -> dict[str, int]:
    found = await pnl_report(unit, Basis.CASH)
    assert found is not None
    return {name: amount for name, amount in found[0].total.lines().items() if amount}


async def test_an_unknown_word_is_recorded_and_the_choice_is_remembered(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        first = await record_expense(unit, OWNER, TAXI)
        assert isinstance(first, Recorded)
        assert first.unsorted
        assert first.article.id == SystemArticle.UNSORTED
        changed = await change_article(unit, OWNER, "1-1-1", 301)
        assert isinstance(changed, Changed)
        again = RecordExpense("1-2-1", rub("700"), "Такси  до СКЛАДА", DAY)
        second = await record_expense(unit, OWNER, again)

        assert isinstance(second, Recorded)
        assert (second.unsorted, second.article.id) == (False, 301)
        assert (await costs(unit))["selling"] == 120000
        assert "administrative" not in await costs(unit)


async def test_undo_takes_it_back_once(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        await record_expense(unit, OWNER, TAXI)
        assert isinstance(await undo_expense(unit, OWNER, "1-1-1"), Changed)
        assert isinstance(await undo_expense(unit, OWNER, "1-1-1"), AlreadyUndone)
        assert isinstance(await change_article(unit, OWNER, "1-1-1", 301), AlreadyUndone)
        assert await costs(unit) == {}


async def test_the_same_message_again_is_one_expense_and_a_changed_one_is_refused(
    store: Store,
) -> None:
    await hire(store)
    async with store.write("test") as unit:
        await record_expense(unit, OWNER, TAXI)
        assert isinstance(await record_expense(unit, OWNER, TAXI), Recorded)
        other = RecordExpense("1-1-1", rub("501"), TAXI.words, DAY)
        outcome = await record_expense(unit, OWNER, other)
        assert isinstance(outcome, DiffersFrom)
        assert outcome.field == "entries"
        assert await unit.journal.count() == 1


async def test_a_closed_month_refuses_to_record_to_undo_and_to_move(
    store: Store, clock: VirtualClock
) -> None:
    await hire(store)
    async with store.write("test") as unit:
        await record_expense(unit, OWNER, TAXI)
    clock.advance(timedelta(days=31))
    async with store.write("test") as unit:
        await close_period(unit, COMPANY, OWNER, Month(2026, 3))
        late = RecordExpense("1-3-1", rub("1"), "скрепки", DAY)
        assert await record_expense(unit, OWNER, late) == MonthClosed(DAY)
        assert await undo_expense(unit, OWNER, "1-1-1") == MonthClosed(DAY)
        moved = await change_day(unit, OWNER, "1-1-1", COMPANY.today(unit.now()))
        assert moved == MonthClosed(DAY)
        assert await unit.journal.count() == 1


async def test_only_the_author_may_change_and_only_some_roles_may_spend(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        assert isinstance(await record_expense(unit, ANNA, TAXI), NotAllowed)
        await record_expense(unit, OWNER, TAXI)
        assert isinstance(await undo_expense(unit, MARIA, "1-1-1"), NoSuchExpense)
        assert isinstance(await change_article(unit, OWNER, "1-1-1", 101), NoSuchArticle)


async def test_six_likely_articles_the_persons_own_first(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        await record_expense(unit, OWNER, RecordExpense("1-1-1", rub("5"), "Бухгалтерия", DAY))
        names = [article.name for article in await likely_articles(unit, OWNER)]

    assert len(names) == 6
    assert names[0] == "Бухгалтерия"
