"""Modulbank's API on localhost: all POST, the bank's view of in and out, pages of fifty."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.bank.company import MAIN_ACCOUNT, demo_accounts, person
from sandbox.bank.records import Order
from sandbox.bank.standin import BankStandin
from sandbox.bank_side import BankSide
from sandbox.faults import Faults
from sandbox.modulbank.standin import ModulbankStandin, account_id
from sandbox.servers import run_standins
from world.clock import VirtualClock

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HISTORY = f"operation-history/{account_id(MAIN_ACCOUNT)}"


@dataclass
class Api:
    clock: VirtualClock
    bank: BankStandin
    standin: ModulbankStandin
    session: aiohttp.ClientSession
    url: str

    async def post(self, path: str, body: Any = None, token: str = "t") -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        self.clock.advance(timedelta(seconds=1))
        url = f"{self.url}/v1/{path}"
        async with self.session.post(
            url, json={} if body is None else body, headers=headers
        ) as got:
            is_json = got.content_type == "application/json"
            return got.status, await (got.json() if is_json else got.text())

    def pay(self, amount: int = 100, **more: Any) -> None:
        self.bank.client_pays(MAIN_ACCOUNT, person("Иванов"), Order(amount, "Оплата", **more))


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    clock = VirtualClock(START)
    bank = BankStandin(clock, accounts=demo_accounts())
    standin = ModulbankStandin(clock, Faults(), BankSide(bank), token="t")
    async with (
        run_standins({"modulbank": standin.app}) as urls,
        aiohttp.ClientSession() as session,
    ):
        yield Api(clock, bank, standin, session, urls["modulbank"])


async def test_debet_is_in_credit_is_out_and_sums_are_positive(api: Api) -> None:
    api.pay(1_500_010)
    api.bank.fee(MAIN_ACCOUNT, Order(990, "Комиссия"))

    _, rows = await api.post(HISTORY)

    assert {(one["category"], one["status"], one["amount"]) for one in rows} == {
        ("Debet", "Received", 15000.1),
        ("Credit", "Executed", 9.9),
    }
    assert {one["currency"] for one in rows} == {"RUR"}


async def test_accounts_have_guids_and_balances_are_bare_numbers(api: Api) -> None:
    _, companies = await api.post("account-info")
    account = companies[0]["bankAccounts"][0]
    _, balance = await api.post(f"account-info/balance/{account['id']}")

    assert account["number"] == MAIN_ACCOUNT
    assert account["id"] == account_id(MAIN_ACCOUNT)
    assert balance == account["balance"] == 1250000.0


async def test_pages_are_of_fifty_over_the_list_as_it_is_now(api: Api) -> None:
    for _ in range(60):
        api.pay()
    _, first = await api.post(HISTORY, {"skip": 0, "records": 50})
    api.pay()
    _, second = await api.post(HISTORY, {"skip": 50, "records": 50})

    assert (len(first), len(second)) == (50, 11)
    assert len({one["id"] for one in first + second}) == 60


async def test_a_period_ends_where_its_last_day_begins(api: Api) -> None:
    api.clock.advance(timedelta(days=1))
    api.pay(day=START.date())

    counts = []
    for till in ("2026-03-02", "2026-03-03"):
        _, rows = await api.post(HISTORY, {"from": "2026-03-02", "till": till})
        counts.append(len(rows))

    assert counts == [0, 1]


async def test_an_order_on_its_way_is_shown_and_moves_nothing(api: Api) -> None:
    api.standin.send(MAIN_ACCOUNT, 99_000, "поставщику")

    _, all_rows = await api.post(HISTORY)
    _, done = await api.post(HISTORY, {"statuses": ["Received", "Executed"]})
    _, incoming = await api.post(HISTORY, {"category": "Debet"})

    assert [one["status"] for one in all_rows] == ["SendToBank"]
    assert (done, incoming) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        {"records": 51},
        {"records": 0},
        {"skip": -1},
        {"page": 2},
        {"from": "02.03.2026"},
        {"skip": "many"},
        [],
    ],
)
async def test_what_the_api_does_not_take_is_400(api: Api, body: Any) -> None:
    status, _ = await api.post(HISTORY, body)

    assert status == 400


async def test_strangers_other_methods_and_haste_are_refused(api: Api) -> None:
    unknown, _ = await api.post("operation-history/none")
    stranger, _ = await api.post("account-info", token="other")
    await api.post("account-info")
    api.clock.advance(timedelta(seconds=0))
    headers = {"Authorization": "Bearer t"}
    async with api.session.post(f"{api.url}/v1/account-info", headers=headers) as hasty:
        assert hasty.status == 429
    api.clock.advance(timedelta(seconds=1))
    async with api.session.get(f"{api.url}/v1/account-info", headers=headers) as got:
        assert got.status == 405
    api.standin.revoke()
    revoked, _ = await api.post("account-info")

    assert (unknown, stranger, revoked) == (400, 401, 401)
