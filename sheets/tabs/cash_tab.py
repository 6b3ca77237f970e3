"""ДДС: what came in and went out by activity and article, and where the money is, for months from–to.

    opening + in − out = closing = the sum of the accounts' closings

Every figure is a formula over _движения. Transfers between accounts of the statement net to zero
and stand in a column of their own; an opening balance entered in the chosen months is no receipt.
"""

from ledger.accounts import Account
from ledger.articles import Activity
from ledger.cash_flow import CashFlow
from sheets.cash_facts import CashArticle
from sheets.facts import BookFacts
from sheets.formulas import Function, Node, Num, Op, Ref, Spot, Str, absolute, call, compared, span
from sheets.model import Align, Area, Cell, Guard, Pattern, Rule, Style, Styled, Tab, grid
from sheets.tabs.inputs import ENTRY_ROW, HELPER_ROW, LABEL_ROW
from sheets.tabs.ladder import rounded
from sheets.tabs.moves_tab import SECTIONS, Moves, Section, account_id
from sheets.tabs.palette import (
    BAD,
    ENTRY,
    ENTRY_LABEL,
    HEADING,
    HINT,
    NAME,
    NOTE,
    SUBTOTAL,
    TITLE,
    TITLES,
)
from sheets.tabs.period import Period
from sheets.tabs.pnl_tab import months_range

__all__ = ["ACTIVITY_WORDS", "CASH_PERIOD", "cash_figures", "cash_tab"]

SHEET_ID = 733_007
CASH_PERIOD = Period()
ACTIVITY_WORDS = {
    Activity.OPERATING: "Операционная деятельность",
    Activity.INVESTING: "Инвестиционная деятельность",
    Activity.FINANCING: "Финансовая деятельность",
}
_HEADING_ROW = 3
_TOTAL_ROW = 4
_FIRST_ROW = 5
_OPENING, _CAME, _WENT, _TRANSFERS, _CLOSING, _ID = range(1, 7)
_HEADINGS = ("Показатель", "На начало", "Поступления", "Выплаты", "Переводы", "На конец")
_ACTIVITY_HEADINGS = ("Деятельность и статья", None, "Поступления", "Выплаты", None, "Сальдо")
_ACCOUNT_HEADINGS = ("Счёт", "На начало", "Поступления", "Выплаты", "Переводы", "На конец")
_NOTE = "Рубли, по дате оплаты"
_HINTS = (
    "Только состоявшиеся движения. Пустые месяцы — за всё время.",
    "Переводы между своими счетами — не поступления и не выплаты.",
)
_HINTS_COLUMN = 3
# Hints are longer than the figures are wide.
_SPARE_COLUMNS = 3
_ROW_STEP = 50
_MOVED = ("section", Str(f"<{Section.TRANSFER}"))
_BLOCK = Style(bold=True, fill="CFD8DC", ink="37474F")
Places = dict[str, int]


