"""What people may edit in the spreadsheet, told as a table; money never moves by it."""

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from confirmations.payments import Method
from ledger.accounts import Account
from ledger.articles import Activity, Article, ArticleType, Direction
from ledger.money import Money
from ledger.months import Month
from ledger.operations import Operation, dimensions, reverse
from ledger.posting import (
    About,
    TwoDates,
    apply_balance,
    client_payment,
    deal_refund,
    expense,
    handover,
    income,
    opening,
    overpayment,
    recognition,
    settlement_fee,
    statement_line,
)
from store.database import Store
from store.reports import Basis
from store.unit import UnitOfWork
from tests.conftest import START
from tests.usecases.company_room import COMPANY, DAY, MARIA, OWNER, a_deal, claim, hire, rub
from usecases.audit import audit
from usecases.corrections import KeyTaken
from usecases.deals import remaining
from usecases.expenses import RecordExpense, expense_state, record_expense, undo_expense
from usecases.payments import confirm_card_payment
from usecases.periods import close_period
from usecases.posting import MonthClosed, post
from usecases.reports import pnl_report
from usecases.sheet_edits import (
    AUTHOR,
    AlreadyTaken,
    CorrectedBefore,
    Field,
    NotForPeople,
    NothingChanged,
    SheetEdit,
    TakeInOutcome,
    TakenIn,
    TwoAlike,
    Typed,
    UnknownValue,
    take_in_edit,
)
from world.clock import VirtualClock
from world.identity import SeededIds

DESK = Account.parse("desk:main")
CLEARING = Account.parse("clearing:acquirer")
VALUES = dimensions({"manager": "Анна", "product": "Кухни", "salon": "Центр", "city": "Казань"})
OTHER = dimensions({"product": "Шкафы", "salon": "Юг", "city": "Орёл"})


def about(key: str, deal: str | None = None) -> About:
    return About(key, "Вера", "как было", deal=deal, dimensions=VALUES)


def comment(text: str) -> Typed:
    return Typed(Field.COMMENT, text, "Комментарий")


def article(text: str) -> Typed:
    return Typed(Field.ARTICLE, text, "Статья")


def value(code: str, text: str) -> Typed:
    return Typed(Field.DIMENSION, text, code, code)


def every_kind() -> dict[str, Operation]:
    """One operation of each kind that there is."""
    day, money = DAY, rub("500")
    both = TwoDates(day, day)
    spent = expense(about("spent"), 407, DESK, money, both)[0]
    deal = "amocrm:1"
    return {
        "expense": spent,
        "income": income(about("earned"), 102, DESK, money, both)[0],
        "payment": client_payment(about("paid", deal), DESK, money, day),
        "balance used": apply_balance(about("applied", deal), "c-1", money, day),
        "refund": deal_refund(about("refund", deal), DESK, money, day, recognised=False),
        "recognition": recognition(about("recognition", deal), money, day),
        "fee": settlement_fee(about("fee", deal), 502, CLEARING, money, day),
        "transfer": handover(about("handover"), "p2", DESK, money, day),
        "excess": overpayment(about("over", deal), DESK, "c-1", money, day),
        "bank line": statement_line(
            about("line"), "4070", money, day, incoming=True, own_transfer=False
        ),
        "opening": opening(about("opening"), DESK, money, day, owed=False),
        "reversal": reverse(spent, "spent:reversal", day, "Вера", "отмена"),
    }


TAKEN = "taken in"
MAY_BE_EDITED = {
    # kind: (comment, article, dimension, manager)
    "expense": (TAKEN, TAKEN, TAKEN, "no"),
    "income": (TAKEN, TAKEN, TAKEN, "no"),
    "payment": (TAKEN, "no", TAKEN, "no"),
    "balance used": (TAKEN, "no", TAKEN, "no"),
    "refund": (TAKEN, "no", TAKEN, "no"),
    "recognition": (TAKEN, "no", TAKEN, "no"),
    "fee": (TAKEN, "no", TAKEN, "no"),
    "transfer": ("no", "no", "no", "no"),
    "excess": ("no", "no", "no", "no"),
    "bank line": ("no", "no", "no", "no"),
    "opening": ("no", "no", "no", "no"),
    "reversal": ("no", "no", "no", "no"),
}


async def put(store: Store, *operations: Operation) -> None:
    """Into the books, with another one that brings the other values into the lists."""
    known = expense(
        About("known", "Вера", dimensions=OTHER), 407, DESK, rub("1"), TwoDates(DAY, DAY)
    )
    async with store.write("test") as unit:
        for operation in (*operations, *known):
            await post(unit, operation)


async def edit(store: Store, key: str, *cells: Typed) -> TakeInOutcome:
    async with store.write("test") as unit:
        return await take_in_edit(unit, SheetEdit(key, cells, "book-1", 7))


