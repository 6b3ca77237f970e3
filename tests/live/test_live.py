"""`make live`: the product against the real Telegram, Google Sheets and amoCRM. Never in CI.

Whoever runs it lends their own accounts by environment variables; README says which. What is not
lent is skipped by name. The spreadsheet is written over; amoCRM is only read.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.database import Store
from tests.live.smoke import sheet_config, try_amocrm, try_spreadsheet, try_telegram
from world.clock import SystemClock
from world.identity import SystemIds

pytestmark = pytest.mark.live

CLOCK = SystemClock()


@pytest.fixture
async def books(sqlite_url: str) -> AsyncIterator[Store]:
    """Empty books on the machine's own clock."""
    store = Store(sqlite_url, CLOCK, SystemIds())
    yield store
    await store.close()


def lent(name: str) -> str:
    """What a person gave in the environment, or a skip that names it."""
    variable = f"KOPEYKA_LIVE_{name}"
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} is not set")
    return value


async def test_the_real_telegram_takes_a_card_and_edits_it(books: Store) -> None:
    await try_telegram(books, CLOCK, lent("TELEGRAM_TOKEN"), int(lent("TELEGRAM_CHAT")))


async def test_the_real_google_sheets_computes_what_the_ledger_says(books: Store) -> None:
    config = sheet_config(lent("SPREADSHEET"), Path(lent("SERVICE_ACCOUNT")))

    await try_spreadsheet(books, CLOCK, config)


async def test_the_real_amocrm_is_readable() -> None:
    await try_amocrm(CLOCK, lent("AMOCRM_URL"), lent("AMOCRM_TOKEN"))
