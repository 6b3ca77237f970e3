"""Statements in, lines explained, refunds out; the bank is the sandbox's."""

from datetime import date, timedelta

import pytest

from banking.formats.records import ProblemCode
from banking.matching.records import MatchVerdict
from confirmations.payments import Method
from ledger.months import Month
from sandbox.bank.company import ACQUIRER, MAIN_ACCOUNT, MERCHANTS, SECOND_ACCOUNT, demo_accounts
from sandbox.bank.company import person as somebody
from sandbox.bank.records import Order, Settlement
from sandbox.bank.standin import BankStandin
from store.database import Store
from store.reports import Basis
from store.unit import UnitOfWork
from tests.usecases.company_room import (
    ANNA,
    COMPANY,
    DAY,
    MARIA,
    OLGA,
    OWNER,
    a_deal,
    claim,
    held,
    hire,
    rub,
)
from usecases.access import NotAllowed
from usecases.audit import audit
from usecases.deals import confirmed_of_deal
from usecases.explain import (
    AlreadyExplained,
    AsArticle,
    AsPayments,
    AsRefund,
    Explained,
    SumDiffers,
    WrongThing,
    explain,
)
from usecases.payments import BalanceApplied, apply_client_balance, balance_of_client
from usecases.periods import close_period
from usecases.proposals import propose
from usecases.refunds import (
    AskRefund,
    RefundAsked,
    RefundEnded,
    TooMuch,
    ask_refund,
    pay_refund_from_desk,
)
from usecases.reports import pnl_report
from usecases.statements import (
    DroppedFile,
    Imported,
    ImportOutcome,
    LinesOfClosedMonth,
    StatementRefused,
    import_statement,
)
from world.clock import VirtualClock


@pytest.fixture
def bank(clock: VirtualClock) -> BankStandin:
    return BankStandin(clock, accounts=demo_accounts())


async def drop(store: Store, bank: BankStandin, first: date, last: date) -> ImportOutcome:
    content = bank.statement(MAIN_ACCOUNT, first, last)
    async with store.write("test") as unit:
        file = DroppedFile(f"{first}{last}", "kl_to_1c.txt", content)
        return await import_statement(unit, COMPANY, MARIA, file)


async def expect(store: Store, number: int, amount: str, method: Method, **more: str) -> str:
    async with store.write("test") as unit:
        await claim(unit, a_deal(number, **more), {"prepayment": (amount, method)})
    return f"amocrm:{number}/prepayment#1"


async def revenue(unit: UnitOfWork) -> str:
    found = await pnl_report(unit, Basis.CASH)
    assert found is not None
    return rub_text(found[0].total.lines()["revenue"])


def rub_text(minor: int) -> str:
    return f"{minor / 100:.2f}"


async def test_contract_number_and_exact_sum_are_confirmed_at_once(
    store: Store, bank: BankStandin
) -> None:
    await hire(store)
    await expect(store, 1, "15000", Method.BANK_TRANSFER)
    bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(1500000, "Оплата по договору К-1001"))

    outcome = await drop(store, bank, DAY, DAY)

    assert isinstance(outcome, Imported)
    assert (outcome.new, outcome.automatic, outcome.left) == (1, 1, 0)
    async with store.read() as unit:
        assert await confirmed_of_deal(unit, "amocrm:1") == rub("15000")
        assert await held(unit, f"bank:{MAIN_ACCOUNT}") == "1265000.00"
        assert await held(unit, f"suspense:{MAIN_ACCOUNT}") == "0.00"
        assert await revenue(unit) == "15000.00"
    assert (await audit(store, [])).differences == ()


async def test_the_same_and_an_overlapping_statement_leave_each_line_once(
    store: Store, bank: BankStandin, clock: VirtualClock
) -> None:
    await hire(store)
    for _ in range(2):
        bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(500000, "перевод"))
    first = await drop(store, bank, DAY, DAY)
    clock.advance(timedelta(days=1))
    bank.client_pays(MAIN_ACCOUNT, somebody("Петров"), Order(700000, "перевод"))

    again = await drop(store, bank, DAY, DAY)
    overlap = await drop(store, bank, DAY, DAY + timedelta(days=1))
    earlier = await drop(store, bank, DAY - timedelta(days=5), DAY)

    news = [one.new for one in (first, again, overlap, earlier) if isinstance(one, Imported)]
    assert news == [2, 0, 1, 0]
    assert (await audit(store, [])).differences == ()


