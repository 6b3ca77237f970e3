"""Who owes whom, as others counted it: golden examples open-04, 05, 06 and 08."""

import re
from datetime import timedelta
from typing import Any

import pytest

from ledger.accounts import Account
from ledger.articles import Activity
from ledger.balances import balances, owed_by
from ledger.cash_flow import ActivityFlow
from ledger.money import BadAmount, Money, parse_amount
from ledger.months import Month
from ledger.operations import Operation, reverse
from ledger.posting import (
    About,
    TwoDates,
    apply_balance,
    client_payment,
    expense,
    income,
    opening,
    overpayment,
    recognition,
    transfer,
)
from ledger.seed import SystemArticle
from ledger.spread import spread_by_days
from tests.golden.examples import DESK, JAN, bought, example, kopecks, said
from tests.ledger.reading import day, money_moved, place, profit, standing

FEB = day("2026-02-28")
DEAL = About("k", "olga", deal="a-17")
ISSUED = place("issued:p3")


def lifecycle() -> dict[str, list[Operation]]:
    """Example open-04: the operations of each step."""
    given = {name: amount for name, amount, _ in example("open-04")["steps"]}
    about = About("k", "olga")
    both = TwoDates(JAN, JAN)
    first_line = 1800
    report = [
        *expense(about, 408, ISSUED, kopecks(first_line), both),
        *expense(about, 409, ISSUED, kopecks(given["approve_report"] - first_line), both),
    ]
    issue, back = SystemArticle.ACCOUNTABLE_ISSUE, SystemArticle.ACCOUNTABLE_RETURN
    return {
        "issue": [transfer(about, issue, DESK, ISSUED, kopecks(given["issue"]), JAN)],
        "approve_report": report,
        "return": [transfer(about, back, ISSUED, DESK, kopecks(given["return"]), JAN)],
        "cancel_report": [reverse(one, "undo", JAN, "olga", "не то") for one in report],
    }


def test_open_04_the_debt_of_an_accountable_person_step_by_step() -> None:
    books: list[Operation] = []
    debts = []
    for name, operations in lifecycle().items():
        books += operations
        debts.append([name, owed_by("p3", balances(books))[1]])

    # A return above the debt is refused by the use case and posts nothing.
    steps = [step for step in example("open-04")["steps"] if step[0] != "return_rejected"]
    assert debts == [[name, kopecks(debt).minor] for name, _, debt in steps]


def test_open_04_the_report_is_the_cost_and_the_desk_pays_only_what_was_kept() -> None:
    given, steps = example("open-04"), lifecycle()
    start = opening(About("k", "olga"), DESK, kopecks(given["cash_start"]), JAN, owed=False)
    reported = [*steps["issue"], *steps["approve_report"]]
    books = [start, *(one for step in steps.values() for one in step)]

    assert profit(reported).total.net_profit == -kopecks(given["steps"][1][1]).minor
    assert profit(books).total.net_profit == 0
    assert balances(books)[DESK] == kopecks(given["cash_end"]).minor


def test_open_04_money_under_report_is_on_the_cash_flow_when_it_leaves_the_desk() -> None:
    steps = lifecycle()
    flow = money_moved([one for step in steps.values() for one in step], JAN, JAN)

    operating = flow.activities[Activity.OPERATING]
    issued, returned = (
        kopecks(step[0].amount.plain) for step in (steps["issue"], steps["return"])
    )
    assert (operating.came, operating.went) == (returned.minor, issued.minor)
    assert [str(one.account) for one in flow.accounts] == ["desk:main"]


@pytest.mark.parametrize("index", [0, 1])
def test_open_05_a_payment_spreads_over_months_by_days(index: int) -> None:
    given = example("open-05")["spread"][index]
    first = day(given["start"])
    last = day(given["end"]) if "end" in given else first + timedelta(days=given["days"] - 1)

    parts = spread_by_days(kopecks(given["amount"]), first, last)

    assert [[str(part.accrued_on), part.amount.plain] for part in parts] == given["parts"]


@pytest.mark.parametrize(
    ("post", "dates", "debt"),
    [
        (income, TwoDates(JAN, None), {"client:Пётр": "-5.00"}),
        (income, TwoDates(None, JAN), {"client:Пётр": "5.00"}),
        (expense, TwoDates(JAN, None), {"supplier:Пётр": "5.00"}),
        (expense, TwoDates(None, JAN), {"supplier:Пётр": "-5.00"}),
    ],
    ids=["advance taken", "client owes", "advance given", "we owe"],
)
def test_open_05_two_dates_make_four_kinds_of_debt(
    post: Any, dates: TwoDates, debt: dict[str, str]
) -> None:
    operations = post(About("k", "olga", counterparty="Пётр"), 101, DESK, Money(500), dates)

    stands = standing(operations)

    outside = {name: sum_ for name, sum_ in stands.items() if name[:4] in {"clie", "supp"}}
    assert outside == debt


