import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import aiohttp
import pytest

from sandbox.bank.book import UnknownAccountError
from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT, demo_accounts, person
from sandbox.bank.people import BadOrderError
from sandbox.bank.records import Order
from sandbox.bank.standin import BankStandin
from sandbox.servers import run_standins
from world.clock import VirtualClock

NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def bank() -> BankStandin:
    return BankStandin(VirtualClock(NOON), accounts=demo_accounts())


@asynccontextmanager
async def page(bank: BankStandin) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    async with run_standins({"bank": bank.app}) as urls, aiohttp.ClientSession() as session:
        yield session, f"{urls['bank']}/_people/bank"


async def post(session: aiohttp.ClientSession, url: str, **body: Any) -> tuple[int, Any]:
    async with session.post(url, json=body) as answer:
        return answer.status, await answer.json()


async def test_everything_people_do_can_be_done_over_http(bank: BankStandin) -> None:
    main: dict[str, Any] = {"account": MAIN_ACCOUNT, "purpose": "Оплата"}
    olga = {"name": "Петрова Ольга", "inn": ""}
    async with page(bank) as (session, url):
        answers = [
            await post(session, f"{url}/client-payment", **main, amount="15000.50", party=olga),
            await post(session, f"{url}/supplier-payment", **main, amount="100", party=olga),
            await post(session, f"{url}/refund", **main, amount="5.5", party=olga),
            await post(
                session, f"{url}/own-transfer", **main, amount=1000, to_account=SECOND_ACCOUNT
            ),
            await post(session, f"{url}/fee", **main, amount="25"),
            await post(session, f"{url}/cash", **main, amount="70"),
            await post(
                session,
                f"{url}/settlement",
                account=MAIN_ACCOUNT,
                gross="100.00",
                fee="1.80",
                registry_day="2026-03-01",
                merchant="881000000101",
            ),
        ]
        async with session.get(f"{url}/accounts") as answer:
            shown = await answer.json()
        async with session.get(f"{url}/documents?account={SECOND_ACCOUNT}") as answer:
            second = (await answer.json())["documents"]

    assert [status for status, _ in answers] == [200] * 7
    assert [one["balance"] for one in shown["accounts"]] == ["1264038.20", "1000.00"]
    assert shown["today"] == "2026-03-02"
    assert [one["amount"] for one in second] == ["1000.00"]


async def test_a_back_dated_payment_keeps_the_number_and_days_it_is_given(
    bank: BankStandin,
) -> None:
    async with page(bank) as (session, url):
        _, shown = await post(
            session,
            f"{url}/client-payment",
            account=MAIN_ACCOUNT,
            amount="1",
            purpose="Оплата",
            party={"name": "А", "account": "40817810000000000777"},
            day="2026-02-27",
            document_day="2026-02-25",
            number="128",
        )

    assert (shown["number"], shown["day"], shown["credited_on"]) == (
        "128",
        "2026-02-25",
        "2026-02-27",
    )
    assert shown["payer_account"] == "40817810000000000777"


async def test_the_statement_comes_as_a_file(bank: BankStandin) -> None:
    period = f"account={MAIN_ACCOUNT}&from=2026-03-01&to=2026-03-02"
    async with page(bank) as (session, url), session.get(f"{url}/statement?{period}") as answer:
        data = await answer.read()

    assert "kl_to_1c.txt" in answer.headers["Content-Disposition"]
    assert data == bank.statement(MAIN_ACCOUNT, date(2026, 3, 1), date(2026, 3, 2))


async def test_requests_that_cannot_be_met_are_named(bank: BankStandin) -> None:
    olga = {"name": "Петрова Ольга"}
    good: dict[str, Any] = {
        "account": MAIN_ACCOUNT,
        "amount": "1",
        "purpose": "Оплата",
        "party": olga,
    }
    async with page(bank) as (session, url):
        path = f"{url}/client-payment"
        statuses = [
            (await post(session, path, **{**good, **wrong}))[0]
            for wrong in (
                {"account": "1"},
                {"amount": "много"},
                {"amount": "0.001"},
                {"amount": "-5"},
                {"day": "2026-03-03"},
                {"party": "Ольга"},
            )
        ]
        async with session.get(f"{url}/statement?from=2026-03-01&to=2026-03-02") as answer:
            statuses.append(answer.status)

    assert statuses == [404, 400, 400, 400, 400, 400, 400]
    assert bank.documents == []


def test_the_bank_survives_a_dump_through_json(bank: BankStandin) -> None:
    bank.client_pays(MAIN_ACCOUNT, person("Петрова О. С."), Order(15_000_00, "Договор № 17"))
    bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, Order(1_000_00, "Перевод"))
    again = BankStandin(VirtualClock(NOON), accounts=demo_accounts())

    again.load(json.loads(json.dumps(bank.dump())))

    assert again.documents == bank.documents
    assert again.balance(MAIN_ACCOUNT) == bank.balance(MAIN_ACCOUNT)


def test_a_dropped_document_is_gone_from_the_balance(bank: BankStandin) -> None:
    before = bank.balance(MAIN_ACCOUNT)
    document = bank.client_pays(MAIN_ACCOUNT, person("Петрова О. С."), Order(100, "Оплата"))

    bank.drop(document.id)

    assert bank.balance(MAIN_ACCOUNT) == before


def test_unknown_accounts_and_senseless_periods_are_refused(bank: BankStandin) -> None:
    with pytest.raises(UnknownAccountError):
        bank.statement("40702810000000000000", date(2026, 3, 1), date(2026, 3, 2))
    with pytest.raises(BadOrderError):
        bank.statement(MAIN_ACCOUNT, date(2026, 3, 2), date(2026, 3, 1))