async def test_a_line_added_to_a_day_that_is_over_restates_its_closing_balance(
    store: Store, bank: BankStandin, clock: VirtualClock
) -> None:
    await hire(store)
    clock.advance(timedelta(days=4))
    bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(1500000, "Оплата", day=DAY))
    await drop(store, bank, DAY, DAY + timedelta(days=2))
    late = Order(700000, "Оплата задним числом", day=DAY + timedelta(days=1))
    bank.client_pays(MAIN_ACCOUNT, somebody("Петров"), late)

    await drop(store, bank, DAY, DAY + timedelta(days=3))

    async with store.read() as unit:
        assert await held(unit, f"bank:{MAIN_ACCOUNT}") == "1272000.00"
    assert (await audit(store, [])).differences == ()


async def test_an_overpaid_line_leaves_the_excess_to_the_client(
    store: Store, bank: BankStandin
) -> None:
    await hire(store)
    payment = await expect(store, 1, "20000", Method.BANK_TRANSFER, price="20000")
    await expect(store, 2, "1500", Method.BANK_TRANSFER, price="10000")
    bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(2015900, "договор К-1001"))
    outcome = await drop(store, bank, DAY, DAY)
    assert isinstance(outcome, Imported)
    assert outcome.left == 1

    async with store.write("test") as unit:
        explanation = AsPayments(((payment, rub("20000")),))
        assert isinstance(await explain(unit, COMPANY, MARIA, 1, explanation), Explained)
        second = await explain(unit, COMPANY, MARIA, 1, explanation)
        assert isinstance(second, AlreadyExplained)
        assert await revenue(unit) == "20000.00"
        assert await balance_of_client(unit, "amocrm:c-Иванов") == rub("159")
        applied = await apply_client_balance(unit, COMPANY, MARIA, "amocrm:2", "apply:1")
        assert applied == BalanceApplied(rub("159"))
        assert await balance_of_client(unit, "amocrm:c-Иванов") == rub("0")
        assert await revenue(unit) == "20159.00"
    assert (await audit(store, [])).differences == ()


async def test_a_terminal_settlement_is_gross_per_deal_with_the_fee_split(
    store: Store, bank: BankStandin
) -> None:
    await hire(store)
    first = await expect(store, 1, "10000", Method.TERMINAL)
    second = await expect(store, 2, "5000.01", Method.TERMINAL)
    settlement = Settlement(1500001, 27000, DAY, MERCHANTS[0])
    bank.acquirer_settles(MAIN_ACCOUNT, settlement)
    await drop(store, bank, DAY, DAY)

    async with store.write("test") as unit:
        (proposal,) = await propose(unit, COMPANY)
        links = ((first, rub("10000")), (second, rub("5000.01")))
        short = await explain(unit, COMPANY, MARIA, 1, AsPayments(links, rub("269")))
        outcome = await explain(unit, COMPANY, MARIA, 1, AsPayments(links, rub("270")))

    assert proposal.verdict is MatchVerdict.SUGGEST
    assert proposal.fee == rub("270")
    assert isinstance(short, SumDiffers)
    assert isinstance(outcome, Explained)
    async with store.read() as unit:
        found = await pnl_report(unit, Basis.CASH)
        assert found is not None
        assert found[0].total.lines()["revenue"] == 1500001
        assert found[0].total.lines()["bank_fees"] == 27000
        assert await held(unit, "clearing:acquirer") == "0.00"
    assert (await audit(store, [])).differences == ()


async def test_a_part_payment_leaves_the_rest_open(store: Store, bank: BankStandin) -> None:
    await hire(store)
    payment = await expect(store, 1, "10000", Method.BANK_TRANSFER)
    for amount in (600000, 400000):
        bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(amount, "К-1001"))
    await drop(store, bank, DAY, DAY)

    async with store.write("test") as unit:
        assert len(await unit.pending.open_payments()) == 1
        part = AsPayments(((payment, rub("6000")),))
        assert isinstance(await explain(unit, COMPANY, MARIA, 1, part), Explained)
        too_much = AsPayments(((payment, rub("6000")),))
        assert isinstance(await explain(unit, COMPANY, MARIA, 2, too_much), WrongThing)
        rest = AsPayments(((payment, rub("4000")),))
        assert isinstance(await explain(unit, COMPANY, MARIA, 2, rest), Explained)
        assert await unit.pending.open_payments() == []


async def test_an_outgoing_line_is_an_expense_of_its_article(
    store: Store, bank: BankStandin
) -> None:
    await hire(store)
    bank.supplier_payment(MAIN_ACCOUNT, somebody("ООО Аренда"), Order(5000000, "аренда офиса"))
    await drop(store, bank, DAY, DAY)

    async with store.write("test") as unit:
        assert isinstance(await explain(unit, COMPANY, ANNA, 1, AsArticle(401)), NotAllowed)
        assert isinstance(await explain(unit, COMPANY, MARIA, 1, AsArticle(101)), WrongThing)
        assert isinstance(await explain(unit, COMPANY, MARIA, 1, AsArticle(401)), Explained)
        found = await pnl_report(unit, Basis.ACCRUAL)
        assert found is not None
        assert found[0].total.lines()["administrative"] == 5000000
    assert (await audit(store, [])).differences == ()


