"""Счета: money on accounts today, what is expected, and the calendar of the weeks to come.

    balance of a day = the day before + payments expected on it; refunds that wait leave today

The calendar is a cautious one: a payment that is late is named apart and not counted on. Payments
come to one of three moneys by their method, because which account they will reach is not known
before they do. Payment orders do not exist yet; they will leave on their days in the same table.
"""

from ledger.accounts import AccountKind
from sheets.cash_facts import CashAccount
from sheets.facts import BookFacts
from sheets.formulas import Function, Node, Num, Op, Ref, Spot, Str, absolute, call, compared, span
from sheets.model import Align, Area, Cell, Guard, Pattern, Rule, Style, Styled, Tab, grid
from sheets.tabs.ladder import rounded
from sheets.tabs.moves_tab import Moves, account_id
from sheets.tabs.palette import BAD, HEADING, LABEL, NAME, NOTE, SUBTOTAL, TITLE, TITLES
from sheets.tabs.service_tab import SCALAR_COLUMN
from sheets.tabs.waiting_tabs import PaymentRows, payment_rows
from usecases.payment_book import PaymentState

__all__ = ["CALENDAR_DAYS", "accounts_range", "accounts_tab", "money_accounts", "total_of_money"]

SHEET_ID = 733_011
CALENDAR_DAYS = 42
_MONEY_KINDS = ("Наличные", "Счета и эквайринг", "Карты")
_MONEY_KIND_OF = {
    AccountKind.DESK: 1,
    AccountKind.COLLECTED: 1,
    AccountKind.BANK: 2,
    AccountKind.CLEARING: 2,
    AccountKind.CARD: 3,
}
_NOTE = "Рубли"
_CALENDAR_NOTES = (
    "Сейчас + ожидаемые платежи − возвраты, которые ждут.",
    "Без просроченных платежей и без заявок на оплату.",
)
_TOTALS_ROW, _ACCOUNTS_HEADING = 3, 9
_SHORT_ROW = _TOTALS_ROW + 4
_FIRST_ACCOUNT = _ACCOUNTS_HEADING + 1
_ID = 4
_DAY, _FIRST_MONEY_KIND, _ALL = 6, 7, 10
_GAP = 11
_GAP_ROW, _CALENDAR_HEADING = 3, 4
_NOW_ROW = _CALENDAR_HEADING + 1
_LAST_ROW = _NOW_ROW + CALENDAR_DAYS
_COLUMNS = _GAP + 4
_ROW_STEP = 50
Cells = dict[tuple[int, int], Cell]


def money_accounts(facts: BookFacts) -> list[CashAccount]:
    """Accounts that hold the company's money, in the order of the tab."""
    return [one for one in facts.cash.accounts if one.account.is_money]


def total_of_money(title: str) -> Ref:
    """All money on accounts."""
    return absolute(_TOTALS_ROW, 1, title)


def accounts_range(facts: BookFacts, column: int) -> Area:
    """Names (0) or balances (1) of the accounts under their heading, for the chart."""
    rows = max(len(money_accounts(facts)), 1) + 1
    return Area(_ACCOUNTS_HEADING, column, rows, 1)