@pytest.mark.parametrize("kind", MAY_BE_EDITED)
async def test_each_kind_lets_people_say_what_is_theirs(sqlite_store: Store, kind: str) -> None:
    operations = every_kind()
    first = [operations["expense"]] if kind == "reversal" else []
    await put(sqlite_store, *first, operations[kind])
    income_or_cost = "Проценты полученные" if kind == "income" else "Реклама и маркетинг"
    cells = (
        comment("стало так"),
        article(income_or_cost),
        value("city", "Орёл"),
        value("manager", "Анна"),
    )
    said = []
    for cell in cells:
        async with sqlite_store.write("test") as unit:
            outcome = await take_in_edit(
                unit, SheetEdit(operations[kind].key, (cell,), "book-1", 7)
            )
            # Each cell is tried on the operation as it was.
            await unit.connection.rollback()
        said.append(TAKEN if isinstance(outcome, TakenIn) else "no")
        assert isinstance(outcome, TakenIn | NotForPeople), outcome

    assert tuple(said) == MAY_BE_EDITED[kind]


async def test_several_cells_of_a_row_are_one_correction(store: Store) -> None:
    await put(store, every_kind()["expense"])

    outcome = await edit(
        store,
        "spent",
        comment(" новые \n слова "),
        article("реклама и маркетинг"),
        value("city", "орел"),
    )

    assert isinstance(outcome, TakenIn)
    assert [(one.title, one.old, one.new) for one in outcome.changes] == [
        ("Комментарий", "как было", "новые слова"),
        ("Статья", "Транспорт", "Реклама и маркетинг"),
        ("city", "Казань", "Орёл"),
    ]
    old, back, new = (
        outcome.corrected.old.operation,
        outcome.corrected.reversal.operation,
        outcome.corrected.new.operation,
    )
    assert (back.reverses, back.author, back.days) == ("spent", AUTHOR, old.days)
    assert (new.key, new.article, new.comment) == ("spent@2", 301, "новые слова")
    assert dict(new.dimensions) == dict(VALUES) | {"city": "Орёл"}
    assert new.entries[0].debit == Account.of_article(301)
    assert (new.author, new.amount, new.days) == (old.author, old.amount, old.days)
    async with store.read() as unit:
        assert await unit.journal.count() == 4
        (entry,) = [one for one in await unit.upkeep.audit_of("spent") if one.verb == "corrected"]
    assert (entry.who, entry.details["spreadsheet"], entry.details["row"]) == (AUTHOR, "book-1", 7)
    assert entry.details["changes"][2] == {"column": "city", "old": "Казань", "new": "Орёл"}


async def test_the_same_edit_seen_twice_is_posted_once(store: Store) -> None:
    await put(store, every_kind()["payment"])
    cell = value("city", "Орёл")

    first = await edit(store, "paid", cell)
    again = await edit(store, "paid", cell)
    other = await edit(store, "paid", value("city", "Не указано"))

    assert isinstance(first, TakenIn)
    assert again == AlreadyTaken(first.corrected.new)
    # The row that was corrected is history: what stands is another row.
    assert other == CorrectedBefore(first.corrected.new)
    assert isinstance(await edit(store, "paid@2", value("city", "Не указано")), TakenIn)
    async with store.read() as unit:
        assert await unit.journal.count() == 6


@pytest.mark.parametrize("text", ["", " ", "Не указано", "не  указано"])
async def test_an_emptied_value_is_no_value(store: Store, text: str) -> None:
    await put(store, every_kind()["expense"])
    outcome = await edit(store, "spent", value("city", text))
    assert isinstance(outcome, TakenIn)
    assert "city" not in dict(outcome.corrected.new.operation.dimensions)


@pytest.mark.parametrize(
    "cell",
    [
        article("Такси"),
        article(""),
        article("Продажи"),
        article("Перемещение между счетами"),
        article("Старая"),
        value("city", "Масква"),
        value("city", "Кухни"),
        value("city", "=1+1"),
        value("product", "<b>"),
    ],
)
async def test_what_is_in_no_list_is_not_taken_in(store: Store, cell: Typed) -> None:
    await put(store, every_kind()["expense"])
    old = Article(
        1000, "Старая", Direction.EXPENSE, ArticleType.OTHER, Activity.OPERATING, active=False
    )
    async with store.write("test") as unit:
        await unit.catalog.add_article(old)
    assert await edit(store, "spent", cell, comment("и слова")) == UnknownValue(cell)
    async with store.read() as unit:
        assert await unit.journal.count() == 2


async def test_of_two_alike_none_is_taken(store: Store) -> None:
    twins = [
        expense(
            About(name, "", dimensions=dimensions({"city": name})),
            407,
            DESK,
            rub("1"),
            TwoDates(DAY, DAY),
        )[0]
        for name in ("Орел", "ОРЁЛ")
    ]
    await put(store, every_kind()["expense"], *twins)
    cell = value("city", "орёл")
    outcome = await edit(store, "spent", cell)
    assert isinstance(outcome, TwoAlike)
    assert set(outcome.names) == {"Орел", "ОРЁЛ", "Орёл"}
    assert isinstance(await edit(store, "spent", value("city", "ОРЁЛ")), TakenIn)