async def test_an_own_transfer_cancels_in_transit(store: Store, bank: BankStandin) -> None:
    await hire(store)
    bank.own_transfer(MAIN_ACCOUNT, SECOND_ACCOUNT, Order(10000000, "перевод собственных средств"))
    content = bank.statement_of([MAIN_ACCOUNT, SECOND_ACCOUNT], DAY, DAY)
    async with store.write("test") as unit:
        outcome = await import_statement(unit, COMPANY, MARIA, DroppedFile("f", "f", content))

    assert isinstance(outcome, Imported)
    assert (outcome.new, outcome.left) == (2, 0)
    async with store.read() as unit:
        assert await held(unit, "transit:own") == "0.00"
        assert await held(unit, f"bank:{SECOND_ACCOUNT}") == "100000.00"


async def test_a_refund_waits_for_the_desk_or_the_line(store: Store, bank: BankStandin) -> None:
    await hire(store)
    payment = await expect(store, 1, "15000", Method.BANK_TRANSFER)
    bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(1500000, "договор К-1001"))
    bank.refund(MAIN_ACCOUNT, somebody("Иванов"), Order(500000, "возврат по договору"))
    await drop(store, bank, DAY, DAY)

    async with store.write("test") as unit:
        by_bank = AskRefund("r1", payment, rub("5000"), "брак")
        assert isinstance(await ask_refund(unit, MARIA, by_bank), RefundAsked)
        again = await ask_refund(unit, MARIA, AskRefund("r2", payment, rub("10001"), "ещё"))
        assert again == TooMuch(rub("10000"))
        by_desk = AskRefund("r3", payment, rub("1000"), "скидка")
        await ask_refund(unit, MARIA, by_desk)
        assert await revenue(unit) == "15000.00"
        outcome = await explain(unit, COMPANY, MARIA, 2, AsRefund("r1"))
        assert isinstance(outcome, Explained)
        await pay_refund_from_desk(unit, COMPANY, OLGA, "r3")
        twice = await pay_refund_from_desk(unit, COMPANY, OLGA, "r3")
        assert isinstance(twice, RefundEnded)
        assert await revenue(unit) == "9000.00"
        assert await confirmed_of_deal(unit, "amocrm:1") == rub("9000")
    assert (await audit(store, [])).differences == ()


async def test_lines_of_a_closed_month_are_refused_with_their_list(
    store: Store, bank: BankStandin, clock: VirtualClock
) -> None:
    await hire(store)
    bank.client_pays(MAIN_ACCOUNT, somebody("Иванов"), Order(1500000, "перевод"))
    clock.advance(timedelta(days=40))
    async with store.write("test") as unit:
        await close_period(unit, COMPANY, OWNER, Month(2026, 3))

    outcome = await drop(store, bank, DAY, DAY + timedelta(days=40))

    assert isinstance(outcome, LinesOfClosedMonth)
    assert [move.day for move in outcome.movements] == [DAY]
    async with store.read() as unit:
        assert await unit.statements.all_lines() == []
        assert await unit.journal.head() is None


async def test_a_destroyed_file_is_refused_and_changes_nothing(store: Store) -> None:
    await hire(store)

    async with store.write("test") as unit:
        file = DroppedFile("f", "kl.txt", b"1CClientBankExchange\r\n\xef\xbf\xbd")
        outcome = await import_statement(unit, COMPANY, MARIA, file)

        assert isinstance(outcome, StatementRefused)
        assert outcome.statement.problems[0].code in set(ProblemCode)
        assert await unit.journal.head() is None


def test_the_sandbox_acquirer_is_one_the_matcher_knows() -> None:
    assert ACQUIRER.inn == "7707083893"


EUROS = (
    ":20:STARTUMS\r\n:25:10020030/1234567\r\n:28C:1/1\r\n:60F:C260302EUR1000,00\r\n"
    ":61:2603020302C500,00NMSCNONREF\r\n:86:166?00GUTSCHRIFT?20RE 17\r\n"
    ":62F:C260302EUR1500,00\r\n-\r\n"
)


async def test_a_statement_in_euros_does_not_come_into_rouble_books(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        file = DroppedFile("f", "euro.sta", EUROS.encode())
        outcome = await import_statement(unit, COMPANY, MARIA, file)

        assert isinstance(outcome, StatementRefused)
        assert outcome.statement.problems[0].code is ProblemCode.OTHER_CURRENCY
        assert "EUR" in outcome.statement.problems[0].text
        assert await unit.statements.all_lines() == []
        assert await unit.journal.count() == 0