def test_open_05_a_deal_earns_when_shipped_and_the_client_owes_the_rest() -> None:
    given = example("open-05")["deal"]
    books = [
        client_payment(DEAL, DESK, kopecks(given["paid"]), JAN),
        recognition(DEAL, kopecks(given["shipped"]), FEB),
        *bought(201, given["cost"], TwoDates(None, FEB), deal="a-17"),
    ]

    assert profit(books, "accrual").total.net_profit == kopecks(given["profit"]).minor
    assert balances(books)[place("client:a-17")] == kopecks(given["debt"]).minor
    assert profit(books, "cash").total.net_profit == kopecks(given["paid"]).minor


@pytest.mark.parametrize("basis", ["cash", "accrual"])
def test_open_05_a_rent_paid_at_once_is_accrued_month_by_month(basis: str) -> None:
    given = example("open-05")["rent"]
    books = [
        *bought(401, 200),
        *bought(401, 300, TwoDates(JAN, None)),
        *bought(401, 100, TwoDates(None, day("2026-01-31"))),
        *bought(401, 200, TwoDates(None, FEB)),
    ]

    by_month = {month: -pnl.net_profit for month, pnl in profit(books, basis).rows}

    expected = {f"2026-{month}": kopecks(sum_).minor for month, sum_ in given[basis].items()}
    assert by_month == {month: minor for month, minor in expected.items() if minor}
    assert standing(books) == {"article:401": "500.00", "desk:main": "-500.00"}


def test_open_06_what_is_paid_above_the_invoice_is_a_debt_and_not_revenue() -> None:
    given = example("open-06")["over"]
    books = [
        client_payment(DEAL, DESK, kopecks(given["invoice"]), JAN),
        overpayment(DEAL, DESK, "c-5", kopecks(given["balance_delta"]), JAN),
    ]

    assert profit(books).total.net_profit == kopecks(given["invoice"]).minor
    assert balances(books)[DESK] == kopecks(given["paid"]).minor
    assert balances(books)[place("balance:c-5")] == -kopecks(given["balance_delta"]).minor


@pytest.mark.parametrize(
    ("case", "applied", "due"), [("under", 1500, 0), ("insufficient", 159, 1341)]
)
def test_open_06_a_balance_closes_an_invoice_as_far_as_it_reaches(
    case: str, applied: int, due: int
) -> None:
    given = example("open-06")[case]
    assert applied == given.get("applied", -given.get("balance_delta", 0))
    assert due == given.get("due", 0)
    books = [
        client_payment(DEAL, DESK, kopecks(given["paid"]), JAN),
        apply_balance(DEAL, "c-5", kopecks(applied), JAN),
    ]

    left = kopecks(given["invoice"]).minor + balances(books)[place("client:a-17")]

    assert left == kopecks(due).minor
    assert balances(books)[place("balance:c-5")] == kopecks(applied).minor
    assert profit(books).total.net_profit == kopecks(given["paid"] + applied).minor
    assert money_moved(books, JAN, JAN).closing == kopecks(given["paid"]).minor


# Example open-08: the lines of the sheet under the articles of our seed.
SHEET = {
    "Оплата от покупателей": 101,
    "Оплата поставщикам": 201,
    "Аренда": 401,
    "Связь": 405,
    "Заработная плата": 402,
    "Налоги и взносы": 403,
    "Проценты по кредиту": 702,
}


def cells_of(month_column: int) -> dict[str, str]:
    """One month's cells of the example's table, as they are printed."""
    lines = re.findall(r"^\|(.+)\|$", said("open-08"), re.MULTILINE)
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {cells[0]: cells[month_column].split(" (")[0].strip('"') for cells in table}


def posted(name: str, cell: str, on: Month) -> tuple[Operation, ...]:
    amount = parse_amount(cell.lstrip("−"))
    assert isinstance(amount, Money)
    about, both = About("k", "olga"), TwoDates(on.last_day, on.last_day)
    bank = Account.parse("bank:4070")
    post = expense if cell.startswith("−") else income
    return post(about, SHEET[name], bank, amount, both)


@pytest.mark.parametrize(("name", "column"), [("jan", 1), ("feb", 2)])
def test_open_08_the_flow_of_a_month_is_computed_and_not_taken_from_the_print(
    name: str, column: int
) -> None:
    month, cells = Month(2026, column), cells_of(column)
    books = [one for line in SHEET for one in posted(line, cells[line], month)]

    flow = money_moved(books, month.first_day, month.last_day)

    assert flow.closing == kopecks(example("open-08")[name]).minor
    assert flow.activities[Activity.INVESTING] == ActivityFlow(0, 0, ())


def test_open_08_text_amounts_are_read_and_words_are_never_zero() -> None:
    march = cells_of(3)

    assert parse_amount(march["Оплата от покупателей"]) == kopecks("1410000.50")
    assert isinstance(parse_amount(march["Связь"]), BadAmount)
