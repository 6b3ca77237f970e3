"""ДДС, Пульт, Счета and the tabs of what waits, against the documents of `bot.py report … --json`.

The tabs are read by the words that people see in their first columns.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import takewhile
from typing import Any

from ledger.months import Month, months_between
from sheets.tabs.inputs import month_serial
from tests.app.report_tabs import Typed, assert_share, day_shown, minor
from tests.sheets.computing import Reader, kopecks

__all__ = [
    "Reports",
    "assert_accounts",
    "assert_board",
    "assert_cash",
    "assert_still",
    "assert_waiting",
    "cash_typed",
    "month_typed",
]

# The document of a report with these options.
Reports = Callable[..., Any]
ACTIVITIES = {
    "Операционная деятельность": "operating",
    "Инвестиционная деятельность": "investing",
    "Финансовая деятельность": "financing",
}
# Which column of the calendar an account's money stands in, and a payment's by its method.
KINDS = {"desk": 0, "collected": 0, "bank": 1, "clearing": 1, "card": 2}
METHODS = {
    "cash": 0,
    "bank_transfer": 1,
    "terminal": 1,
    "credit_agreement": 1,
    "card_transfer": 2,
}
MARKETING = "Реклама и маркетинг"
MONTHS_SHOWN = 12
MANAGERS_SHOWN = 15
_ROWS_MAX = 600
_CALENDAR = 6
# The column of the months on Пульт; below them stand the managers.
_YEAR = 6
_INDENT = "   "


def cash_typed(first: Month | None, last: Month | None) -> Typed:
    """The months of ДДС."""
    serials = ["" if one is None else month_serial(one) for one in (first, last)]
    return {("ДДС", 1, 1): serials[0], ("ДДС", 1, 2): serials[1]}


def month_typed(month: Month | None) -> Typed:
    """The month of Пульт."""
    return {("Пульт", 1, 1): "" if month is None else month_serial(month)}


def assert_cash(read: Reader, document: Any) -> int:
    """ДДС: every section, article and account, opening + in − out = closing; how many cells."""
    flows = document["activities"]
    came, went = (sum(minor(one[way]) for one in flows.values()) for way in ("in", "out"))
    opening, closing = minor(document["opening"]), minor(document["closing"])
    total = _sums(read, "ДДС", row_of(read, "ДДС", "Все деньги"), range(1, 6))
    assert total == [opening, came, went, 0, closing]
    assert opening + came - went == closing
    articles = sum(
        _assert_activity(read, words, flows[code]) for words, code in ACTIVITIES.items()
    )
    columns = ("opening", "in", "out", "transfers", "closing")
    expected = [
        (one["account"], *(minor(one[key]) for key in columns)) for one in document["accounts"]
    ]
    lines = list(_block(read, row_of(read, "ДДС", "Счёт") + 1))
    shown = [(name, *_sums(read, "ДДС", row, range(1, 6))) for row, name in lines]
    assert [one for one in shown if any(one[1:])] == expected
    sums = [sum(column) for column in list(zip(*shown, strict=True))[1:]]
    assert (sums or [0] * 5) == [opening, *_flows(expected), 0, closing]
    return 5 + 5 * len(shown) + articles


def assert_still(read: Reader) -> None:
    """ДДС of months in the wrong order: nothing moves, and every account closes as it opens."""
    start = row_of(read, "ДДС", "Счёт") + 1
    rows = [row_of(read, "ДДС", "Все деньги"), *(row for row, _ in _block(read, start))]
    for row in rows:
        opening, came, went, transfers, closing = _sums(read, "ДДС", row, range(1, 6))
        assert (came, went, transfers, closing) == (0, 0, 0, opening)


def _flows(accounts: Sequence[tuple[Any, ...]]) -> list[int]:
    """What came to and went from accounts: a movement between accounts is in neither."""
    return [sum(one[column] for one in accounts) for column in (2, 3)]


def _assert_activity(read: Reader, words: str, flow: Any) -> int:
    row = row_of(read, "ДДС", words)
    came, went = minor(flow["in"]), minor(flow["out"])
    assert _sums(read, "ДДС", row, (2, 3, 5)) == [came, went, came - went]
    lines = takewhile(lambda line: line[1].startswith(_INDENT), _block(read, row + 1))
    shown = [
        (name.removeprefix(_INDENT), *_sums(read, "ДДС", at, (2, 3, 5))) for at, name in lines
    ]
    listed = [(one["article"], minor(one["in"]), minor(one["out"])) for one in flow["articles"]]
    expected = [(*one, one[1] - one[2]) for one in listed if any(one[1:])]
    assert [one for one in shown if any(one[1:])] == expected
    return 3 * (len(shown) + 1)


def assert_board(read: Reader, month: Month, report: Reports) -> int:
    """Пульт: figures of the month, the year behind it and the managers' profits."""
    heading = row_of(read, "Пульт", "Месяц", _YEAR)
    months = _year_until(month)
    rows = report("pnl", "--from", months[0], "--to", month)["rows"]
    for row, (shown, one) in enumerate(zip(months, rows, strict=True), heading + 1):
        assert one["value"] == str(shown)
        flow = report("cash-flow", "--from", shown, "--to", shown)
        turnover, spent, net = minor(one["revenue"]), _marketing(flow), minor(one["net_profit"])
        assert _sums(read, "Пульт", row, (_YEAR + 1, _YEAR + 2, _YEAR + 4)) == [
            turnover,
            spent,
            net,
        ]
        assert_share(read("Пульт", row, _YEAR + 3), spent, turnover, blank={None, ""})
    figures = row_of(read, "Пульт", "Оборот: получено от клиентов")
    last = heading + MONTHS_SHOWN
    for step, column in enumerate(range(_YEAR + 1, _YEAR + 5)):
        assert read("Пульт", figures + step, 1) == read("Пульт", last, column)
    waiting = figures + 4
    expected = [
        sum(amount for _, amount in _balances(report).values()),
        sum(minor(one["collected"]) for one in report("accountable")["people"]),
        sum(minor(one["amount"]) for one in report("unconfirmed")["payments"]),
    ]
    assert [kopecks(read("Пульт", waiting + step, 1)) for step in range(3)] == expected
    lines = report("unexplained")["lines"]
    assert read("Пульт", waiting + 3, 1) == len(lines)
    assert kopecks(read("Пульт", waiting + 4, 1)) == sum(minor(one["amount"]) for one in lines)
    return MONTHS_SHOWN * 4 + 9 + _assert_managers(read, heading, month, report)


