"""hledger, a ledger written by others, counts the same balances from the same entries."""

import csv
import io
import os
import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from ledger.balances import balances
from ledger.money import Money
from ledger.operations import Operation
from tests.ledger.journeys import events, post_all
from tests.ledger.model import Event
from tests.ledger.reading import day, place

HLEDGER = shutil.which("hledger")
pytestmark = pytest.mark.skipif(
    HLEDGER is None, reason="hledger not here: apt-get install hledger"
)


def journal(operations: list[Operation]) -> str:
    """Plain text of the entries: two postings each, both with their amounts."""
    lines: list[str] = []
    for operation in operations:
        on = operation.paid_on or operation.accrued_on
        for entry in operation.entries:
            amount = entry.amount.plain
            lines.append(f"{on} {operation.key}")
            lines.append(f"    {entry.debit}  RUB {amount}")
            lines.append(f"    {entry.credit}  RUB -{amount}\n")
    return "\n".join(lines)


def by_hledger(text: str) -> dict[str, str]:
    assert HLEDGER
    command = [HLEDGER, "-f", "-", "balance", "--flat", "--no-total", "-O", "csv"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
        env=environment,
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    return {row["account"]: row["balance"].removeprefix("RUB ") for row in rows}


def by_the_room(operations: list[Operation]) -> dict[str, str]:
    sums = balances(operations)
    return {str(one): Money(sums[one]).plain for one in sums if sums[one]}


def test_hledger_counts_a_written_day_as_we_do() -> None:
    paid = [
        Event("pay", 15000_05, day("2026-01-15"), "collected:p3"),
        Event("hand over", 14900_00, day("2026-01-16")),
        Event("spend", 500_00, day("2026-01-16"), "desk:main", article=401),
    ]

    told = by_hledger(journal(post_all(paid)))

    assert told == {
        "client:a-1": "-15000.05",
        "collected:p3": "100.05",
        "desk:main": "14400.00",
        "supplier:unnamed": "500.00",
    }
    assert by_the_room(post_all(paid)) == told


def test_hledger_reads_names_as_people_write_them() -> None:
    [sold] = post_all([Event("pay", 1, day("2026-01-15"), "desk:main")])
    entry = replace(sold.entries[0], debit=place("card:Анна П., ИП «Стекло»"))

    told = by_hledger(journal([replace(sold, entries=(entry,))]))

    assert told == {"card:Анна П., ИП «Стекло»": "0.01", "client:a-1": "-0.01"}


@given(events())
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_hledger_counts_any_months_as_we_do(happened: list[Event]) -> None:
    operations = post_all(happened)

    assert by_hledger(journal(operations)) == by_the_room(operations)
