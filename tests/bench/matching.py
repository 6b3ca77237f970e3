"""Matching 10,000 and 100,000 lines with as many open payments; the growth; time and memory.

Against an all-pairs matcher (on 2,000 lines, where it still ends) and against the floor: a plain
hash join of amount and contract number, which finds only exact payments with a tidy number.
Each size is matched in a process of its own, so that the peak of memory is its own.
"""

import asyncio
import gc
import math
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from banking.formats.records import Direction, StatementLine
from banking.matching.match import match
from banking.matching.records import MatchContext, OpenPayment, PaymentMethod
from ledger.money import Money
from tests.bench.figures import Figure
from world.identity import Chance, seeded_chance

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 100_000)
ALL_PAIRS = 2000
FIRST = date(2026, 1, 12)
DAYS = 300
PRICES = (9_900, 14_900, 15_000, 20_000, 29_900, 45_000, 50_000, 75_000)
SURNAMES = [
    "Абрамов",
    "Белов",
    "Власов",
    "Громов",
    "Дьяков",
    "Ершов",
    "Жуков",
    "Зотов",
    "Ильин",
    "Котов",
]
FIRST_NAMES = ["Анна", "Вера", "Глеб", "Дина", "Егор", "Зоя", "Иван", "Лев", "Нина", "Олег"]
PATRONYMICS = ["Ильич", "Львович", "Петрович"]
SALONS = {f"8810000000{number:02d}": f"Салон {number}" for number in range(20)}
OURS = "40702810000000000001"
METHODS = [PaymentMethod.BANK_TRANSFER] * 7 + [PaymentMethod.TERMINAL] * 2 + [PaymentMethod.CASH]
NUMBER = re.compile(r"К-\d+")


@dataclass(frozen=True)
class Run:
    took: float
    peak_mb: float


async def measure(_folder: Path, scale: float) -> list[Figure]:
    """Both sizes by both ways, then the pairs."""
    small, large = (max(int(size * scale), 200) for size in SIZES)
    pairs = max(min(int(ALL_PAIRS * scale), ALL_PAIRS), 100)
    ours = {size: await _child("ours", size) for size in (small, large)}
    join = {size: await _child("join", size) for size in (small, large)}
    few, all_pairs = await _child("ours", pairs), await _child("pairs", pairs)
    name = "hash join (amount, contract)"
    return [
        *(
            Figure(f"matching {size} lines, {size} payments", "s", *_of(size, ours, join), name)
            for size in (small, large)
        ),
        Figure("growth exponent", "", _growth(ours), _growth(join), name),
        Figure(
            f"peak memory, {large} lines, data included",
            "MB",
            ours[large].peak_mb,
            join[large].peak_mb,
            name,
        ),
        Figure(
            f"one line of {pairs} against {pairs}",
            "µs",
            few.took / pairs * 1e6,
            all_pairs.took / pairs * 1e6,
            "all pairs",
        ),
    ]


def _of(size: int, ours: dict[int, Run], join: dict[int, Run]) -> tuple[float, float]:
    return ours[size].took, join[size].took


def _growth(runs: dict[int, Run]) -> float:
    (small, one), (large, other) = sorted(runs.items())
    return math.log(other.took / one.took) / math.log(large / small)


async def _child(way: str, size: int) -> Run:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        way,
        str(size),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    took, peak = output.decode().split()
    return Run(float(took), float(peak))


def company(size: int) -> tuple[list[StatementLine], list[OpenPayment]]:
    """So many payments of a few hundred clients, one to three a contract, and so many lines."""
    chance = seeded_chance(size)
    clients = [_client(number) for number in range(300)]
    payments: list[OpenPayment] = []
    deal = 0
    while len(payments) < size:
        deal += 1
        payments += _deal(chance, deal, *chance.choice(clients), len(payments))
    payments = payments[:size]
    sold: Counter[tuple[str, date]] = Counter()
    for one in payments:
        if one.method is PaymentMethod.TERMINAL:
            sold[one.salon, one.expected_on] += one.amount.minor
    lines = [_line(chance, at, one, sold) for at, one in enumerate(payments, start=1)]
    return lines, payments


def _client(number: int) -> tuple[str, str | None]:
    if number % 3 == 0:
        return f'ООО "Компания {number}"', str(9_900_000_000 + number)
    at = number // 3
    surname, first = SURNAMES[number % 10], FIRST_NAMES[at % 10]
    return f"{surname} {first} {PATRONYMICS[at % 3]}", None


