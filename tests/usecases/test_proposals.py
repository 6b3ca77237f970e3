"""What the books ask the matcher: with the company's own wordings and rules."""

from dataclasses import replace

from banking.matching.records import MatchVerdict
from banking.matching.words import Words, packaged_words, read_words
from sandbox.bank.company import MAIN_ACCOUNT, demo_accounts
from sandbox.bank.company import person as somebody
from sandbox.bank.records import Order
from sandbox.bank.standin import BankStandin
from store.database import Store
from tests.usecases.company_room import COMPANY, MARIA, hire
from usecases.proposals import propose
from usecases.statements import DroppedFile, import_statement
from world.clock import VirtualClock


async def test_a_companys_own_wording_says_what_is_no_client(
    sqlite_store: Store, clock: VirtualClock
) -> None:
    bank = BankStandin(clock, accounts=demo_accounts())
    bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(100_00, "Тестовый рубль за щебёнку"))
    await hire(sqlite_store)
    own = read_words('[not_client]\nbonus = ["тестовый рубль"]\n')
    assert isinstance(own, Words)
    taught = replace(COMPANY, words=packaged_words().joined(own))
    content = bank.statement(MAIN_ACCOUNT, bank.today, bank.today)
    async with sqlite_store.write("test") as unit:
        await import_statement(unit, COMPANY, MARIA, DroppedFile("f", "f.txt", content))

        (plain,) = await propose(unit, COMPANY)
        (knowing,) = await propose(unit, taught)

    assert plain.verdict is MatchVerdict.NONE
    assert knowing.verdict is MatchVerdict.NOT_CLIENT
    assert knowing.reasons
