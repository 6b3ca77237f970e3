"""hledger reads the exported books and, classifying by names alone, counts the same profit."""

import asyncio
import csv
import io
import os
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from app.exports.hledger import hledger_journal, ladder_account
from ledger.accounts import Account, AccountKind
from ledger.articles import PnlLine
from ledger.money import Money
from ledger.operations import Entry, Operation
from store.database import Store
from store.reports import Basis
from tests.app.command_room import Desk
from tests.store.books import append, expense, random_operations
from world.clock import SystemClock
from world.identity import SeededIds

HLEDGER = shutil.which("hledger")
COST = Account.of_article(407)
GAINS = {PnlLine.REVENUE, PnlLine.OTHER_INCOME}


@pytest.fixture
def hledger() -> str:
    if HLEDGER is None:
        missing = "hledger not here: apt-get install hledger"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return HLEDGER


def fill(desk: Desk, operations: list[Operation]) -> None:
    async def post() -> None:
        url = f"sqlite+aiosqlite:///{desk.home}/var/kopeyka.db"
        store = Store(url, SystemClock(), SeededIds(1))
        await append(store, *operations)
        await store.close()

    asyncio.run(post())


def balances(hledger: str, journal: Path, *query: str) -> dict[str, int]:
    """Minor units by account, as hledger counts them."""
    command = [hledger, "-f", str(journal), "balance", "--flat", "--no-total", "-O", "csv", *query]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True, env=environment
    )
    rows = csv.DictReader(io.StringIO(done.stdout))
    return {row["account"]: minor(row["balance"]) for row in rows}


def minor(balance: str) -> int:
    return int(balance.removesuffix(" RUB").replace(".", ""))


def profit(sums: dict[str, int]) -> dict[str, str]:
    """The lines of the ladder from hledger's balances: gains are credits there."""
    found = {}
    for line in PnlLine:
        account = ladder_account(line)
        debit = sum(
            amount
            for name, amount in sums.items()
            if name == account or name.startswith(f"{account}:")
        )
        found[line.value] = Money(-debit if line in GAINS else debit).plain
    return found


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hledger_counts_every_line_of_the_ladder_as_we_do(
    desk: Desk, hledger: str, basis: Basis, seed: int
) -> None:
    fill(desk, random_operations(seed, 300))
    journal = desk.home / "books.journal"

    assert desk.run("export", "--hledger", journal, "--basis", basis).status == 0

    report = desk.json("report", "pnl", "--basis", basis)
    assert [profit(balances(hledger, journal, "-p", row["value"])) for row in report["rows"]] == [
        {line.value: row[line.value] for line in PnlLine} for row in report["rows"]
    ]
    assert report["total"]["net_profit"] != "0.00"


@pytest.mark.parametrize("basis", Basis)
def test_hledgers_own_income_statement_is_the_net_profit(
    desk: Desk, hledger: str, basis: Basis
) -> None:
    fill(desk, random_operations(4, 200))
    journal = desk.home / "books.journal"
    desk.run("export", "--hledger", journal, "--basis", basis)

    counted = balances(hledger, journal, "type:RX")

    report = desk.json("report", "pnl", "--basis", basis)
    assert Money(-sum(counted.values())).plain == report["total"]["net_profit"]


def test_money_stands_where_the_cash_flow_says(desk: Desk, hledger: str) -> None:
    fill(desk, [one for one in random_operations(5, 200) if one.paid_on])
    journal = desk.home / "books.journal"
    desk.run("export", "--hledger", journal)

    counted = balances(hledger, journal, "^assets:desk", "^assets:bank", "^assets:card")

    flow = desk.json("report", "cash-flow")["accounts"]
    kinds = ("desk", "bank", "card")
    told = {
        f"assets:{one['code']}": one["closing"] for one in flow if one["code"].startswith(kinds)
    }
    assert {name: Money(amount).plain for name, amount in counted.items()} == told


def test_hostile_names_stay_apart(desk: Desk, hledger: str) -> None:
    names = ["a  b", "a b", "a;b", "a:b", "(a)", "a\tb", "a%20 b", " a", "a\u00a0b", "=a", "a\nb"]
    operations = [
        replace(
            expense(key=f"{name} {number}"),
            entries=(Entry(COST, Account(AccountKind.DESK, name), Money(100 + number)),),
            deal=name,
            dimensions=(("salon", name),),
        )
        for number, name in enumerate(names)
    ]
    fill(desk, operations)
    journal = desk.home / "books.journal"
    desk.run("export", "--hledger", journal)

    counted = balances(hledger, journal, "^assets:desk:")

    told = {unquote(name.removeprefix("assets:desk:")): amount for name, amount in counted.items()}
    assert told == {name: -100 - number for number, name in enumerate(names)}


async def test_a_journal_is_written_operation_by_operation(sqlite_store: Store) -> None:
    chance = random.Random(7)
    operations = [replace(one, comment=str(chance.random())) for one in random_operations(7, 20)]
    await append(sqlite_store, *operations)
    async with sqlite_store.read() as unit:
        articles = await unit.catalog.articles()
        written = [
            piece
            async for piece in hledger_journal(unit.journal.all(), articles, Basis.CASH, "RUB")
        ]

    assert len(written) == 1 + sum(one.paid_on is not None for one in operations)
