"""The doctor: every connection and permission, and how to mend it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.checks import Check, examine
from app.config import BankConfig, Config
from app.demo_world import demo_config
from sandbox.bank.company import MAIN_ACCOUNT
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
    urls: Mapping[str, str]

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
        yield Ward(sandbox, config, sqlite_store, clock, tmp_path, urls)


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


def banks(ward: Ward, accounts: Sequence[str] = ()) -> dict[str, BankConfig]:
    found = ward.sandbox.connections(ward.urls)
    return {
        name: BankConfig(
            token=found[name]["token"], api_base=found[name]["base_url"], accounts=tuple(accounts)
        )
        for name in ("tbank", "modulbank")
    }


async def test_banks_show_their_accounts_and_a_dead_token_how_to_mend_it(ward: Ward) -> None:
    healthy = await ward.examine(**banks(ward))
    foreign = await ward.examine(**banks(ward, ["40702810900000000001"]))
    ward.sandbox.tbank.revoke()
    ward.sandbox.modulbank.revoke()
    sick = await ward.examine(**banks(ward))

    for name in ("tbank", "modulbank"):
        assert MAIN_ACCOUNT in healthy[name].text
        assert "40702810900000000001" in foreign[name].text
        assert not foreign[name].ok
        assert "выпустите новый" in sick[name].text


async def test_absent_parts_are_named_not_hidden(ward: Ward) -> None:
    checks = await ward.examine(telegram=None, sheet=None, amocrm=None)

    assert {name for name, check in checks.items() if not check.ok} == {
        "telegram",
        "spreadsheet",
        "crm",
    }