def accounts_tab(facts: BookFacts, moves: Moves, title: str, titles: dict[str, str]) -> Tab:
    """The tab; payments are read from Платежи, today from _служебный."""
    accounts = money_accounts(facts)
    payments = payment_rows(facts, titles["payments"])
    today = absolute(0, SCALAR_COLUMN, titles["service"])
    cells: Cells = {
        (0, 0): Cell("Деньги на счетах"),
        (0, _DAY): Cell("Платёжный календарь"),
        (1, 0): Cell(_NOTE),
        **{(row, _DAY): Cell(words) for row, words in enumerate(_CALENDAR_NOTES, 1)},
        **_totals(len(accounts), payments, today),
        **_accounts(accounts, moves),
        **_calendar(payments, today, _FIRST_ACCOUNT + len(accounts)),
    }
    rows = max(_FIRST_ACCOUNT + len(accounts), _LAST_ROW + 1)
    return Tab(
        key="accounts",
        id=SHEET_ID,
        title=title,
        rows=-(-(rows + 5) // _ROW_STEP) * _ROW_STEP,
        columns=_COLUMNS,
        cells=cells,
        guard=Guard("Копейка: счета и календарь считаются формулами", warning=True),
        widths=(205, 130, 150, 100, 60, 20, 110, 130, 140, 130, 140, *([60] * 4)),
        styles=_styles(),
        rules=_rules(),
        hidden_columns=((_ID, _ID + 1), (_GAP, _COLUMNS)),
        bands=(Area(_CALENDAR_HEADING, _DAY, CALENDAR_DAYS + 2, 5),),
        frozen_rows=3,
        gridlines=False,
        colour=TITLES["waiting"],
    )


def _totals(accounts: int, payments: PaymentRows, today: Ref) -> Cells:
    expected = ("state", Num(PaymentState.EXPECTED))
    lines: list[tuple[str, Node]] = [
        ("Деньги на счетах сейчас", _sum_of_accounts(accounts, 1)),
        ("Ожидается от клиентов", rounded(payments.total(expected))),
        (
            "   из них просрочено",
            rounded(payments.total(expected, ("expected_on", compared("<", today)))),
        ),
        (
            "Ждут возврата клиентам",
            rounded(payments.total(("state", Num(PaymentState.REFUND)))),
        ),
        ("Денег не хватит с", absolute(_GAP_ROW, _ALL)),
    ]
    return {
        place: cell
        for row, (words, formula) in enumerate(lines, _TOTALS_ROW)
        for place, cell in (((row, 0), Cell(words)), ((row, 1), Cell(formula)))
    }


def _sum_of_accounts(accounts: int, column: int) -> Node:
    if not accounts:
        return Num(0)
    last = _FIRST_ACCOUNT + accounts - 1
    return rounded(call(Function.SUM, span((_FIRST_ACCOUNT, column), (last, column))))


def _accounts(accounts: list[CashAccount], moves: Moves) -> Cells:
    cells = grid(_ACCOUNTS_HEADING, 0, [["Счёт", "Сейчас", "Деньги", "Ниже нуля"]])
    for row, one in enumerate(accounts, _FIRST_ACCOUNT):
        of_row = absolute(row, _ID)
        sides = (moves.total((side, of_row)) for side in ("debit", "credit"))
        below = Op("<", absolute(row, 1), Num(0))
        cells |= {
            (row, 0): Cell(one.name),
            (row, 1): Cell(rounded(moves.with_carried(of_row, Op("-", *sides)))),
            (row, 2): Cell(_MONEY_KINDS[_MONEY_KIND_OF[one.account.kind] - 1]),
            (row, 3): Cell(call(Function.IF, below, "сейчас", "нет")),
            (row, _ID): Cell(account_id(one.account)),
        }
    return cells


def _calendar(payments: PaymentRows, today: Ref, end: int) -> Cells:
    cells = grid(_CALENDAR_HEADING, _DAY, [["День", *_MONEY_KINDS, "Все деньги"]])
    cells[_GAP_ROW, _DAY] = Cell("Ниже нуля с")
    cells[_NOW_ROW, _DAY] = Cell("Сейчас")
    for step in range(CALENDAR_DAYS):
        day = Op("+", today, Num(step))
        cells[_NOW_ROW + 1 + step, _DAY] = Cell(day)
    for place, words in enumerate(_MONEY_KINDS):
        column = _FIRST_MONEY_KIND + place
        names = span((_FIRST_ACCOUNT, 2), (max(end, _FIRST_ACCOUNT + 1) - 1, 2))
        sums = span((_FIRST_ACCOUNT, 1), (max(end, _FIRST_ACCOUNT + 1) - 1, 1))
        cells[_NOW_ROW, column] = Cell(rounded(call(Function.SUMIFS, sums, names, Str(words))))
        for row in range(_NOW_ROW + 1, _LAST_ROW + 1):
            cells[row, column] = Cell(_balance(payments, row, column, place + 1))
    for row in range(_NOW_ROW, _LAST_ROW + 1):
        every = span((row, _FIRST_MONEY_KIND), (row, _ALL - 1))
        cells[row, _ALL] = Cell(rounded(call(Function.SUM, every)))
    for place in range(len(_MONEY_KINDS) + 1):
        cells |= _gap(_FIRST_MONEY_KIND + place, _GAP + place, today)
    return cells


def _balance(payments: PaymentRows, row: int, column: int, money_kind: int) -> Node:
    money = ("money_kind", Num(money_kind))
    comes = payments.total(
        ("state", Num(PaymentState.EXPECTED)),
        money,
        ("expected_on", absolute(row, _DAY)),
    )
    balance: Node = Op("+", absolute(row - 1, column), comes)
    if row == _NOW_ROW + 1:
        leaves = payments.total(("state", Num(PaymentState.REFUND)), money)
        balance = Op("-", balance, leaves)
    return rounded(balance)


def _gap(column: int, helper: int, today: Ref) -> Cells:
    """The first day below zero, carried down the helper's column and shown above the calendar."""
    cells: Cells = {}
    for row in range(_NOW_ROW, _LAST_ROW + 1):
        day: Node = today if row == _NOW_ROW else absolute(row, _DAY)
        here = call(Function.IF, Op("<", absolute(row, column), Num(0)), day, 0)
        if row == _NOW_ROW:
            cells[row, helper] = Cell(here)
        else:
            before = absolute(row - 1, helper)
            cells[row, helper] = Cell(call(Function.IF, Op(">", before, Num(0)), before, here))
    first = absolute(_LAST_ROW, helper)
    cells[_GAP_ROW, column] = Cell(call(Function.IF, Op(">", first, Num(0)), first, "нет"))
    return cells


def _rules() -> tuple[Rule, ...]:
    calendar = Area(_NOW_ROW, _FIRST_MONEY_KIND, CALENDAR_DAYS + 1, 4)
    below = Op(
        "<", Ref(Spot(_NOW_ROW, _FIRST_MONEY_KIND, row_fixed=False, column_fixed=False)), Num(0)
    )
    accounts = Area(_FIRST_ACCOUNT, 3, None, 1)
    now = Op("=", Ref(Spot(_FIRST_ACCOUNT, 3, row_fixed=False)), Str("сейчас"))
    gap = Ref(Spot(_GAP_ROW, _FIRST_MONEY_KIND, column_fixed=False))
    return (
        Rule(calendar, below, BAD),
        Rule(accounts, now, BAD),
        Rule(Area(_GAP_ROW, _FIRST_MONEY_KIND, 1, 4), Op("<>", gap, Str("нет")), BAD),
        Rule(Area(_SHORT_ROW, 0, 1, 2), Op("<>", absolute(_SHORT_ROW, 1), Str("нет")), BAD),
    )


def _styles() -> tuple[Styled, ...]:
    money = Style(pattern=Pattern.MONEY, middle=True)
    day = Style(pattern=Pattern.DAY, align=Align.RIGHT)
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(0, _DAY, 1, 1), TITLE),
        Styled(Area(1, 0, 1, 1), NOTE),
        Styled(Area(1, _DAY, len(_CALENDAR_NOTES), 1), NOTE),
        Styled(Area(_TOTALS_ROW, 0, 5, 1), LABEL),
        Styled(Area(_TOTALS_ROW, 0, 5, 1), Style(wrap=True, middle=True)),
        Styled(Area(_TOTALS_ROW, 1, None, 1), money),
        Styled(Area(_SHORT_ROW, 1, 1, 1), day),
        Styled(Area(_FIRST_ACCOUNT, 2, None, 2), Style(middle=True)),
        Styled(Area(_ACCOUNTS_HEADING, 0, 1, 4), HEADING),
        Styled(Area(_FIRST_ACCOUNT, 0, None, 1), NAME),
        Styled(Area(_CALENDAR_HEADING, _DAY, 1, 5), HEADING),
        Styled(Area(_NOW_ROW, _DAY, CALENDAR_DAYS + 1, 1), Style(align=Align.LEFT, middle=True)),
        Styled(Area(_NOW_ROW + 1, _DAY, CALENDAR_DAYS, 1), Style(pattern=Pattern.DAY)),
        Styled(Area(_NOW_ROW, _FIRST_MONEY_KIND, CALENDAR_DAYS + 1, 4), money),
        Styled(Area(_GAP_ROW, _DAY, 1, 5), SUBTOTAL),
        Styled(Area(_GAP_ROW, _FIRST_MONEY_KIND, 1, 4), day),
        Styled(Area(_NOW_ROW, _ALL, CALENDAR_DAYS + 1, 1), Style(bold=True)),
    )
