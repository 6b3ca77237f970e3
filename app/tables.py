"""The reports as tables for people; figures are the same as in the JSON."""

from collections.abc import Iterator, Mapping, Sequence

from app.output import print_table, say
from ledger.accounts import Account
from ledger.articles import Activity
from ledger.cash_flow import CashFlow
from ledger.money import Money
from ledger.months import Month
from ledger.overheads import Overheads, Shares
from ledger.pnl import COMMON, Pnl, Report
from store.reports import Basis
from usecases.receivables import Receivable
from usecases.reports import Accountable, Unconfirmed, Unexplained

__all__ = [
    "print_accountable",
    "print_cash_flow",
    "print_pnl",
    "print_receivables",
    "print_unconfirmed",
    "print_unexplained",
]

# More columns than this do not fit a terminal; the table goes on in another one.
COLUMNS_MAX = 6
_BASES = {Basis.CASH: "по оплате", Basis.ACCRUAL: "по начислению"}
_LADDER = {
    "revenue": "Выручка",
    "production": "− Производственные",
    "gross_profit": "Валовая прибыль",
    "selling": "− Коммерческие",
    "administrative": "− Управленческие",
    "bank_fees": "− Услуги банков",
    "ebitda": "EBITDA",
    "other_income": "+ Прочие доходы",
    "other_expense": "− Прочие расходы",
    "before_net_profit": "− До чистой прибыли",
    "net_profit": "Чистая прибыль",
    "after_net_profit": "− После чистой прибыли",
    "retained": "Нераспределённая прибыль",
}
_OVERHEADS = {
    Overheads.REVENUE: "по выручке",
    Overheads.GROSS_PROFIT: "по валовой прибыли",
    Overheads.EQUAL: "поровну",
}
_ACTIVITIES = {
    Activity.OPERATING: "Операционная",
    Activity.INVESTING: "Инвестиционная",
    Activity.FINANCING: "Финансовая",
}


def print_pnl(
    report: Report,
    basis: Basis,
    months: tuple[Month, Month],
    only: Mapping[str, str] | None = None,
    shares: Shares | None = None,
) -> None:
    """The ladder downwards, rows of the report across, the total last. VAT is not split off."""
    columns = [(value, pnl, shares.of[value] if shares else 0) for value, pnl in report.rows]
    given = shares.given if shares else 0
    if given or any(report.common.lines().values()):
        columns.append((COMMON, report.common, -given))
    columns.append(("Итого", report.total, 0))
    filters = "".join(f", {value}" for value in (only or {}).values())
    title = f"ОПиУ {_BASES[basis]}, {months[0]} — {months[1]}{filters}, НДС не выделен"
    for part in _cut(columns):
        ladders = [pnl.lines() for _, pnl, _ in part]
        rows = [
            [words, *(_human(one[name]) for one in ladders)] for name, words in _LADDER.items()
        ]
        if shares:
            words = f"− Доля общих расходов {_OVERHEADS[shares.base]}"
            net = [pnl.net_profit - share for _, pnl, share in part]
            rows.append([words, *(_human(share) for _, _, share in part)])
            rows.append(["Чистая прибыль с долей общих", *map(_human, net)])
        print_table(title, ["", *(value for value, _, _ in part)], rows)


def print_cash_flow(
    statement: CashFlow, months: tuple[Month, Month], names: Mapping[Account, str]
) -> None:
    """What came and went by activity and article, then every account."""
    rows = [["На начало", "", _human(statement.opening)]]
    for activity, flow in statement.activities.items():
        rows.append([_ACTIVITIES[activity], _human(flow.came), _human(flow.went)])
        rows += [[f"  {one.article}", _human(one.came), _human(one.went)] for one in flow.articles]
    rows.append(["На конец", "", _human(statement.closing)])
    print_table(f"ДДС, {months[0]} — {months[1]}", ["", "Пришло", "Ушло"], rows)
    accounts = [
        [
            names.get(flow.account, str(flow.account)),
            *map(_human, (flow.opening, flow.came, flow.went, flow.transfers, flow.closing)),
        ]
        for flow in statement.accounts
    ]
    headings = ["Счёт", "Начало", "Пришло", "Ушло", "Переводы", "Конец"]
    print_table("Счета", headings, accounts)


def print_accountable(people: Sequence[Accountable]) -> None:
    """Who holds cash."""
    rows = [
        [
            one.person,
            str(one.oldest or "—"),
            one.collected.human,
            one.pending.human,
            one.issued.human,
        ]
        for one in people
    ]
    headings = ["Кто", "Самое раннее", "На руках", "Ожидается", "Подотчёт"]
    _print("Наличные у людей", headings, rows, words=2)


def print_receivables(deals: Sequence[Receivable]) -> None:
    """Deals that are not paid in full."""
    rows = [
        [
            one.deal.contract_no or one.deal.id,
            one.deal.client,
            str(one.since or "—"),
            one.bucket.value,
            one.price.human,
            one.confirmed.human,
            one.due.human,
        ]
        for one in deals
    ]
    headings = ["Договор", "Клиент", "С какого дня", "Дней", "Цена", "Оплачено", "Долг"]
    _print("Дебиторка", headings, rows, words=4)


def print_unconfirmed(payments: Sequence[Unconfirmed]) -> None:
    """Payments that have not come."""
    rows = [
        [
            one.deal.contract_no or one.deal.id,
            one.deal.client,
            one.manager,
            one.payment.claim.method.value,
            one.payment.claim.expected_on.isoformat(),
            str(one.days_late),
            one.amount.human,
        ]
        for one in payments
    ]
    headings = ["Договор", "Клиент", "Менеджер", "Способ", "Ждали", "Дней", "Сумма"]
    _print("Ожидается, но не поступило", headings, rows, words=5)


def print_unexplained(lines: Sequence[Unexplained]) -> None:
    """Statement lines that nobody explained."""
    rows = [
        [
            one.line.account,
            one.line.day.isoformat(),
            one.line.counterparty,
            one.line.purpose,
            "пришло" if one.line.incoming else "ушло",
            str(one.days_old),
            one.line.amount.human,
        ]
        for one in lines
    ]
    headings = ["Счёт", "День", "Кто", "Назначение", "Куда", "Дней", "Сумма"]
    _print("Поступило, но не разнесено", headings, rows, words=5)


def _print(title: str, headings: Sequence[str], rows: list[list[str]], *, words: int) -> None:
    if rows:
        print_table(title, headings, rows, words=words)
    else:
        say(f"{title}: пусто.")


def _cut(columns: list[tuple[str, Pnl, int]]) -> Iterator[list[tuple[str, Pnl, int]]]:
    for start in range(0, len(columns), COLUMNS_MAX):
        yield columns[start : start + COLUMNS_MAX]


def _human(minor: int) -> str:
    return Money(minor).human
