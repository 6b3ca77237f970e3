"""The smoke test itself, against the stand-ins: what `make live` does must work before it is lent
real accounts.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.amocrm.company import ANNA_ID
from sandbox.faults import Faults
from sandbox.servers import Sandbox
from store.database import Store
from tests.live.smoke import sheet_config, try_amocrm, try_spreadsheet, try_telegram
from world.clock import VirtualClock

CHAT = 1


@asynccontextmanager
async def sandbox_of(clock: VirtualClock) -> AsyncIterator[tuple[Sandbox, Mapping[str, str]]]:
    sandbox = Sandbox(clock, Faults())
    async with sandbox.running() as urls:
        yield sandbox, urls


async def test_telegram(sqlite_store: Store, clock: VirtualClock) -> None:
    async with sandbox_of(clock) as (sandbox, urls):
        await sandbox.telegram.phone(CHAT, "Игорь").open_bot()

        await try_telegram(sqlite_store, clock, sandbox.telegram_token, CHAT, urls["telegram"])


async def test_google_sheets(sqlite_store: Store, clock: VirtualClock, tmp_path: Path) -> None:
    async with sandbox_of(clock) as (sandbox, urls):
        key = tmp_path / "key.json"
        key.write_text(json.dumps(sandbox.service_account))
        config = sheet_config(sandbox.spreadsheet_id, key, urls["google_sheets"])

        await try_spreadsheet(sqlite_store, clock, config)


async def test_amocrm(clock: VirtualClock) -> None:
    async with sandbox_of(clock) as (sandbox, urls):
        sandbox.amocrm.add_lead("Кухня", responsible_user_id=ANNA_ID)

        await try_amocrm(clock, urls["amocrm"], sandbox.amocrm_token)
