"""Подотчёт, Платежи, Долги: rows of values that the bot keeps, equal to the reports of those names."""

from collections.abc import Sequence
from dataclasses import dataclass

from sheets.facts import BookFacts
from sheets.formulas import Function, Node, Num, Op, Ref, Spot, call, span
from sheets.model import Area, Cell, FilterView, Guard, Pattern, Rule, Style, Styled, Tab, Value
from sheets.rows import plain_text
from sheets.serials import day_serial, roubles
from sheets.tabs.keyed import (
    FIRST_ROW,
    HEADING_ROW,
    TOTAL_ROW,
    KeyedColumn,
    keyed_cells,
    keyed_styles,
)
from sheets.tabs.ladder import rounded
from sheets.tabs.palette import BAD, LABEL, NOTE, SUBTOTAL, TITLE, TITLES
from sheets.waiting_facts import CONFIRMED_ROWS_MAX
from usecases.payment_book import PaymentRow, PaymentState
from usecases.receivables import Bucket, Receivable
from usecases.reports import Accountable

__all__ = [
    "METHOD_MONEY_KINDS",
    "PAYMENT_COLUMNS",
    "PaymentRows",
    "debts_tab",
    "payment_rows",
    "payments_tab",
    "people_tab",
    "total_of_people",
]

_PEOPLE_ID, _PAYMENTS_ID, _DEBTS_ID = 733_008, 733_009, 733_010
_MONEY = Pattern.MONEY
_PEOPLE = (
    KeyedColumn("Кто", 180, wrap=True),
    KeyedColumn("Собрано и не сдано, ₽", 175, _MONEY),
    KeyedColumn("Ждёт подтверждения, ₽", 180, _MONEY),
    KeyedColumn("Выдано под отчёт, ₽", 165, _MONEY),
    KeyedColumn("Ждёт с", 110, Pattern.DAY),
)
PAYMENT_COLUMNS = (
    KeyedColumn("Состояние", 115),
    KeyedColumn("Договор", 110, wrap=True),
    KeyedColumn("Клиент", 230, wrap=True),
    KeyedColumn("Менеджер", 115, wrap=True),
    KeyedColumn("Платёж", 110, wrap=True),
    KeyedColumn("Способ", 145),
    KeyedColumn("Сумма, ₽", 130, _MONEY),
    KeyedColumn("Ожидается", 100, Pattern.DAY),
    KeyedColumn("Просрочено, дней", 100, Pattern.WHOLE),
    KeyedColumn("Подтверждён", 105, Pattern.DAY),
    KeyedColumn("Сделка", 140, wrap=True),
    KeyedColumn("номер состояния", 60, Pattern.WHOLE, hidden=True),
    KeyedColumn("кошелёк", 60, Pattern.WHOLE, hidden=True),
    KeyedColumn("ключ", 120, hidden=True),
)
_AMOUNT, _EXPECTED_ON, _LATE, _STATE, _MONEY_KIND = 6, 7, 8, 11, 12
_DEBTS = (
    KeyedColumn("Договор", 110, wrap=True),
    KeyedColumn("Клиент", 230, wrap=True),
    KeyedColumn("Менеджер", 150, wrap=True),
    KeyedColumn("Цена, ₽", 130, _MONEY),
    KeyedColumn("Оплачено, ₽", 130, _MONEY),
    KeyedColumn("Долг, ₽", 130, _MONEY),
    KeyedColumn("С какого дня", 110, Pattern.DAY),
    KeyedColumn("Давность, дней", 120),
    KeyedColumn("Сделка", 150, wrap=True),
)
_STATES = {
    PaymentState.EXPECTED: "ожидается",
    PaymentState.CONFIRMED: "подтверждён",
    PaymentState.REFUND: "возврат ждёт",
}
# The usual names of payments in a deal; others are shown as they are called.
_SLOTS = {"prepayment": "предоплата", "balance": "доплата"}
_METHODS = {
    "cash": "наличные",
    "card_transfer": "перевод на карту",
    "terminal": "терминал",
    "bank_transfer": "по счёту",
    "credit_agreement": "кредитный договор",
}
# To which money a payment comes: 1 cash, 2 banks and acquirers, 3 cards.
METHOD_MONEY_KINDS = {
    "cash": 1,
    "bank_transfer": 2,
    "terminal": 2,
    "credit_agreement": 2,
    "card_transfer": 3,
}
# Notes are so short that a phone shows them whole.
_NOTE_ROW = 1
_OVER = "Год закончился: что ждёт — в таблице нового."
_BUCKETS = {
    Bucket.MONTH: "до 30",
    Bucket.TWO_MONTHS: "31–60",
    Bucket.THREE_MONTHS: "61–90",
    Bucket.OLDER: "больше 90",
    Bucket.UNKNOWN: "день неизвестен",
}


