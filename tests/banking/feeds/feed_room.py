"""Both banks' clients against their stand-ins over HTTP, on the books of the demo company."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from banking.feeds.intake import FeedIntake, FeedRules
from banking.feeds.modulbank import Modulbank
from banking.feeds.protocol import Feed
from banking.feeds.tbank import TBank
from sandbox.bank.company import MAIN_ACCOUNT, SECOND_ACCOUNT, demo_accounts, person
from sandbox.bank.records import Document, Order
from sandbox.bank.standin import BankStandin
from sandbox.bank_side import BankSide
from sandbox.faults import Faults
from sandbox.modulbank.standin import ModulbankStandin
from sandbox.servers import run_standins
from sandbox.tbank.standin import TBankStandin
from store.database import Store
from usecases.company import Company
from world.clock import VirtualClock

TOKEN = "bank-secret-token"
COMPANY = Company()
DAY = date(2026, 3, 2)


@dataclass
class FeedRoom:
    """One bank's book, its API, and the client."""

    clock: VirtualClock
    faults: Faults
    bank: BankStandin
    standin: TBankStandin | ModulbankStandin
    feed: Feed

    def paid(self, amount: int, purpose: str = "перевод", **more: object) -> Document:
        """Somebody pays into the main account."""
        return self.bank.client_pays(
            MAIN_ACCOUNT, person("Иванов"), Order(amount, purpose, **more)
        )

    def intake(self, store: Store, *accounts: str) -> FeedIntake:
        """What pulls the main account into the books."""
        rules = FeedRules(accounts or (MAIN_ACCOUNT,))
        return FeedIntake(store, self.clock, COMPANY, self.feed, rules)


@asynccontextmanager
async def feed_room(kind: str, clock: VirtualClock) -> AsyncIterator[FeedRoom]:
    """`tbank` or `modulbank`."""
    faults = Faults()
    bank = BankStandin(clock, accounts=demo_accounts())
    side = BankSide(bank, [MAIN_ACCOUNT, SECOND_ACCOUNT])
    standin: TBankStandin | ModulbankStandin
    if kind == "tbank":
        standin = TBankStandin(clock, faults, side, token=TOKEN)
    else:
        standin = ModulbankStandin(clock, faults, side, token=TOKEN)
    async with run_standins({kind: standin.app}) as urls:
        feed: Feed
        if kind == "tbank":
            feed = TBank(TOKEN, clock, f"{urls[kind]}/openapi")
        else:
            feed = Modulbank(TOKEN, clock, f"{urls[kind]}/v1")
        yield FeedRoom(clock, faults, bank, standin, feed)
        await feed.close()