def _assert_managers(read: Reader, heading: int, month: Month, report: Reports) -> int:
    document = report("pnl", "--by", "manager", "--from", month, "--to", month)
    profits = {one["value"]: minor(one["net_profit"]) for one in document["rows"]}
    first = heading + MONTHS_SHOWN + 3
    shown = [
        (str(read("Пульт", row, _YEAR)), kopecks(read("Пульт", row, _YEAR + 1)))
        for row in range(first, first + MANAGERS_SHOWN)
        if read("Пульт", row, _YEAR) is not None
    ]
    assert shown == [(name, profits.get(name, 0)) for name, _ in shown]
    if len(shown) < MANAGERS_SHOWN:
        assert {*profits} - {"Не указано"} <= {name for name, _ in shown}
    return len(shown)


def assert_accounts(read: Reader, report: Reports) -> int:
    """Счета: balances as in the cash flow of all time, and the calendar counted from them."""
    balances = _balances(report)
    start = row_of(read, "Счета", "Счёт") + 1
    shown = []
    for row in range(start, start + _ROWS_MAX):
        if read("Счета", row, 0) is None:
            break
        shown.append((str(read("Счета", row, 0)), kopecks(read("Счета", row, 1))))
    expected = [one for one in balances.values() if one[1]]
    assert [one for one in shown if one[1]] == expected
    return len(shown) + _assert_calendar(read, balances, report)