def people_tab(facts: BookFacts, title: str) -> Tab:
    """Подотчёт: who holds what, and since when."""
    rows = [_person(one) for one in facts.waiting_for.people]
    note = "Деньги клиентов на руках и выданные под отчёт."
    totals = dict.fromkeys((1, 2, 3), None)
    return _tab(facts, ("people", _PEOPLE_ID, title), (_told(facts, note), _PEOPLE, rows, totals))


def payments_tab(facts: BookFacts, title: str) -> Tab:
    """Платежи: expected ones first, then refunds that wait, then the confirmed ones of late."""
    rows = [_payment(one) for one in facts.waiting_for.payments]
    note = f"Подтверждённые — за три месяца, не больше {CONFIRMED_ROWS_MAX}."
    late = Op(">", Ref(Spot(FIRST_ROW, _LATE, row_fixed=False)), Num(0))
    rules = (Rule(Area(FIRST_ROW, _LATE, None, 1), late, BAD),)
    area = Area(HEADING_ROW, 0, None, len(PAYMENT_COLUMNS))
    views = tuple(
        FilterView(_PAYMENTS_ID * 10 + number, words, area, 0, _STATES[state])
        for number, (words, state) in enumerate(
            (
                ("Ожидаются", PaymentState.EXPECTED),
                ("Подтверждены", PaymentState.CONFIRMED),
                ("Возвраты", PaymentState.REFUND),
            ),
            1,
        )
    )
    totals: dict[int, PaymentState | None] = {_AMOUNT: PaymentState.EXPECTED}
    return _tab(
        facts,
        ("payments", _PAYMENTS_ID, title),
        (_told(facts, note), PAYMENT_COLUMNS, rows, totals),
        rules,
        views,
    )


def debts_tab(facts: BookFacts, title: str) -> Tab:
    """Долги: deals whose price is not paid in full, the one that owes longest first."""
    rows = [_debt(one) for one in facts.waiting_for.debts]
    note = "Сделки, оплаченные не полностью."
    totals = dict.fromkeys((3, 4, 5), None)
    return _tab(facts, ("debts", _DEBTS_ID, title), (_told(facts, note), _DEBTS, rows, totals))


@dataclass(frozen=True, slots=True)
class PaymentRows:
    """SUMIFS over the rows of Платежи for formulas elsewhere."""

    capacity: int
    title: str

    def of(self, what: str) -> Ref:
        """A column: amount, expected_on, state or money_kind."""
        place = {
            "amount": _AMOUNT,
            "expected_on": _EXPECTED_ON,
            "state": _STATE,
            "money_kind": _MONEY_KIND,
        }[what]
        return span((FIRST_ROW, place), (FIRST_ROW + self.capacity - 1, place), self.title)

    def total(self, *criteria: tuple[str, Node]) -> Node:
        """Roubles of the rows that meet criteria, each a column and what it must be."""
        flat = [part for what, wanted in criteria for part in (self.of(what), wanted)]
        return call(Function.SUMIFS, self.of("amount"), *flat)


def payment_rows(facts: BookFacts, title: str) -> PaymentRows:
    """The rows of Платежи as the books fill them now."""
    return PaymentRows(facts.waiting_for.capacity, title)


def total_of_people(title: str) -> Ref:
    """What all people collected and did not hand over."""
    return Ref(Spot(TOTAL_ROW, 1), sheet=title)


