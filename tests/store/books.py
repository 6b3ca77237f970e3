"""Operations and things for the tests of the store: short to write, random from a seed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from confirmations.handovers import Handover
from confirmations.payments import Claim, Method, Payment, Slot
from ledger.accounts import Account
from ledger.articles import Direction
from ledger.money import Money
from ledger.operations import Entry, Operation, OperationKind, dimensions, reverse
from ledger.seed import SEEDED_ARTICLES
from store.database import Store
from store.journal import AppendOutcome
from store.records import BankLine, Deal, LineExplanation, Part, PartKind, Person, Role
from world.identity import seeded_chance

__all__ = [
    "NOW",
    "TODAY",
    "append",
    "cash_payment",
    "deal",
    "expense",
    "explanation",
    "handover",
    "line",
    "person",
    "random_operations",
]

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MONEY = ("desk:main", "bank:40702810900000000001", "card:anna", "collected:p1", "suspense:1")
OTHERS = ("client:amocrm:1", "client:amocrm:2", "balance:c1", "supplier:x", "issued:p1")
APART = (OperationKind.REVERSAL, OperationKind.OPENING)
OPENING = Account.parse("opening:all")


def expense(
    key: str = "e1", minor: int = 50_000, day: date = TODAY, article: int = 407
) -> Operation:
    entry = Entry(Account.of_article(article), Account.parse("desk:main"), Money(minor))
    return Operation(
        key=key,
        kind=OperationKind.EXPENSE,
        article=article,
        entries=(entry,),
        paid_on=day,
        accrued_on=day,
        dimensions=(("город", "Тверь"), ("салон", "Центр")),
        author="Вера",
        comment="такси",
    )


async def append(store: Store, *operations: Operation) -> list[AppendOutcome]:
    async with store.write("test") as unit:
        return [await unit.journal.append(operation) for operation in operations]


def random_operations(seed: int, count: int) -> list[Operation]:
    """Operations of every kind of place and date; one of ten reverses an earlier one."""
    chance = seeded_chance(seed)
    made: list[Operation] = []
    open_keys: list[int] = []
    for number in range(count):
        if open_keys and chance.random() < 0.1:
            first = made[open_keys.pop(chance.randrange(len(open_keys)))]
            day = TODAY + timedelta(days=chance.randrange(90))
            made.append(reverse(first, f"r{number}", day, "Вера", "ошибка"))
            continue
        open_keys.append(number)
        made.append(_random(seed, number))
    return made


def _random(seed: int, number: int) -> Operation:
    chance = seeded_chance(seed * 1_000_003 + number)
    if chance.random() < 0.05:
        return _opening(number, TODAY + timedelta(days=chance.randrange(-60, 90)))
    article, direction = chance.choice([(one.id, one.direction) for one in SEEDED_ARTICLES])
    accounts = [*MONEY, *OTHERS, f"article:{article}"]
    if direction is Direction.TRANSFER:
        accounts = [*MONEY]
    pairs = [chance.sample(accounts, 2) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    days = [TODAY + timedelta(days=chance.randrange(-60, 90)) for _ in range(2)]
    dates = chance.choice(((days[0], days[0]), (days[0], None), (None, days[1]), tuple(days)))
    values = {"менеджер": chance.choice(("Анна", "Борис", "")), "салон": chance.choice(("А", ""))}
    return Operation(
        key=f"k{number}",
        kind=chance.choice([kind for kind in OperationKind if kind not in APART]),
        article=article,
        entries=tuple(
            Entry(Account.parse(one), Account.parse(other), Money(chance.randrange(1, 10**9)))
            for one, other in pairs
        ),
        paid_on=dates[0],
        accrued_on=dates[1],
        dimensions=dimensions(values),
        deal=chance.choice((None, "amocrm:1")),
        author=chance.choice(("Вера", "Пётр")),
    )


def _opening(number: int, day: date) -> Operation:
    entry = Entry(Account.parse(MONEY[number % 3]), OPENING, Money(1_000_000 + number))
    return Operation(f"k{number}", OperationKind.OPENING, 954, (entry,), day, None)


def deal(number: int = 1) -> Deal:
    return Deal(
        id=f"amocrm:{number}",
        name="Кухня «Лофт»",
        contract_no="К-17",
        contract_date=TODAY,
        client="Иванов",
        client_key="contact:5",
        client_inn=None,
        price=Money(10_000_000),
        pipeline="1",
        stage="20",
        manager_crm_id="amocrm:7001",
        dimensions=(("салон", "Центр"),),
        done_on=None,
        remote_version="v1",
    )


def person(name: str = "p1", role: Role = Role.MANAGER) -> Person:
    return Person(name, name.title(), role, None, None, Account.parse(f"issued:{name}"))


def cash_payment(name: str = "y1", version: int = 1, day: date = TODAY) -> Payment:
    claim = Claim(Money(1_500_000), Method.CASH, day, "p1")
    return Payment(name, Slot("amocrm:1", f"slot-{name}"), version, claim)


def handover(name: str, payments: Sequence[Payment], created_at: datetime = NOW) -> Handover:
    sum_minor = sum(payment.claim.amount.minor for payment in payments)
    return Handover(
        id=name,
        person="p1",
        desk="desk:main",
        payments=tuple(payment.id for payment in payments),
        carried=Money(0),
        declared=Money(sum_minor),
        created_at=created_at,
        expires_at=created_at + timedelta(days=1),
    )


def line(identity: str = "i1", minor: int = 500_000, day: date = TODAY) -> BankLine:
    return BankLine(
        id=0,
        identity=identity,
        identity_version=1,
        account="40702810900000000001",
        incoming=True,
        own_transfer=False,
        day=day,
        amount=Money(minor),
        number="21",
        counterparty="ООО «Ромашка»",
        inn="7707083893",
        counterparty_account="40702810500000000005",
        purpose="Оплата по договору К-17",
        file="f1",
    )


def explanation(line_id: int, attempt: int = 1, by: str = "Вера") -> LineExplanation:
    return LineExplanation(
        line=line_id,
        attempt=attempt,
        by=by,
        at=NOW,
        parts=(Part(PartKind.PAYMENT, "y1", Money(500_000)),),
        reasons=(("same-inn", ("7707083893",)),),
        rules=(1,),
        operations=(f"payment:y1:line:{line_id}",),
    )