def _assert_calendar(read: Reader, balances: dict[str, tuple[str, int]], report: Reports) -> int:
    payments = report("unconfirmed")["payments"]
    heading = row_of(read, "Счета", "День", _CALENDAR)
    today = day_shown(read("Счета", heading + 2, _CALENDAR))
    late = sum(minor(one["amount"]) for one in payments if one["days_late"])
    expected = sum(minor(one["amount"]) for one in payments)
    totals = row_of(read, "Счета", "Деньги на счетах сейчас")
    refunds = kopecks(read("Счета", totals + 3, 1))
    assert [kopecks(read("Счета", totals + step, 1)) for step in range(3)] == [
        sum(amount for _, amount in balances.values()),
        expected,
        late,
    ]
    now = [
        sum(amount for code, (_, amount) in balances.items() if KINDS[_kind(code)] == kind)
        for kind in range(3)
    ]
    cells = 0
    row = heading + 2
    while (shown := read("Счета", row, _CALENDAR)) is not None:
        day = today + timedelta(days=row - heading - 2)
        assert day_shown(shown) == day
        due = [one for one in payments if one["expected_on"] == day.isoformat()]
        for one in due:
            now[METHODS[one["method"]]] += minor(one["amount"])
        columns = _sums(read, "Счета", row, range(_CALENDAR + 1, _CALENDAR + 5))
        # Which money a refund leaves is not in any report: only all of them together are.
        assert columns[3] == sum(columns[:3]) == sum(now) - refunds
        if not refunds:
            assert columns[:3] == now
        cells += 4
        row += 1
    return cells + 4


def assert_waiting(read: Reader, report: Reports) -> int:
    """Подотчёт, Платежи and Долги: totals of the rows that the reports have."""
    people = report("accountable")["people"]
    kinds = ("collected", "pending", "issued")
    total = [sum(minor(one[kind]) for one in people) for kind in kinds]
    assert _sums(read, "Подотчёт", 2, (1, 2, 3)) == total
    rows = [
        (str(read("Подотчёт", row, 0)), *_sums(read, "Подотчёт", row, (1, 2, 3)))
        for row in range(4, 4 + len(people))
    ]
    assert rows == [(one["person"], *(minor(one[kind]) for kind in kinds)) for one in people]
    payments = report("unconfirmed")["payments"]
    assert kopecks(read("Платежи", 2, 6)) == sum(minor(one["amount"]) for one in payments)
    deals = report("receivables")["deals"]
    kinds = ("price", "confirmed", "due")
    total = [sum(minor(one[kind]) for one in deals) for kind in kinds]
    assert _sums(read, "Долги", 2, (3, 4, 5)) == total
    for row, one in enumerate(deals, 4):
        assert _sums(read, "Долги", row, (3, 4, 5)) == [minor(one[kind]) for kind in kinds]
    return 7 + 3 * (len(people) + len(deals))


def _balances(report: Reports) -> dict[str, tuple[str, int]]:
    """The name of each account that holds money, and what is on it, by its code."""
    return {
        one["code"]: (one["account"], minor(one["closing"]))
        for one in report("cash-flow")["accounts"]
        if _kind(one["code"]) in KINDS
    }


def _kind(code: str) -> str:
    return code.partition(":")[0]


def _marketing(document: Any) -> int:
    return sum(
        minor(one["out"]) - minor(one["in"])
        for flow in document["activities"].values()
        for one in flow["articles"]
        if one["article"] == MARKETING
    )


def _year_until(month: Month) -> list[Month]:
    first = Month(month.year - 1, month.number + 1) if month.number < MONTHS_SHOWN else None
    return list(months_between(first or Month(month.year, 1), month))


def row_of(read: Reader, tab: str, words: str, column: int = 0, start: int = 0) -> int:
    """The row that begins with these words."""
    rows = range(start, start + _ROWS_MAX)
    return next(row for row in rows if str(read(tab, row, column) or "").strip() == words)


def _sums(read: Reader, tab: str, row: int, columns: Sequence[int]) -> list[int]:
    return [kopecks(read(tab, row, column)) for column in columns]


def _block(read: Reader, start: int) -> Iterator[tuple[int, str]]:
    """The rows of ДДС from one on, until an empty one, with their words."""
    for row in range(start, start + _ROWS_MAX):
        name = read("ДДС", row, 0)
        if name is None or name == "":
            return
        yield row, str(name)
