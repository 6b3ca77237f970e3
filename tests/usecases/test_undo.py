"""Taking an explanation back leaves the books as they were before it, whatever it was."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from confirmations.payments import Method
from confirmations.resolution import Ending
from ledger.months import Month
from sandbox.bank.company import MAIN_ACCOUNT, MERCHANTS, demo_accounts
from sandbox.bank.company import person as somebody
from sandbox.bank.records import Order, Settlement
from sandbox.bank.standin import BankStandin
from store.database import Store
from store.unit import UnitOfWork
from tests.conftest import START
from tests.usecases.company_room import (
    ANNA,
    COMPANY,
    DAY,
    MARIA,
    OWNER,
    a_deal,
    claim,
    hire,
    rub,
)
from usecases.access import NotAllowed
from usecases.audit import audit
from usecases.cards import LineCard, facts_of
from usecases.deals import remaining
from usecases.explain import (
    AsArticle,
    AsPayments,
    AsRefund,
    AsSplit,
    Explained,
    Explanation,
    explain,
)
from usecases.payments import BalanceApplied, apply_client_balance, confirm_card_payment
from usecases.periods import close_period
from usecases.posting import MonthClosed
from usecases.refunds import AskRefund, RefundAsked, ask_refund
from usecases.sheet_edits import Field, SheetEdit, TakenIn, Typed, take_in_edit
from usecases.statements import DroppedFile, import_statement
from usecases.undo import (
    AlreadyUndone,
    BalanceUsed,
    NotExplained,
    RefundStands,
    Undone,
    undo_explanation,
)
from world.clock import VirtualClock
from world.identity import SeededIds

BANK = Method.BANK_TRANSFER


@pytest.fixture
def bank(clock: VirtualClock) -> BankStandin:
    return BankStandin(clock, accounts=demo_accounts())


async def drop(store: Store, bank: BankStandin, first: date = DAY) -> None:
    content = bank.statement(MAIN_ACCOUNT, first, bank.today)
    async with store.write("test") as unit:
        await import_statement(unit, COMPANY, MARIA, DroppedFile("f", "kl.txt", content))


async def expect(store: Store, number: int, amount: str, method: Method, **more: str) -> str:
    async with store.write("test") as unit:
        await claim(unit, a_deal(number, **more), {"prepayment": (amount, method)})
    return f"amocrm:{number}/prepayment#1"


async def five_lines(store: Store, bank: BankStandin) -> list[Explanation]:
    """A payment with an excess, a settlement, a split, an article, a refund; none is certain."""
    await hire(store)
    paid = await expect(store, 1, "20000", BANK, price="20000")
    sales = [await expect(store, one, "5000", Method.TERMINAL) for one in (2, 3)]
    parts = [await expect(store, 4, "900", BANK), await expect(store, 5, "5000", BANK)]
    bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(2015900, "перевод"))
    bank.acquirer_settles(MAIN_ACCOUNT, Settlement(1000000, 17001, DAY, MERCHANTS[0]))
    bank.client_pays(MAIN_ACCOUNT, somebody("Петров"), Order(200000, "за двоих"))
    bank.supplier_payment(MAIN_ACCOUNT, somebody("ООО Аренда"), Order(5000000, "аренда"))
    bank.refund(MAIN_ACCOUNT, somebody("Сидоров"), Order(30000, "возврат"))
    by_card = await expect(store, 6, "700", Method.CARD_TRANSFER)
    await drop(store, bank)
    async with store.write("test") as unit:
        await confirm_card_payment(unit, COMPANY, MARIA, by_card)
        asked = await ask_refund(unit, MARIA, AskRefund("r1", by_card, rub("300"), "брак"))
        assert isinstance(asked, RefundAsked)
    links = tuple((one, rub("5000")) for one in sales)
    split = AsSplit(((parts[0], rub("900")), (parts[1], rub("1000"))), ((401, rub("100")),))
    return [
        AsPayments(((paid, rub("20000")),)),
        AsPayments(links, rub("170.01")),
        split,
        AsArticle(401),
        AsRefund("r1"),
    ]


async def books(unit: UnitOfWork) -> tuple[object, ...]:
    """What must be as before: every balance, what is open, what is still owed."""
    balances = {one: held for one, held in (await unit.reports.balances()).items() if held}
    waiting = await unit.pending.open_payments()
    owed = {payment.id: await remaining(unit, payment) for payment in waiting}
    lines = [line.id for line in await unit.statements.unexplained()]
    return balances, owed, lines, [one.id for one in await unit.pending.open_refunds()]


async def say(store: Store, line: int, explanation: Explanation) -> None:
    async with store.write("test") as unit:
        outcome = await explain(unit, COMPANY, MARIA, line, explanation)
        assert isinstance(outcome, Explained), outcome


async def take_back(store: Store, line: int, attempt: int = 1) -> None:
    async with store.write("test") as unit:
        outcome = await undo_explanation(unit, MARIA, line, attempt)
        assert isinstance(outcome, Undone), outcome


@pytest.mark.parametrize("number", range(5))
async def test_whatever_a_line_was_taken_back_it_is_as_before_and_may_be_said_anew(
    store: Store, bank: BankStandin, number: int
) -> None:
    explanations = await five_lines(store, bank)
    line = number + 1
    async with store.read() as unit:
        before = await books(unit)

    await say(store, line, explanations[number])
    async with store.read() as unit:
        said = await books(unit)
    await take_back(store, line)
    async with store.read() as unit:
        after = await books(unit)
    await say(store, line, explanations[number])

    assert after == before != said
    async with store.read() as unit:
        assert await books(unit) == said
    assert (await audit(store, [])).differences == ()


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(order=st.lists(st.integers(0, 4), min_size=1, max_size=12))
async def test_in_any_order_the_books_are_those_of_what_stands(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    """Each number explains its line, or takes back what stands there; then all is taken back."""
    clock = VirtualClock(START)
    file = tmp_path_factory.mktemp("undo") / "books.db"
    shutil.copyfile(sqlite_template, file)
    store = Store(f"sqlite+aiosqlite:///{file}", clock, SeededIds(1))
    explanations = await five_lines(store, BankStandin(clock, accounts=demo_accounts()))
    async with store.read() as unit:
        before = await books(unit)
    standing: set[int] = set()
    for number in [*order, *(one for one in range(5) if order.count(one) % 2)]:
        if number in standing:
            attempt = await attempt_of(store, number + 1)
            await take_back(store, number + 1, attempt)
            standing.remove(number)
        else:
            await say(store, number + 1, explanations[number])
            standing.add(number)

    async with store.read() as unit:
        assert await books(unit) == before
    assert (await audit(store, [])).differences == ()
    await store.close()


async def attempt_of(store: Store, line: int) -> int:
    async with store.read() as unit:
        return await unit.pending.attempt(f"line:{line}")


@pytest.mark.parametrize(("number", "column"), [(0, "city"), (1, "city"), (3, "article")])
async def test_what_the_spreadsheet_corrected_since_is_taken_back_too(
    store: Store, bank: BankStandin, number: int, column: str
) -> None:
    explanations = await five_lines(store, bank)
    async with store.read() as unit:
        before = await books(unit)
    await say(store, number + 1, explanations[number])
    async with store.write("test") as unit:
        said = await unit.explanations.get(number + 1, 1)
        assert said is not None
        cells = (
            Typed(Field.ARTICLE, "Аренда салона", "Статья")
            if column == "article"
            else Typed(Field.DIMENSION, "", "Город", "city"),
        )
        outcomes = [
            await take_in_edit(unit, SheetEdit(key, cells, "book", 2)) for key in said.operations
        ]
        assert any(isinstance(one, TakenIn) for one in outcomes)
        card = await facts_of(unit, COMPANY, f"line:{number + 1}", MARIA)
        assert isinstance(card, LineCard)
        # The card says what stands in the books.
        assert [one.id for one in card.articles] == ([304] if column == "article" else [])

    await take_back(store, number + 1)

    async with store.read() as unit:
        assert await books(unit) == before
    assert (await audit(store, [])).differences == ()


async def test_the_second_press_is_told_who_was_first(store: Store, bank: BankStandin) -> None:
    explanations = await five_lines(store, bank)
    await say(store, 4, explanations[3])
    await take_back(store, 4)

    async with store.write("test") as unit:
        again = await undo_explanation(unit, OWNER, 4, 1)
        none = await undo_explanation(unit, OWNER, 4, 2)
        strange = await undo_explanation(unit, OWNER, 77, 1)
        forbidden = await undo_explanation(unit, ANNA, 4, 1)

    assert isinstance(again, AlreadyUndone)
    assert (again.retraction.by, again.retraction.attempt) == ("Мария", 1)
    assert (none, strange) == (NotExplained(), NotExplained())
    assert isinstance(forbidden, NotAllowed)


async def test_what_lies_in_a_closed_month_stays(
    store: Store, bank: BankStandin, clock: VirtualClock
) -> None:
    explanations = await five_lines(store, bank)
    await say(store, 4, explanations[3])
    clock.advance(timedelta(days=40))
    async with store.write("test") as unit:
        await close_period(unit, COMPANY, OWNER, Month(2026, 3))
        head = await unit.journal.head()

        outcome = await undo_explanation(unit, MARIA, 4, 1)

        assert outcome == MonthClosed(DAY)
        assert await unit.journal.head() == head
        assert await unit.pending.resolution("line:4") is not None


async def test_a_receipt_that_was_given_back_or_used_stays(
    store: Store, bank: BankStandin
) -> None:
    explanations = await five_lines(store, bank)
    other = await expect(store, 7, "1500", BANK, price="10000")
    await say(store, 1, explanations[0])
    async with store.write("test") as unit:
        applied = await apply_client_balance(unit, COMPANY, MARIA, "amocrm:7", "apply:1")
        assert isinstance(applied, BalanceApplied)
        assert await undo_explanation(unit, MARIA, 1, 1) == BalanceUsed(rub("0"))

        await ask_refund(unit, MARIA, AskRefund("r2", "amocrm:1/prepayment#1", rub("5"), "брак"))
        refused = await undo_explanation(unit, MARIA, 1, 1)

        assert isinstance(refused, RefundStands)
        assert refused.refund.id == "r2"
        assert await unit.pending.payment(other) is not None


async def test_a_payment_of_two_lines_is_open_again_with_what_the_other_brought(
    store: Store, bank: BankStandin
) -> None:
    await hire(store)
    payment = await expect(store, 1, "10000", BANK)
    for amount in (600000, 400000):
        bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(amount, "перевод"))
    await drop(store, bank)
    await say(store, 1, AsPayments(((payment, rub("6000")),)))
    await say(store, 2, AsPayments(((payment, rub("4000")),)))

    await take_back(store, 1)

    async with store.read() as unit:
        (waiting,) = await unit.pending.open_payments()
        assert await remaining(unit, waiting) == rub("6000")
        first = await unit.pending.ending(waiting.thing)
        assert first is not None
        assert first.ending is Ending.CONFIRMED
    assert (await audit(store, [])).differences == ()
