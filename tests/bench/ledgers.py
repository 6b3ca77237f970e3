"""A year of a company's operations, for benches: the same for the same number in every run.

Ten managers who work in five salons of three cities, thirty products; twelve months. A third each of
clients' payments, recognised sales and expenses; half of these belong to nobody in particular, and
only what is made or built belongs to a product.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import Operation, dimensions
from ledger.posting import About, TwoDates, client_payment, expense, recognition
from sandbox.faults import Faults
from sandbox.google_sheets.credentials import service_account_file
from sandbox.google_sheets.standin import GoogleSheetsStandin
from sheets.facts import Settings
from store.database import Store
from store.migrate import migrate
from usecases.company import STANDARD_DIMENSIONS
from usecases.posting import post_many
from world.clock import Clock, VirtualClock
from world.identity import Chance, SystemIds, seeded_chance

FIRST = date(2025, 1, 1)
DAYS = 365
MANAGERS, PRODUCTS, SALONS, CITIES = 10, 30, 5, 3
ARTICLES = (201, 202, 301, 303, 401, 402, 405, 407, 502)
OF_PRODUCTS = (201, 202)
DESK = Account.parse("desk:main")
BATCH = 2000
SETTINGS = Settings(STANDARD_DIMENSIONS, ZoneInfo("Europe/Moscow"))


@dataclass(frozen=True)
class Desk:
    """A spreadsheet in a stand-in and the account that may write it."""

    standin: GoogleSheetsStandin
    account: dict
    book: str


def operations(count: int) -> Iterator[Operation]:
    """So many operations, in the order in which they were written down."""
    chance = seeded_chance(count)
    for number in range(count):
        yield _operation(number, FIRST + timedelta(days=number * DAYS // count), chance)


async def books(file: Path, clock: Clock, count: int, *, queued: bool = True) -> Store:
    """New books with so many operations; `queued` ones wait in the outbox, as after an import."""
    store = Store(f"sqlite+aiosqlite:///{file}", clock, SystemIds())
    await migrate(store)
    await fill(store, count, queued=queued)
    return store


async def fill(store: Store, count: int, *, queued: bool = True) -> None:
    """Write so many operations down."""
    given = list(operations(count))
    for start in range(0, count, BATCH):
        part = given[start : start + BATCH]
        async with store.write("bench") as unit:
            await (post_many(unit, part) if queued else unit.journal.append_many(part))


def desk(standin: GoogleSheetsStandin, base: str, book: str) -> Desk:
    """An empty spreadsheet that an account may write."""
    account = service_account_file(f"{base}/token")
    standin.trust(account)
    seed = {"spreadsheetId": book, "properties": {"title": "Bench", "locale": "ru_RU"}}
    standin.create(seed | {"sheets": [{"properties": {"sheetId": 0, "title": "Лист1"}}]})
    return Desk(standin, account, book)


def standin(clock: VirtualClock, quota_per_minute: int | None) -> GoogleSheetsStandin:
    """A stand-in on the same clock as who writes into it."""
    return GoogleSheetsStandin(clock, Faults(), quota_per_minute=quota_per_minute)


def _operation(number: int, day: date, chance: Chance) -> Operation:
    manager = chance.randrange(MANAGERS)
    salon = manager % SALONS
    values = {
        "manager": f"Менеджер {manager}",
        "product": f"Товар {chance.randrange(PRODUCTS)}",
        "salon": f"Салон {salon}",
        "city": f"Город {salon % CITIES}",
    }
    amount = Money(chance.randrange(1000, 9_000_000))
    kind = number % 6
    article = chance.choice(ARTICLES)
    common = kind in {2, 5} and chance.random() < 0.5
    if kind in {2, 5} and article not in OF_PRODUCTS:
        del values["product"]
    about = About(
        f"bench:{number}",
        "bench",
        deal=None if kind in {2, 5} else f"amocrm:{number // 6}",
        counterparty=f"Клиент {number % 997}",
        comment="Оплата за мебель по договору",
        dimensions=() if common else dimensions(values),
    )
    if kind in {0, 3}:
        return client_payment(about, DESK, amount, day)
    if kind in {1, 4}:
        return recognition(about, amount, day)
    return expense(about, article, DESK, amount, TwoDates(day, day))[0]