def cash_tab(facts: BookFacts, moves: Moves, title: str, pnl_title: str) -> Tab:
    """The tab of all activities, articles and accounts that the books know."""
    places = _places(facts)
    cells = {
        (0, 0): Cell("Движение денежных средств"),
        (ENTRY_ROW, 0): Cell(_NOTE),
        **{(row, _HINTS_COLUMN): Cell(hint) for row, hint in enumerate(_HINTS)},
        **CASH_PERIOD.cells(facts.months),
        **grid(_HEADING_ROW, 0, [list(_HEADINGS)]),
        **_total(places),
        **_activities(facts, moves, places),
        **_accounts(facts, moves, places),
    }
    return Tab(
        key="cash",
        id=SHEET_ID,
        title=title,
        rows=-(-(places["end"] + 10) // _ROW_STEP) * _ROW_STEP,
        columns=_ID + 1 + _SPARE_COLUMNS,
        cells=cells,
        guard=Guard(
            "Копейка: отчёт считается формулами", warning=True, open_areas=CASH_PERIOD.entries
        ),
        widths=(220, *([130] * 5), 90),
        styles=_styles(),
        rules=_rules(),
        choices=CASH_PERIOD.choices(months_range(pnl_title, facts.months)),
        retired=(Area(ENTRY_ROW, _HINTS_COLUMN, 1, 1),),
        bands=(Area(_HEADING_ROW, 0, places["end"] - _HEADING_ROW, _ID),),
        hidden_columns=((_ID, _ID + 1),),
        hidden_rows=((HELPER_ROW, HELPER_ROW + 1),),
        frozen_rows=_HEADING_ROW + 1,
        frozen_columns=1,
        gridlines=False,
        colour=TITLES["cash"],
    )


def cash_figures(facts: BookFacts, statement: CashFlow) -> dict[tuple[int, int], int]:
    """What the tab must show for a statement: kopecks by cell."""
    places = _places(facts)
    came = sum(flow.came for flow in statement.activities.values())
    went = sum(flow.went for flow in statement.activities.values())
    expected = dict(
        zip(
            ((_TOTAL_ROW, one) for one in (_OPENING, _CAME, _WENT, _TRANSFERS, _CLOSING)),
            (statement.opening, came, went, 0, statement.closing),
            strict=True,
        )
    )
    for activity, flow in statement.activities.items():
        row = places[f"activity:{activity}"]
        expected |= _line(row, came=flow.came, went=flow.went)
    shown = {
        (activity, one.article): one
        for activity, flow in statement.activities.items()
        for one in flow.articles
    }
    for article in facts.cash.articles:
        one = shown.get((article.activity, article.name))
        row = places[f"article:{article.id}"]
        expected |= _line(row, came=one.came if one else 0, went=one.went if one else 0)
    return expected | _account_figures(facts, statement, places)


def _account_figures(
    facts: BookFacts, statement: CashFlow, places: Places
) -> dict[tuple[int, int], int]:
    flows = {flow.account: flow for flow in statement.accounts}
    expected: dict[tuple[int, int], int] = {}
    for one in facts.cash.accounts:
        row, flow = places[_key(one.account)], flows.get(one.account)
        figures = (
            (flow.opening, flow.came, flow.went, flow.transfers, flow.closing)
            if flow
            else (0,) * 5
        )
        expected |= {(row, column): minor for column, minor in enumerate(figures, _OPENING)}
    return expected


def _line(row: int, *, came: int, went: int) -> dict[tuple[int, int], int]:
    return {(row, _CAME): came, (row, _WENT): went, (row, _CLOSING): came - went}


def _key(account: Account) -> str:
    return f"account:{account}"


def _places(facts: BookFacts) -> Places:
    """The row of each line by its key."""
    places: Places = {"activities": _FIRST_ROW + 1}
    row = _FIRST_ROW + 2
    for activity in Activity:
        places[f"activity:{activity}"] = row
        row += 1
        for article in facts.cash.articles:
            if article.activity is activity:
                places[f"article:{article.id}"] = row
                row += 1
    places["accounts"] = row + 1
    row += 2
    for one in facts.cash.accounts:
        places[_key(one.account)] = row
        row += 1
    places["end"] = row
    return places


def _total(places: Places) -> dict[tuple[int, int], Cell]:
    """The whole statement: openings and closings are the accounts', the flow the activities'."""
    rows = [places[f"activity:{activity}"] for activity in Activity]
    cells = {(_TOTAL_ROW, 0): Cell("Все деньги")}
    for column in (_OPENING, _TRANSFERS):
        cells[_TOTAL_ROW, column] = Cell(_sum_of_accounts(places, column))
    for column in (_CAME, _WENT):
        parts = [absolute(row, column) for row in rows]
        cells[_TOTAL_ROW, column] = Cell(rounded(call(Function.SUM, *parts)))
    change = Op("-", absolute(_TOTAL_ROW, _CAME), absolute(_TOTAL_ROW, _WENT))
    closing = Op("+", absolute(_TOTAL_ROW, _OPENING), change)
    cells[_TOTAL_ROW, _CLOSING] = Cell(rounded(closing))
    # Not zero only when rows of _движения are damaged: then the statement does not close.
    gap = Op("-", absolute(_TOTAL_ROW, _CLOSING), _sum_of_accounts(places, _CLOSING))
    cells[_TOTAL_ROW, _ID] = Cell(rounded(gap))
    return cells


def _sum_of_accounts(places: Places, column: int) -> Node:
    first, end = places["accounts"] + 1, places["end"]
    if first == end:
        return Num(0)
    return rounded(call(Function.SUM, span((first, column), (end - 1, column))))


def _activities(facts: BookFacts, moves: Moves, places: Places) -> dict[tuple[int, int], Cell]:
    cells = grid(places["activities"], 0, [list(_ACTIVITY_HEADINGS)])
    for activity in Activity:
        own = [one for one in facts.cash.articles if one.activity is activity]
        row = places[f"activity:{activity}"]
        cells[row, 0] = Cell(ACTIVITY_WORDS[activity])
        for column in (_CAME, _WENT):
            inside = span((row + 1, column), (row + len(own), column))
            total = rounded(call(Function.SUM, inside)) if own else Num(0)
            cells[row, column] = Cell(total)
        cells[row, _CLOSING] = Cell(_net(row))
        for article in own:
            cells |= _article(article, moves, places[f"article:{article.id}"])
    return cells


def _article(article: CashArticle, moves: Moves, row: int) -> dict[tuple[int, int], Cell]:
    of_article = (
        ("section", Num(SECTIONS[article.activity])),
        ("article", absolute(row, _ID)),
        *moves.months(CASH_PERIOD.first, CASH_PERIOD.last),
    )
    came, went = (
        rounded(moves.total(*of_article, (side, Str(">0")))) for side in ("debit", "credit")
    )
    return {
        (row, 0): Cell(f"   {article.name}"),
        (row, _CAME): Cell(came),
        (row, _WENT): Cell(went),
        (row, _CLOSING): Cell(_net(row)),
        (row, _ID): Cell(article.id),
    }


def _net(row: int) -> Node:
    return rounded(Op("-", absolute(row, _CAME), absolute(row, _WENT)))


def _accounts(facts: BookFacts, moves: Moves, places: Places) -> dict[tuple[int, int], Cell]:
    cells = grid(places["accounts"], 0, [list(_ACCOUNT_HEADINGS)])
    chosen = moves.months(CASH_PERIOD.first, CASH_PERIOD.last)
    for one in facts.cash.accounts:
        row = places[_key(one.account)]
        of_row = absolute(row, _ID)
        cells |= {
            (row, 0): Cell(one.name),
            (row, _OPENING): Cell(rounded(_opening(moves, of_row))),
            (row, _CAME): Cell(rounded(moves.total(("debit", of_row), _MOVED, *chosen))),
            (row, _WENT): Cell(rounded(moves.total(("credit", of_row), _MOVED, *chosen))),
            (row, _TRANSFERS): Cell(rounded(_both(moves, of_row, Section.TRANSFER))),
            (row, _CLOSING): Cell(_closing(row)),
            (row, _ID): Cell(account_id(one.account)),
        }
    return cells


def _opening(moves: Moves, account: Ref) -> Node:
    """What was there before, and what was entered as an opening balance until the last month.

    In the spreadsheet of later years the first month opens with what was carried over.
    """
    before = ("month", compared("<", CASH_PERIOD.first))
    earlier = Op("-", *(moves.total((side, account), before) for side in ("debit", "credit")))
    entered = Op("+", earlier, _both(moves, account, Section.OPENING))
    return moves.with_carried(account, entered)


def _both(moves: Moves, account: Ref, section: int) -> Node:
    criteria = (("section", Num(section)), *moves.months(CASH_PERIOD.first, CASH_PERIOD.last))
    return Op("-", *(moves.total((side, account), *criteria) for side in ("debit", "credit")))


def _closing(row: int) -> Node:
    change = Op("-", absolute(row, _CAME), absolute(row, _WENT))
    moved = Op("+", change, absolute(row, _TRANSFERS))
    return rounded(Op("+", absolute(row, _OPENING), moved))


def _rules() -> tuple[Rule, ...]:
    """Headings and subtotals wherever they stand: they move down when an article is used first."""
    area = Area(_FIRST_ROW, 0, None, _ID)
    rules = []
    by_style: tuple[tuple[Style, tuple[str, ...]], ...] = (
        (_BLOCK, (_ACTIVITY_HEADINGS[0] or "", _ACCOUNT_HEADINGS[0])),
        (SUBTOTAL, tuple(ACTIVITY_WORDS.values())),
    )
    for style, words in by_style:
        for word in words:
            here = Ref(Spot(_FIRST_ROW, 0, row_fixed=False))
            rules.append(Rule(area, Op("=", here, Str(word)), style))
    broken = Op("<>", absolute(_TOTAL_ROW, _ID), Num(0))
    return (*rules, Rule(Area(_TOTAL_ROW, 0, 1, _ID), broken, BAD))


def _styles() -> tuple[Styled, ...]:
    money = Style(pattern=Pattern.MONEY)
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(ENTRY_ROW, 0, 1, 1), NOTE),
        Styled(Area(LABEL_ROW, 1, 1, 2), ENTRY_LABEL),
        Styled(Area(0, _HINTS_COLUMN, 2, 1), HINT),
        *(Styled(area, ENTRY) for area in CASH_PERIOD.entries),
        *(Styled(area, Style(pattern=Pattern.MONTH)) for area in CASH_PERIOD.entries),
        Styled(Area(_HEADING_ROW, 0, 1, _ID), HEADING),
        Styled(Area(_TOTAL_ROW, 0, None, 1), NAME),
        Styled(Area(_TOTAL_ROW, _OPENING, None, 5), Style(align=Align.RIGHT, middle=True)),
        Styled(Area(_TOTAL_ROW, _OPENING, None, 5), money),
        Styled(Area(_TOTAL_ROW, 0, 1, _ID), SUBTOTAL),
    )
