"""A split is checked whole before anything is posted; parts and their operations are kept."""

import pytest

from confirmations.payments import Method
from sandbox.bank.company import MAIN_ACCOUNT, demo_accounts
from sandbox.bank.company import person as somebody
from sandbox.bank.records import Order
from sandbox.bank.standin import BankStandin
from store.database import Store
from store.records import Part, PartKind
from tests.usecases.company_room import COMPANY, DAY, MARIA, a_deal, claim, held, hire, rub
from usecases.audit import audit
from usecases.explain import AsSplit, Explained, SumDiffers, WrongThing, explain
from usecases.statements import DroppedFile, import_statement
from world.clock import VirtualClock

FIRST, SECOND, SALE = (f"amocrm:{number}/prepayment#1" for number in (1, 2, 3))


@pytest.fixture
async def line(store: Store, clock: VirtualClock) -> Store:
    """A line of 2 000 and three payments: 900 and 5 000 by the bank, 700 by the terminal."""
    await hire(store)
    wanted = [("900", Method.BANK_TRANSFER), ("5000", Method.BANK_TRANSFER)]
    async with store.write("test") as unit:
        for number, slot in enumerate([*wanted, ("700", Method.TERMINAL)], start=1):
            await claim(unit, a_deal(number, client=f"К{number}"), {"prepayment": slot})
    bank = BankStandin(clock, accounts=demo_accounts())
    bank.client_pays(MAIN_ACCOUNT, somebody("Петров"), Order(200000, "за двоих"))
    content = bank.statement(MAIN_ACCOUNT, DAY, DAY)
    async with store.write("test") as unit:
        await import_statement(unit, COMPANY, MARIA, DroppedFile("f", "kl.txt", content))
    return store


def split(*links: tuple[str, str], articles: tuple[tuple[int, str], ...] = ()) -> AsSplit:
    return AsSplit(
        tuple((name, rub(amount)) for name, amount in links),
        tuple((number, rub(amount)) for number, amount in articles),
    )


@pytest.mark.parametrize(
    ("explanation", "refusal"),
    [
        (split((FIRST, "900"), (SECOND, "1000")), SumDiffers),
        (split((FIRST, "900"), (SECOND, "1100.01")), SumDiffers),
        (split((FIRST, "901"), (SECOND, "1099")), WrongThing),
        (split((FIRST, "450"), (FIRST, "450"), (SECOND, "1100")), WrongThing),
        (split((SALE, "700"), (SECOND, "1300")), WrongThing),
        (split((SECOND, "1900"), articles=((951, "100"),)), WrongThing),
        (split((SECOND, "1900"), articles=((77777, "100"),)), WrongThing),
        (split((SECOND, "1800"), articles=((401, "100"), (401, "100"))), WrongThing),
        (split(("amocrm:9/prepayment#1", "2000")), WrongThing),
        (split(), SumDiffers),
    ],
)
async def test_of_a_split_that_is_wrong_somewhere_nothing_is_posted(
    line: Store, explanation: AsSplit, refusal: type
) -> None:
    async with line.write("test") as unit:
        head = await unit.journal.head()

        outcome = await explain(unit, COMPANY, MARIA, 1, explanation)

        assert isinstance(outcome, refusal)
        assert await unit.journal.head() == head
        assert await unit.explanations.get(1, 1) is None


async def test_a_split_keeps_its_parts_and_what_they_posted(line: Store) -> None:
    whole = split((FIRST, "900"), (SECOND, "1000"), articles=((401, "100"),))
    async with line.write("test") as unit:
        assert isinstance(await explain(unit, COMPANY, MARIA, 1, whole), Explained)

        said = await unit.explanations.get(1, 1)

        assert said is not None
        assert said.parts == (
            Part(PartKind.PAYMENT, FIRST, rub("900")),
            Part(PartKind.PAYMENT, SECOND, rub("1000")),
            Part(PartKind.ARTICLE, "401", rub("100")),
        )
        assert said.operations == (
            f"payment:{FIRST}:line:1",
            f"payment:{SECOND}:line:1",
            "line:1:article:401",
        )
        assert await held(unit, f"suspense:{MAIN_ACCOUNT}") == "0.00"
        assert [one.id for one in await unit.pending.open_payments()] == [SECOND, SALE]
    assert (await audit(line, [])).differences == ()
