"""What a decision teaches, what a taught rule proposes, and what a rejection takes away."""

import pytest

from banking.matching.records import MatchVerdict
from banking.matching.words import packaged_words
from confirmations.payments import Method
from sandbox.bank.company import MAIN_ACCOUNT, demo_accounts
from sandbox.bank.company import person as somebody
from sandbox.bank.records import Order
from sandbox.bank.standin import BankStandin
from store.database import Store
from store.records import Rule, RuleKind
from tests.usecases.company_room import ANNA, COMPANY, DAY, MARIA, OWNER, a_deal, claim, hire, rub
from usecases.access import NotAllowed
from usecases.explain import AUTOMATON, AsArticle, AsPayments, Explained, explain
from usecases.proposals import NothingToReject, Rejected, propose_for, reading_name, reject
from usecases.rules import (
    AlreadyTaught,
    NoSuchRule,
    NothingToTeach,
    RuleChanged,
    RuleDeleted,
    Taught,
    change_rule,
    delete_rule,
    teach,
    wording_of,
)
from usecases.statements import DroppedFile, import_statement
from usecases.undo import undo_explanation
from world.clock import VirtualClock

FEE = "Комиссия за ведение счета по тарифу 17 за март"


@pytest.fixture
def bank(clock: VirtualClock) -> BankStandin:
    return BankStandin(clock, accounts=demo_accounts())


async def drop(store: Store, bank: BankStandin, name: str = "f") -> None:
    content = bank.statement(MAIN_ACCOUNT, DAY, bank.today)
    async with store.write("test") as unit:
        await import_statement(unit, COMPANY, MARIA, DroppedFile(name, "kl.txt", content))


async def taught_fee(store: Store, bank: BankStandin) -> Rule:
    """The bank's fee is explained by an article, and its wording is taught."""
    await hire(store)
    bank.supplier_payment(MAIN_ACCOUNT, somebody("Банк"), Order(70000, FEE))
    await drop(store, bank)
    async with store.write("test") as unit:
        assert isinstance(await explain(unit, COMPANY, MARIA, 1, AsArticle(501)), Explained)
        outcome = await teach(unit, COMPANY, MARIA, 1)
        assert isinstance(outcome, Taught)
    return outcome.rule


@pytest.mark.parametrize(
    ("purpose", "wording"),
    [
        ("Комиссия за ведение счета 40702810 за 03.2026", "комиссия за ведение счета"),
        ("Комиссия: за ведение, счета", "комиссия за ведение счета"),
        ("Аренда офиса по договору №5", "аренда офиса по договору"),
        ("Оплата по счету № 15 от 02.03.2026", None),
        ("Перевод средств", None),
        ("12345", None),
        ("", None),
    ],
)
def test_a_wording_is_the_first_words_that_say_something(
    purpose: str, wording: str | None
) -> None:
    assert wording_of(purpose, packaged_words()) == wording


async def test_an_article_teaches_its_wording_once(store: Store, bank: BankStandin) -> None:
    rule = await taught_fee(store, bank)

    async with store.write("test") as unit:
        again = await teach(unit, COMPANY, OWNER, 1)
        forbidden = await teach(unit, COMPANY, ANNA, 1)
        nothing = await teach(unit, COMPANY, MARIA, 77)

    assert (rule.lesson.kind, rule.lesson.pattern) == (
        RuleKind.WORDING,
        "комиссия за ведение счета",
    )
    assert (rule.lesson.target, rule.by, rule.automatic) == ("501", "Мария", False)
    assert again == AlreadyTaught(rule)
    assert isinstance(forbidden, NotAllowed)
    assert nothing == NothingToTeach()


async def test_a_wording_proposes_and_books_alone_only_when_told_to(
    store: Store, bank: BankStandin
) -> None:
    rule = await taught_fee(store, bank)
    bank.supplier_payment(MAIN_ACCOUNT, somebody("Банк"), Order(80000, FEE))
    await drop(store, bank, "g")
    async with store.write("test") as unit:
        proposal = await propose_for(unit, COMPANY, 2)
        assert proposal is not None
        assert (proposal.article, proposal.rules) == (501, (rule.id,))
        assert proposal.verdict is not MatchVerdict.AUTO
        changed = await change_rule(unit, MARIA, rule.id, active=True, automatic=True)
        assert isinstance(changed, RuleChanged)
    bank.supplier_payment(MAIN_ACCOUNT, somebody("Банк"), Order(90000, FEE))

    await drop(store, bank, "h")

    async with store.read() as unit:
        assert await unit.statements.unexplained() == []
        said = await unit.explanations.get(3, 1)
        assert said is not None
        assert (said.by, said.rules) == (AUTOMATON, (rule.id,))
        kept = await unit.rules.get(rule.id)
        assert kept is not None
        assert kept.fired == 2


