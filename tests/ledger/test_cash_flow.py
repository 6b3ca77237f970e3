"""The cash-flow statement: opening + in − out = closing = the sum of the accounts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.accounts import Account
from ledger.articles import Activity
from ledger.cash_flow import (
    AccountFlow,
    ActivityFlow,
    ArticleFlow,
    CashFlow,
    Movement,
    cash_flow,
)
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
    statement_line,
    transfer,
)
from ledger.seed import SystemArticle
from tests.ledger.reading import day, money_moved, place, rub

DESK, BANK, HELD = place("desk:main"), place("bank:4070"), place("collected:p3")
OPERATING, FINANCING = Activity.OPERATING, Activity.FINANCING
NOTHING = ActivityFlow(0, 0, ())
FIRST, LAST = day("2026-01-01"), day("2026-01-31")
JAN15, DEC31, FEB01 = day("2026-01-15"), day("2025-12-31"), day("2026-02-01")
ABOUT = About("k", "olga", deal="a-17")


def written(flow: CashFlow) -> list[str]:
    """One line an account, then one an article: figures in minor units."""
    accounts = [
        f"{one.account}: {one.opening} +{one.came} -{one.went} ~{one.transfers} = {one.closing}"
        for one in flow.accounts
    ]
    articles = [
        f"{activity}: {one.article} +{one.came} -{one.went}"
        for activity, part in flow.activities.items()
        for one in part.articles
    ]
    return [*accounts, *articles, f"{flow.opening} = {flow.closing}"]


def test_a_month_of_money_is_told_by_account_and_by_activity() -> None:
    flow = cash_flow(
        {DESK: 100, BANK: -20},
        [
            Movement(DESK, "Продажи", OPERATING, 500, 0),
            Movement(DESK, "Продажи", OPERATING, 0, 50),
            Movement(BANK, "Аренда офиса", OPERATING, 0, 70),
            Movement(BANK, "Получение кредита", FINANCING, 1000, 0),
            Movement(DESK, "Перемещение", None, 0, 300),
            Movement(BANK, "Перемещение", None, 300, 0),
        ],
    )

    assert flow == CashFlow(
        opening=80,
        closing=1460,
        activities={
            OPERATING: ActivityFlow(
                500, 120, (ArticleFlow("Аренда офиса", 0, 70), ArticleFlow("Продажи", 500, 50))
            ),
            Activity.INVESTING: NOTHING,
            FINANCING: ActivityFlow(1000, 0, (ArticleFlow("Получение кредита", 1000, 0),)),
        },
        accounts=(
            AccountFlow(BANK, opening=-20, came=1000, went=70, transfers=300, closing=1210),
            AccountFlow(DESK, opening=100, came=500, went=50, transfers=-300, closing=250),
        ),
    )


def test_a_statement_without_money_has_every_activity_and_no_account() -> None:
    flow = cash_flow({DESK: 0}, [])

    assert flow == CashFlow(0, 0, dict.fromkeys(Activity, NOTHING), ())


@pytest.mark.parametrize(
    ("came", "went"), [(5, 5), (5, 0), (0, 5)], ids=["and emptied", "and filled", "and indebted"]
)
def test_an_account_that_moved_is_shown(came: int, went: int) -> None:
    moves = [
        Movement(DESK, "Продажи", OPERATING, came, 0),
        Movement(DESK, "Продажи", OPERATING, 0, went),
    ]

    assert [one.account for one in cash_flow({}, moves).accounts] == [DESK]


def test_an_account_that_only_passed_transfers_on_is_left_out_when_it_was_empty() -> None:
    through = [
        Movement(HELD, "Сдача выручки", None, 5, 0),
        Movement(HELD, "Сдача выручки", None, 0, 5),
    ]

    assert cash_flow({}, through).accounts == ()
    assert cash_flow({HELD: 5, DESK: 0}, through).accounts == (AccountFlow(HELD, 5, 0, 0, 0, 5),)


def test_a_transfer_with_one_side_only_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        cash_flow({}, [Movement(DESK, "Перемещение", None, 5, 0)])


def test_operations_of_a_month_become_its_statement() -> None:
    issued = place("issued:p3")
    books = [
        opening(ABOUT, DESK, rub("100"), DEC31, owed=False),
        opening(ABOUT, BANK, rub("20"), JAN15, owed=True),
        client_payment(ABOUT, HELD, rub("15"), JAN15),
        handover(ABOUT, "p3", DESK, rub("15"), JAN15),
        statement_line(ABOUT, "4070", rub("40"), JAN15, incoming=True, own_transfer=False),
        client_payment(ABOUT, place("suspense:4070"), rub("40"), JAN15),
        statement_line(ABOUT, "4070", rub("9"), JAN15, incoming=False, own_transfer=True),
        overpayment(ABOUT, DESK, "c-5", rub("2"), JAN15),
        apply_balance(ABOUT, "c-5", rub("2"), JAN15),
        transfer(ABOUT, SystemArticle.ACCOUNTABLE_ISSUE, DESK, issued, rub("7"), JAN15),
        *expense(ABOUT, 408, issued, rub("6"), TwoDates(JAN15, JAN15)),
        *expense(ABOUT, 401, DESK, rub("30"), TwoDates(JAN15, FEB01)),
        deal_refund(ABOUT, DESK, rub("5"), JAN15, recognised=False),
        *income(ABOUT, 112, BANK, rub("300"), TwoDates(JAN15, JAN15)),
        *expense(ABOUT, 401, DESK, rub("1"), TwoDates(FEB01, JAN15)),
    ]

    assert written(money_moved(books, FIRST, LAST)) == [
        "bank:4070: -2000 +30000 -0 ~3100 = 31100",
        "collected:p3: 0 +1500 -0 ~-1500 = 0",
        "desk:main: 10000 +200 -4200 ~1500 = 7500",
        "suspense:4070: 0 +4000 -0 ~-4000 = 0",
        "transit:own: 0 +0 -0 ~900 = 900",
        "operating: Аренда офиса +0 -3000",
        "operating: Выдача под отчёт +0 -700",
        "operating: Переплаты клиентов +200 -0",
        "operating: Продажи +5500 -500",
        "financing: Получение кредита +30000 -0",
        "8000 = 39500",
    ]


PLACES = st.sampled_from([DESK, BANK, HELD])
MINOR = st.integers(0, 10**9)


@given(
    st.dictionaries(PLACES, st.integers(-(10**9), 10**9)),
    st.lists(st.tuples(PLACES, st.sampled_from("АБВ"), st.sampled_from(Activity), MINOR, MINOR)),
    st.lists(st.tuples(PLACES, PLACES, MINOR)),
)
@settings(max_examples=80)
def test_opening_in_and_out_always_give_the_closing_of_the_accounts(
    openings: dict[Account, int],
    earned: list[tuple[Account, str, Activity, int, int]],
    moved: list[tuple[Account, Account, int]],
) -> None:
    moves = [Movement(*one) for one in earned]
    moves += [Movement(source, "Перемещение", None, 0, minor) for source, _, minor in moved]
    moves += [Movement(target, "Перемещение", None, minor, 0) for _, target, minor in moved]

    flow = cash_flow(openings, moves)

    came = sum(part.came for part in flow.activities.values())
    went = sum(part.went for part in flow.activities.values())
    assert flow.opening + came - went == flow.closing
    assert flow.closing == sum(one.closing for one in flow.accounts)
    assert flow.opening == sum(openings.values()) == sum(one.opening for one in flow.accounts)
    assert sum(one.transfers for one in flow.accounts) == 0
    assert (came, went) == (sum(one[3] for one in earned), sum(one[4] for one in earned))
