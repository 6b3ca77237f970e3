"""Payments as rows: the expected ones are the report's, in its order."""

from sheets.waiting_facts import read_waiting
from store.database import Store
from tests.sheets.tabs.test_waiting_tabs import COMPANY, fill
from usecases.payment_book import PaymentState, payment_book
from usecases.reports import unconfirmed


async def test_expected_payments_are_the_reports(sqlite_store: Store) -> None:
    await fill(sqlite_store)
    async with sqlite_store.read() as unit:
        rows = await payment_book(unit, COMPANY)
        report = await unconfirmed(unit, COMPANY)
        waiting = await read_waiting(unit, COMPANY.zone)
    assert [(row.key, row.minor, row.days_late) for row in rows] == [
        (one.payment.id, one.amount.minor, one.days_late) for one in report
    ]
    assert {row.state for row in rows} == {PaymentState.EXPECTED}
    assert waiting.payments == tuple(rows)