Content = tuple[
    str, Sequence[KeyedColumn], Sequence[Sequence[Value]], dict[int, PaymentState | None]
]


def _tab(
    facts: BookFacts,
    named: tuple[str, int, str],
    content: Content,
    rules: tuple[Rule, ...] = (),
    views: tuple[FilterView, ...] = (),
) -> Tab:
    key, tab_id, title = named
    note, columns, rows, totals = content
    width, size = len(columns), FIRST_ROW + facts.waiting_for.capacity
    cells = {
        (0, 0): Cell(title),
        (_NOTE_ROW, 0): Cell(note),
        (TOTAL_ROW, 0): Cell("Всего" if None in totals.values() else "Всего ожидается"),
        **keyed_cells(columns, rows),
    }
    for column, state in totals.items():
        cells[TOTAL_ROW, column] = Cell(_sum_of(column, state, size))
    hidden = [place for place, one in enumerate(columns) if one.hidden] or [width]
    return Tab(
        key=key,
        id=tab_id,
        title=title,
        rows=size,
        columns=width + 1,
        cells=cells,
        guard=Guard(f"Копейка: {title.lower()} ведёт бот", warning=False),
        widths=(*(one.width for one in columns), 120),
        styles=(
            Styled(Area(0, 0, 1, 1), TITLE),
            Styled(Area(_NOTE_ROW, 0, 1, 1), NOTE),
            *keyed_styles(columns),
            Styled(Area(TOTAL_ROW, 0, 1, hidden[0]), SUBTOTAL),
            *(Styled(Area(TOTAL_ROW, one, 1, 1), Style(pattern=_MONEY)) for one in totals),
            Styled(Area(TOTAL_ROW, 0, 1, 1), LABEL),
        ),
        rules=rules,
        bands=(Area(HEADING_ROW, 0, size - HEADING_ROW, hidden[0]),),
        views=views,
        hidden_columns=((hidden[0], width + 1),),
        frozen_rows=HEADING_ROW + 1,
        frozen_columns=1,
        keyed=FIRST_ROW,
        colour=TITLES["waiting"],
    )


def _told(facts: BookFacts, note: str) -> str:
    """What the rows are; in the spreadsheet of past years, why there are none."""
    return _OVER if facts.waiting_for.is_over else note


def _sum_of(column: int, state: PaymentState | None, size: int) -> Node:
    cells = span((FIRST_ROW, column), (size - 1, column))
    if state is None:
        return rounded(call(Function.SUM, cells))
    states = span((FIRST_ROW, _STATE), (size - 1, _STATE))
    return rounded(call(Function.SUMIFS, cells, states, Num(state)))


def _person(one: Accountable) -> list[Value]:
    oldest = day_serial(one.oldest) if one.oldest else None
    sums = [roubles(money.minor) for money in (one.collected, one.pending, one.issued)]
    return [one.person, *sums, oldest]


def _payment(row: PaymentRow) -> list[Value]:
    return [
        _STATES[row.state],
        row.deal.contract_no,
        row.deal.client,
        dict(row.deal.dimensions).get("manager", ""),
        _slot(row.slot),
        _METHODS[row.method.value],
        roubles(row.minor),
        day_serial(row.expected_on),
        row.days_late or None,
        day_serial(row.confirmed_on) if row.confirmed_on else None,
        row.deal.id,
        int(row.state),
        METHOD_MONEY_KINDS[row.method.value],
        plain_text(row.key),
    ]


def _slot(name: str) -> str:
    plain = name.rstrip("0123456789")
    return f"{_SLOTS[plain]} {name.removeprefix(plain)}".rstrip() if plain in _SLOTS else name


def _debt(one: Receivable) -> list[Value]:
    return [
        one.deal.contract_no,
        one.deal.client,
        dict(one.deal.dimensions).get("manager", ""),
        *(roubles(money.minor) for money in (one.price, one.confirmed, one.due)),
        day_serial(one.since) if one.since else None,
        _BUCKETS[one.bucket],
        one.deal.id,
    ]