async def test_what_the_books_say_already_changes_nothing(store: Store) -> None:
    await put(store, every_kind()["expense"])
    outcome = await edit(store, "spent", comment(" как  было "), value("city", "КАЗАНЬ"))
    assert outcome == NothingChanged()


async def test_a_closed_month_stays(store: Store, clock: VirtualClock) -> None:
    await hire(store)
    await put(store, every_kind()["expense"])
    clock.advance(timedelta(days=40))
    async with store.write("test") as unit:
        await close_period(unit, COMPANY, OWNER, Month(2026, 3))
    assert await edit(store, "spent", comment("поздно")) == MonthClosed(DAY)
    async with store.read() as unit:
        assert await unit.journal.count() == 2


async def test_a_key_that_a_person_gave_away_is_told(store: Store) -> None:
    other = expense(about("spent@2"), 407, DESK, rub("3"), TwoDates(DAY, DAY))
    await put(store, every_kind()["expense"], *other)
    assert await edit(store, "spent", comment("слова")) == KeyTaken("spent@2")


async def test_both_halves_of_a_cost_say_the_same(store: Store) -> None:
    halves = expense(
        About("rent", "Вера", counterparty="ООО", dimensions=VALUES),
        401,
        DESK,
        rub("900"),
        TwoDates(DAY, date(2026, 2, 1)),
    )
    await put(store, *halves)
    outcome = await edit(store, "rent:paid", article("Аренда салона"), value("city", "Орёл"))
    assert isinstance(outcome, TakenIn)
    async with store.read() as unit:
        accrued = await unit.journal.get("rent:accrued@2")
        assert accrued is not None
        assert accrued.operation.article == 304
        assert accrued.operation.entries[0].debit == Account.of_article(304)
        assert dict(accrued.operation.dimensions)["city"] == "Орёл"
        assert await unit.journal.reversal_of("rent:accrued") is not None
    again = await edit(store, "rent:accrued", article("Аренда салона"), value("city", "Орёл"))
    assert isinstance(again, AlreadyTaken)


async def test_an_expense_stays_its_authors_after_an_edit(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        await record_expense(unit, OWNER, RecordExpense("7-1-1", rub("500"), "Транспорт", DAY))
    outcome = await edit(store, "expense:7-1-1#1", article("Связь и интернет"))
    assert isinstance(outcome, TakenIn)
    async with store.write("test") as unit:
        state = await expense_state(unit, "7-1-1")
        assert state is not None
        assert (state.version, state.sealed.operation.article) == (2, 405)
        await undo_expense(unit, OWNER, "7-1-1")
        assert await unit.reports.balance(DESK) == 0


async def test_a_corrected_payment_is_still_paid_once(store: Store) -> None:
    await hire(store)
    async with store.write("test") as unit:
        deal = a_deal(1)
        await claim(unit, deal, {"prepayment": ("700", Method.CARD_TRANSFER)})
        payment_id = "amocrm:1/prepayment#1"
        await confirm_card_payment(unit, COMPANY, MARIA, payment_id)
    await put(store)
    outcome = await edit(store, f"payment:{payment_id}:card", value("city", "Орёл"))
    assert isinstance(outcome, TakenIn)
    async with store.read() as unit:
        payment = await unit.pending.payment(payment_id)
        assert payment is not None
        assert await remaining(unit, payment) == Money(0)


CELLS = st.one_of(
    st.sampled_from(("Орёл", "Казань", "", "Масква", "*")).map(lambda text: value("city", text)),
    st.sampled_from(("Кухни", "Шкафы", "Кух")).map(lambda text: value("product", text)),
    st.sampled_from(("Реклама и маркетинг", "Транспорт", "Прочие доходы")).map(article),
    st.text(max_size=20).map(comment),
)


async def figures(unit: UnitOfWork) -> tuple[object, ...]:
    """Money by account, and the company's profit on both bases."""
    sums = {
        account: held
        for account, held in (await unit.reports.balances()).items()
        if held and account.kind.value != "article"
    }
    profits = []
    for basis in Basis:
        found = await pnl_report(unit, basis)
        assert found is not None
        profits.append(found[0].total.lines()["retained"])
    return sums, profits


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(sorted(MAY_BE_EDITED)), st.lists(CELLS, min_size=1, max_size=3)),
        min_size=1,
        max_size=8,
    )
)
async def test_whatever_is_edited_no_kopeck_moves(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    edits: Sequence[tuple[str, list[Typed]]],
) -> None:
    file = tmp_path_factory.mktemp("edits") / "books.db"
    shutil.copyfile(sqlite_template, file)
    store = Store(f"sqlite+aiosqlite:///{file}", VirtualClock(START), SeededIds(1))
    operations = every_kind()
    await put(store, *operations.values())
    async with store.read() as unit:
        before = await figures(unit)
    for kind, cells in edits:
        await edit(store, operations[kind].key, *cells)
        async with store.read() as unit:
            assert await figures(unit) == before
    report = await audit(store, [])
    assert [one for one in report.differences if one.books == ("ledger", "ledger")] == []
    await store.close()
