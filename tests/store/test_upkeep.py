"""Closed months, audit entries, settings, jobs and conversations."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from ledger.months import Month
from ledger.periods import Periods, Reopening
from store.database import Store
from store.records import AuditEntry
from tests.store.books import NOW
from tests.store.coherent import assert_store_coherent

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
AGAIN = Reopening(JANUARY, NOW + timedelta(days=1), "Вера", "забыли акт")


async def test_closing_and_reopening_are_records(store: Store) -> None:
    async with store.write("test") as unit:
        assert await unit.upkeep.periods() == Periods()
        await unit.upkeep.close_month(FEBRUARY, "Вера")
        await unit.upkeep.reopen_month(AGAIN)
        assert await unit.upkeep.periods() == Periods(FEBRUARY, (AGAIN,))
    await assert_store_coherent(store)


async def test_closing_a_month_again_ends_its_exception_and_opens_no_later_one(
    store: Store,
) -> None:
    async with store.write("test") as unit:
        await unit.upkeep.close_month(FEBRUARY, "Вера")
        await unit.upkeep.reopen_month(AGAIN)
        await unit.upkeep.close_month(JANUARY, "Вера")

        assert await unit.upkeep.periods() == Periods(FEBRUARY, ())
    await assert_store_coherent(store)


async def test_audit_entries_of_a_thing_come_in_order(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.upkeep.audit("Вера", "record", "operation:1", {"сумма": "500.00"})
        await unit.upkeep.audit("Вера", "record", "operation:2")
        await unit.upkeep.audit("Пётр", "reverse", "operation:1")

        assert await unit.upkeep.audit_of("operation:1") == [
            AuditEntry(NOW, "Вера", "record", "operation:1", {"сумма": "500.00"}),
            AuditEntry(NOW, "Пётр", "reverse", "operation:1", {}),
        ]
    await assert_store_coherent(store)


async def test_a_setting_is_kept_and_replaced(store: Store) -> None:
    async with store.write("test") as unit:
        assert await unit.upkeep.setting("head") is None
        for value in ({"b": [1, "ё"], "a": None}, 0, "слово", None):
            await unit.upkeep.set_setting("head", value)
            assert await unit.upkeep.setting("head") == value
    await assert_store_coherent(store)


async def test_a_job_is_done_once_for_a_period(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.upkeep.finish_job("digest", "2026-03-01")
        assert await unit.upkeep.job_done("digest", "2026-03-01")
        assert not await unit.upkeep.job_done("digest", "2026-03-02")

    with pytest.raises(IntegrityError):
        await _finish(store)

    await assert_store_coherent(store)


async def test_a_conversation_is_kept_until_it_is_empty(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.upkeep.set_conversation("chat:1", "amount", {"сумма": 5})
        assert await unit.upkeep.conversation("chat:1") == ("amount", {"сумма": 5})
        await unit.upkeep.set_conversation("chat:1", None, {})
        assert await unit.upkeep.conversation("chat:1") == (None, {})
    await assert_store_coherent(store)


async def _finish(store: Store) -> None:
    async with store.write("test") as unit:
        await unit.upkeep.finish_job("digest", "2026-03-01")
