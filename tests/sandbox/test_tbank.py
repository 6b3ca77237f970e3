"""T-API on localhost: strict in what it takes, faithful in what it leaves out."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT, demo_accounts, person
from sandbox.bank.records import Order
from sandbox.bank.standin import BankStandin
from sandbox.bank_side import BankSide
from sandbox.faults import Faults, parse_rules
from sandbox.servers import run_standins
from sandbox.tbank.standin import TBankStandin
from world.clock import VirtualClock

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
WINDOW = {
    "accountNumber": MAIN_ACCOUNT,
    "from": "2026-02-28T21:00:00Z",
    "to": "2026-03-09T21:00:00Z",
}


@dataclass
class Api:
    clock: VirtualClock
    bank: BankStandin
    standin: TBankStandin
    faults: Faults
    session: aiohttp.ClientSession
    url: str

    async def get(self, path: str = "v1/statement", token: str = "t", **query: str) -> Any:
        asked = query if "accountNumber" in query or "v4" in path else {**WINDOW, **query}
        asked = {key.rstrip("_"): value for key, value in asked.items()}
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.url}/openapi/api/{path}"
        async with self.session.get(url, params=asked, headers=headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    clock, faults = VirtualClock(START), Faults()
    bank = BankStandin(clock, accounts=demo_accounts())
    standin = TBankStandin(clock, faults, BankSide(bank, [MAIN_ACCOUNT]), token="t")
    async with (
        run_standins({"tbank": standin.app}) as urls,
        aiohttp.ClientSession() as session,
    ):
        yield Api(clock, bank, standin, faults, session, urls["tbank"])


def pay(api: Api, amount: int = 1_500_010, **more: Any) -> int:
    order = Order(amount, "Оплата", **more)
    return api.bank.client_pays(MAIN_ACCOUNT, person("Иванов"), order).id


async def test_credit_is_incoming_and_sums_are_numbers_in_roubles(api: Api) -> None:
    pay(api)
    api.bank.fee(MAIN_ACCOUNT, Order(990, "Комиссия"))

    _, answer = await api.get(withBalances="true")

    shown = {one["typeOfOperation"]: one["accountAmount"] for one in answer["operations"]}
    assert shown == {"Credit": 15000.1, "Debit": 9.9}
    assert answer["balances"] == {
        "balanceBegin": 1250000.0,
        "balanceEnd": 1264990.2,
        "credit": 15000.1,
        "debit": 9.9,
    }


async def test_balances_come_with_the_first_page_only_and_only_when_asked(api: Api) -> None:
    for _ in range(3):
        pay(api)

    _, plain = await api.get(limit="2")
    _, first = await api.get(limit="2", withBalances="true")
    _, second = await api.get(limit="2", withBalances="true", cursor=first["nextCursor"])

    assert "balances" not in plain
    assert "balances" in first
    assert "balances" not in second
    assert [len(one["operations"]) for one in (first, second)] == [2, 1]
    assert second["nextCursor"] is None


async def test_to_is_exclusive_and_days_end_at_moscows_midnight(api: Api) -> None:
    late = pay(api, day=START.date())
    api.standin.side.make_nightly(late)

    counts = []
    for to in ("2026-03-02T20:00:00Z", "2026-03-02T21:00:00Z"):
        _, answer = await api.get(to=to)
        counts.append(len(answer["operations"]))

    assert counts == [0, 1]


async def test_only_ids_of_the_night_change_when_it_is_over(api: Api) -> None:
    api.standin.side.make_nightly(pay(api))
    pay(api)

    async def ids() -> list[str]:
        _, answer = await api.get()
        return [one["operationId"] for one in answer["operations"]]

    evening = await ids()
    api.clock.advance(timedelta(hours=16))
    morning = await ids()

    assert len(set(evening) & set(morning)) == 1
    assert len(set(evening) | set(morning)) == 3


async def test_a_hold_is_an_authorization_and_moves_no_money(api: Api) -> None:
    api.standin.hold(MAIN_ACCOUNT, 99_000, "карта")

    seen = {}
    for status in ("All", "Authorization", "Transaction"):
        _, answer = await api.get(operationStatus=status, withBalances="true")
        seen[status] = len(answer["operations"])
        assert answer["balances"]["balanceEnd"] == 1250000.0
    _, accounts = await api.get("v4/bank-accounts")

    assert seen == {"All": 1, "Authorization": 1, "Transaction": 0}
    assert accounts[0]["balance"]["authorized"] == 990.0


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "5001"},
        {"limit": "0"},
        {"limit": "many"},
        {"operationStatus": "Booked"},
        {"withBalances": "1"},
        {"cursor": "нет"},
        {"cursor": "c2tpcA=="},
        {"page": "2"},
        {"from": "2026-03-01"},
        {"to": "soonZ"},
        {"to": "2026-02-28T21:00:00Z"},
        {"accountNumber": "407", "from": WINDOW["from"], "to": WINDOW["to"]},
        {"accountNumber": SECOND_ACCOUNT, "from": WINDOW["from"], "to": WINDOW["to"]},
    ],
)
async def test_what_the_api_does_not_take_is_400(api: Api, query: dict[str, str]) -> None:
    status, answer = await api.get(**query)

    assert status == 400
    assert set(answer) == {"errorId", "errorMessage", "errorCode", "errorDetails"}


async def test_tokens_rights_and_pace_are_checked(api: Api) -> None:
    stranger, _ = await api.get(token="other")
    paced = [(await api.get())[0] for _ in range(21)]
    api.clock.advance(timedelta(seconds=1))
    api.standin.forbid()
    forbidden, _ = await api.get()
    api.standin.revoke()
    revoked, _ = await api.get()

    assert (stranger, forbidden, revoked) == (401, 403, 401)
    assert paced == [200] * 20 + [429]


async def test_faults_are_worded_as_the_bank_does(api: Api) -> None:
    api.faults.replace(parse_rules("tbank/GET v1/statement:5xx@1,tbank/GET v1/statement:429@2"))

    answers = [await api.get() for _ in range(3)]

    assert [status for status, _ in answers] == [500, 429, 200]
    assert answers[0][1]["errorCode"] == "INTERNAL_ERROR"