async def test_a_rule_that_is_off_or_deleted_proposes_nothing(
    store: Store, bank: BankStandin
) -> None:
    rule = await taught_fee(store, bank)
    bank.supplier_payment(MAIN_ACCOUNT, somebody("Банк"), Order(80000, FEE))
    await drop(store, bank, "g")

    async with store.write("test") as unit:
        await change_rule(unit, MARIA, rule.id, active=False, automatic=False)
        off = await propose_for(unit, COMPANY, 2)
        await change_rule(unit, MARIA, rule.id, active=True, automatic=False)
        on = await propose_for(unit, COMPANY, 2)
        refused = await delete_rule(unit, ANNA, rule.id)
        deleted = await delete_rule(unit, MARIA, rule.id)
        gone = await delete_rule(unit, MARIA, rule.id)
        after = await propose_for(unit, COMPANY, 2)

    assert off is not None
    assert on is not None
    assert after is not None
    assert (off.article, on.article, after.article) == (None, 501, None)
    assert isinstance(refused, NotAllowed)
    assert isinstance(deleted, RuleDeleted)
    assert gone == NoSuchRule()


async def test_a_payer_with_another_inn_is_taught_as_the_client(
    store: Store, bank: BankStandin
) -> None:
    await hire(store)
    async with store.write("test") as unit:
        await claim(unit, a_deal(1), {"prepayment": ("15000", Method.BANK_TRANSFER)})
    payer = somebody("Жена", "7712345678")
    bank.client_pays(MAIN_ACCOUNT, payer, Order(1500000, "за мужа"))
    await drop(store, bank)
    async with store.write("test") as unit:
        links = (("amocrm:1/prepayment#1", rub("15000")),)
        await explain(unit, COMPANY, MARIA, 1, AsPayments(links))

        outcome = await teach(unit, COMPANY, MARIA, 1)

        await claim(unit, a_deal(2), {"prepayment": ("300", Method.BANK_TRANSFER)})
    bank.client_pays(MAIN_ACCOUNT, payer, Order(30000, "ещё за мужа"))
    await drop(store, bank, "g")

    assert isinstance(outcome, Taught)
    lesson = outcome.rule.lesson
    assert (lesson.kind, lesson.pattern) == (RuleKind.PAYER, payer.inn)
    assert (lesson.target, lesson.title) == ("amocrm:c-Иванов", "Иванов")
    async with store.read() as unit:
        proposal = await propose_for(unit, COMPANY, 2)
        assert proposal is not None
        assert proposal.rules == (outcome.rule.id,)
        assert [one.payment for one in proposal.links] == ["amocrm:2/prepayment#1"]


async def test_what_was_rejected_is_not_proposed_and_what_was_undone_is_not_automatic(
    store: Store, bank: BankStandin
) -> None:
    await hire(store)
    async with store.write("test") as unit:
        for number in (1, 2):
            claims = {"prepayment": ("15000", Method.BANK_TRANSFER)}
            await claim(unit, a_deal(number, client=f"Клиент {number}"), claims)
    bank.client_pays(MAIN_ACCOUNT, somebody("Клиент 1"), Order(1500000, "договор К-1001"))
    await drop(store, bank)
    async with store.write("test") as unit:
        await undo_explanation(unit, MARIA, 1, 1)
        proposal = await propose_for(unit, COMPANY, 1)
        assert proposal is not None
        assert proposal.verdict is MatchVerdict.SUGGEST
        name = reading_name(proposal.links)

        assert isinstance(await reject(unit, COMPANY, ANNA, 1, name), NotAllowed)
        assert await reject(unit, COMPANY, MARIA, 1, name) == Rejected()
        assert await reject(unit, COMPANY, MARIA, 1, name) == NothingToReject()

        left = await propose_for(unit, COMPANY, 1)
        assert left is not None
        assert left.links == ()
        assert name not in [reading_name(one.links) for one in left.alternatives]