def _deal(
    chance: Chance, deal: int, client: str, inn: str | None, first: int
) -> list[OpenPayment]:
    start = chance.randrange(DAYS)
    return [
        OpenPayment(
            id=f"p{first + step}",
            deal_id=f"d{deal}",
            contract_no=f"К-{10_000 + deal}",
            client=client,
            client_inn=inn,
            invoice_no=None,
            amount=Money(_price(chance)),
            method=chance.choice(METHODS),
            expected_on=FIRST + timedelta(days=start + step * 14),
            salon=chance.choice(sorted(SALONS.values())),
        )
        for step in range(chance.choice((1, 2, 2, 3)))
    ]


def _price(chance: Chance) -> int:
    if chance.random() < 0.4:
        return chance.choice(PRICES) * 100
    return chance.randrange(300_000, 20_000_000)


def _line(
    chance: Chance, number: int, payment: OpenPayment, sold: Counter[tuple[str, date]]
) -> StatementLine:
    """The line that pays this; a terminal's day comes as one credit, in place of its first sale."""
    day = payment.expected_on + timedelta(days=chance.randrange(4))
    amount, name, inn = payment.amount, payment.client, payment.client_inn
    account = f"407028105{hash_of(name):011d}"
    is_sale = payment.method is PaymentMethod.TERMINAL
    gross = sold.pop((payment.salon, payment.expected_on), 0) if is_sale else 0
    if gross:
        merchant = next(one for one, salon in SALONS.items() if salon == payment.salon)
        fee = gross * 19 // 1000
        told = f"{payment.expected_on:%d.%m.%Y}. Комиссия {fee // 100}.{fee % 100:02d}"
        text = f"Зачисление по операциям эквайринга. Мерчант №{merchant}. Дата реестра {told}"
        amount, name, inn = Money(gross - fee), 'ПАО "Банк"', "7700000017"
        account = "30232810000000000017"
    elif payment.method in {PaymentMethod.CASH, PaymentMethod.TERMINAL}:
        text, name, inn = "Возврат аванса поставщиком", "Чужой", "9800000001"
    elif chance.random() < 0.6:
        text = f"Оплата по договору {payment.contract_no} от 11.01.2026, НДС не облагается"
    else:
        text = "Оплата за мебель. Без НДС"
    return StatementLine(
        line=number,
        account=OURS,
        direction=Direction.IN,
        day=day,
        amount=amount,
        number=str(number),
        counterparty=name,
        inn=inn,
        counterparty_account=account,
        purpose=text,
        document_type="",
        identity=str(number),
    )


def hash_of(name: str) -> int:
    """A number of an account for a name, the same in every process."""
    return int.from_bytes(name.encode()[:16].ljust(16, b"0")) % 10**11


def hash_join(lines: list[StatementLine], payments: list[OpenPayment]) -> int:
    """The floor: equal amount and a contract number written as we write it."""
    waiting: dict[tuple[int, str], list[str]] = {}
    for payment in payments:
        waiting.setdefault((payment.amount.minor, payment.contract_no), []).append(payment.id)
    found = 0
    for line in lines:
        number = NUMBER.search(line.purpose)
        group = waiting.get((line.amount.minor, number[0])) if number else None
        if group:
            group.pop()
            found += 1
    return found


def pairs(lines: list[StatementLine], payments: list[OpenPayment]) -> int:
    """Every line against every payment: a score for number, sum, INN and name; ties refused."""
    found = 0
    for line in lines:
        scores = [
            4 * (payment.contract_no in line.purpose)
            + 3 * (payment.amount == line.amount)
            + 2 * (line.inn is not None and payment.client_inn == line.inn)
            + (payment.client == line.counterparty)
            for payment in payments
        ]
        best = max(scores)
        found += best > 3 and scores.count(best) == 1
    return found


def _measured(way: str, size: int) -> None:
    lines, payments = company(size)
    context = MatchContext(merchants=SALONS)
    gc.freeze()  # the data is given: going through it again and again is not the matcher's work
    began = time.process_time()  # the machine may have other work
    if way == "ours":
        match(lines, payments, context)
    else:
        (hash_join if way == "join" else pairs)(lines, payments)
    took = time.process_time() - began
    with Path("/proc/self/status").open() as status:
        peak = re.search(r"VmHWM:\s+(\d+)", status.read())
    assert peak
    print(took, int(peak[1]) / 1024)


if __name__ == "__main__":
    _measured(sys.argv[1], int(sys.argv[2]))
