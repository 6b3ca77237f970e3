"""The doctor: every connection and permission, and how to mend it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.checks import Check, examine
from app.config import Config
from app.demo_world import demo_config
from sandbox.faults import Faults
from sandbox.google_sheets.api import Access
from sandbox.servers import Sandbox
from store.database import Store
from world.clock import VirtualClock


@dataclass
class Ward:
    sandbox: Sandbox
    config: Config
    store: Store
    clock: VirtualClock
    home: Path

    async def examine(self, **changed: object) -> dict[str, Check]:
        config = self.config.model_copy(update=changed)
        checks = await examine(config, self.store, self.clock, self.home)
        # A failed check of a kind hides its good ones.
        return {one.name: one for one in sorted(checks, key=lambda one: not one.ok)}


@pytest.fixture
async def ward(sqlite_store: Store, clock: VirtualClock, tmp_path: Path) -> AsyncIterator[Ward]:
    sandbox = Sandbox(clock, Faults())
    async with sandbox.running() as urls:
        config = demo_config(sandbox, urls, tmp_path, 1)
        yield Ward(sandbox, config, sqlite_store, clock, tmp_path)


async def test_a_healthy_company_shows_names_beside_ids(ward: Ward) -> None:
    checks = await ward.examine()

    assert all(check.ok for check in checks.values()), checks
    assert "@kopeyka_sandbox_bot" in checks["telegram"].text
    assert "Предоплата (427101)" in checks["crm поле"].text
    assert "Анна (amocrm:10200002)" in checks["crm"].text


async def test_a_spreadsheet_that_is_not_shared_says_with_whom_to_share_it(ward: Ward) -> None:
    spreadsheet = ward.sandbox.spreadsheet_id
    for access in (Access.DENIED, Access.READER):
        ward.sandbox.google_sheets.set_share(spreadsheet, access)
        checks = await ward.examine()

        assert not checks["spreadsheet"].ok
        assert "gserviceaccount.com" in checks["spreadsheet"].text


async def test_a_revoked_token_asks_for_a_new_one(ward: Ward) -> None:
    ward.sandbox.amocrm.revoke()

    checks = await ward.examine()

    assert not checks["crm"].ok
    assert "новый долгосрочный токен" in checks["crm"].text


async def test_a_wrong_bot_token_and_a_wrong_field_are_named(ward: Ward) -> None:
    assert ward.config.telegram is not None
    assert ward.config.amocrm is not None
    token = SecretStr("777000001:another-token-another-token-anoth")
    telegram = ward.config.telegram.model_copy(update={"token": token})
    amocrm = ward.config.amocrm.model_copy(update={"contract_no": 404404})

    checks = await ward.examine(telegram=telegram, amocrm=amocrm)

    assert "BotFather" in checks["telegram"].text
    assert "404404" in checks["crm поле"].text


async def test_absent_parts_are_named_not_hidden(ward: Ward) -> None:
    checks = await ward.examine(telegram=None, sheet=None, amocrm=None)

    assert {name for name, check in checks.items() if not check.ok} == {
        "telegram",
        "spreadsheet",
        "crm",
    }
