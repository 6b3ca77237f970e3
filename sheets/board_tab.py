"""Пульт: figures of a month, the year behind it, and four charts; all by formulas.

An empty month is the present one. Money in and profit go by payment, as the owner counts money.
Marketing is what the article «Реклама и маркетинг» took from accounts, less what came back.
"""

from ledger.articles import PnlLine
from sheets.accounts_tab import accounts_range, total_of_money
from sheets.facts import BookFacts
from sheets.formulas import Function, Node, Num, Op, Str, absolute, call
from sheets.journal_tab import LINE_IDS
from sheets.ladder import Sums, rounded
from sheets.model import (
    Align,
    Area,
    Cell,
    Chart,
    ChartKind,
    Choice,
    Guard,
    Pattern,
    Series,
    Style,
    Styled,
    Tab,
    grid,
)
from sheets.moves_tab import Moves, Section
from sheets.palette import ENTRY, HEADING, LABEL, NOTE, TITLE, TITLES
from sheets.pnl_tab import months_range
from sheets.service_tab import SCALAR_COLUMN
from sheets.waiting_tabs import total_of_payments, total_of_people
from usecases.payment_book import PaymentState

__all__ = ["MARKETING", "board_tab"]

SHEET_ID = 733_012
MARKETING = 301
MONTHS = 12
VALUES_MAX = 15
_ENTRY, _MONTH = (1, 1), (2, 1)
_FIGURES_ROW = 4
_HEADING_ROW = 16
_FIRST_ROW = _HEADING_ROW + 1
_TURNOVER, _MARKETING, _SHARE, _NET = 1, 2, 3, 4
_NAMES = 6
_PROFITS = 7
_ID = 8
_COLUMNS = 20
_HEADINGS = ("Месяц", "Оборот", "Маркетинг", "ДРР", "Чистая прибыль")
_NOTE = "Рубли, по оплате. Пустой месяц — текущий; синюю ячейку можно менять."
_BLUE, _ORANGE, _GREEN, _GREY = "1565C0", "EF6C00", "2E7D32", "00838F"
Cells = dict[tuple[int, int], Cell]


def board_tab(facts: BookFacts, sums: Sums, moves: Moves, titles: dict[str, str]) -> Tab:
    """The tab; everything it shows is computed from the others."""
    cells: Cells = {
        (0, 0): Cell("Пульт"),
        (0, 1): Cell(_NOTE),
        (_ENTRY[0], 0): Cell("Месяц"),
        _ENTRY: Cell(None, entry=True),
        _MONTH: Cell(_month(titles["service"])),
        **_figures(titles),
        **_year(sums, moves),
        **_values(facts, sums),
    }
    return Tab(
        key="board",
        id=SHEET_ID,
        title=titles["board"],
        rows=100,
        columns=_COLUMNS,
        cells=cells,
        guard=Guard(
            "Копейка: пульт считается формулами",
            warning=True,
            open_areas=(Area(*_ENTRY, 1, 1),),
        ),
        widths=(330, 130, 130, 110, 140, 30, 200, 140, 60, *([100] * 11)),
        styles=_styles(),
        choices=(Choice(*_ENTRY, months_range(titles["pnl"], facts.months)),),
        charts=_charts(facts),
        hidden_columns=((_ID, _ID + 1),),
        hidden_rows=((_MONTH[0], _MONTH[0] + 1),),
        colour=TITLES["board"],
    )


def _month(service: str) -> Node:
    entry, today = absolute(*_ENTRY), absolute(0, SCALAR_COLUMN, service)
    days = (call(Function.EOMONTH, one, Num(-1)) for one in (today, entry))
    firsts = [Op("+", day, Num(1)) for day in days]
    return call(Function.IF, Op("=", entry, Str("")), *firsts)


def _figures(titles: dict[str, str]) -> Cells:
    last = _FIRST_ROW + MONTHS - 1
    expected = ("state", Num(PaymentState.EXPECTED))
    service = titles["service"]
    lines: list[tuple[str, Node]] = [
        ("Оборот месяца (получено от клиентов)", absolute(last, _TURNOVER)),
        ("Маркетинг", absolute(last, _MARKETING)),
        ("ДРР: маркетинг к обороту", absolute(last, _SHARE)),
        ("Чистая прибыль", absolute(last, _NET)),
        ("Деньги на счетах сейчас", total_of_money(titles["accounts"])),
        ("   из них на руках, не сдано в кассу", total_of_people(titles["people"])),
        ("Не подтверждено: ждём от клиентов", _unconfirmed(titles["payments"], expected)),
        ("Не разобрано строк выписки", absolute(1, SCALAR_COLUMN, service)),
        ("   на сумму", absolute(2, SCALAR_COLUMN, service)),
        ("Таблица и книги", absolute(1, 1, titles["control"])),
    ]
    return {
        place: cell
        for row, (words, node) in enumerate(lines, _FIGURES_ROW)
        for place, cell in (((row, 0), Cell(words)), ((row, 1), Cell(node)))
    }


def _unconfirmed(title: str, expected: tuple[str, Node]) -> Node:
    return rounded(total_of_payments(title, expected))


def _year(sums: Sums, moves: Moves) -> Cells:
    """Twelve months, the chosen one last."""
    cells = grid(_HEADING_ROW, 0, [list(_HEADINGS)])
    for step in range(MONTHS):
        row = _FIRST_ROW + step
        month = absolute(row, 0)
        back = call(Function.EDATE, absolute(*_MONTH), Num(step - MONTHS + 1))
        revenue = (sums.of("line"), Num(LINE_IDS[PnlLine.REVENUE]))
        net = (sums.of("line"), Str(f"<{LINE_IDS[PnlLine.AFTER_NET_PROFIT]}"))
        turnover = absolute(row, _TURNOVER)
        share = call(Function.ROUND, Op("/", absolute(row, _MARKETING), turnover), 4)
        cells |= {
            (row, 0): Cell(back),
            (row, _TURNOVER): Cell(rounded(sums.one_basis("cash", (month, month), *revenue))),
            (row, _MARKETING): Cell(rounded(_marketing(moves, month))),
            (row, _SHARE): Cell(call(Function.IF, Op("=", turnover, Num(0)), Str(""), share)),
            (row, _NET): Cell(rounded(sums.one_basis("cash", (month, month), *net))),
        }
    return cells


def _marketing(moves: Moves, month: Node) -> Node:
    of_month = (
        ("article", Num(MARKETING)),
        ("section", Str(f"<{Section.TRANSFER}")),
        ("month", month),
    )
    went, came = (moves.total(*of_month, (side, Str(">0"))) for side in ("credit", "debit"))
    return Op("-", went, came)


def _values(facts: BookFacts, sums: Sums) -> Cells:
    """Profit of the month by the values of the first dimension: the managers."""
    if not facts.settings.dimensions:
        return {}
    dimension = facts.settings.dimensions[0]
    cells = grid(_HEADING_ROW, _NAMES, [[dimension.title, "Прибыль месяца"]])
    month = absolute(*_MONTH)
    net = (sums.of("line"), Str(f"<{LINE_IDS[PnlLine.AFTER_NET_PROFIT]}"))
    for row, value in enumerate(facts.values[dimension.code][:VALUES_MAX], _FIRST_ROW):
        own = (sums.of(f"id:{dimension.code}"), absolute(row, _ID))
        profit = sums.one_basis("cash", (month, month), *net, *own)
        cells |= {
            (row, _NAMES): Cell(value.name),
            (row, _PROFITS): Cell(rounded(profit)),
            (row, _ID): Cell(value.id),
        }
    return cells


def _charts(facts: BookFacts) -> tuple[Chart, ...]:
    year = [Area(_HEADING_ROW, column, MONTHS + 1, 1) for column in range(5)]
    charts = [
        Chart(
            SHEET_ID * 10 + 1,
            "Маркетинг и оборот по месяцам, ДРР",
            ChartKind.COMBO,
            year[0],
            (
                Series(year[_TURNOVER], _BLUE),
                Series(year[_MARKETING], _ORANGE),
                Series(year[_SHARE], _GREY, line=True, right=True),
            ),
            (32, 0),
        ),
        Chart(
            SHEET_ID * 10 + 2,
            "Чистая прибыль по месяцам",
            ChartKind.COLUMN,
            year[0],
            (Series(year[_NET], _GREEN),),
            (32, 6),
        ),
        Chart(
            SHEET_ID * 10 + 4,
            "Деньги по счетам",
            ChartKind.BAR,
            accounts_range(facts, 0),
            (Series(accounts_range(facts, 1), _GREY),),
            (50, 6),
            source="accounts",
        ),
    ]
    if facts.settings.dimensions:
        values = facts.values[facts.settings.dimensions[0].code][:VALUES_MAX]
        rows = max(len(values), 1) + 1
        charts.append(
            Chart(
                SHEET_ID * 10 + 3,
                "Прибыль месяца: " + facts.settings.dimensions[0].tab.lower(),
                ChartKind.BAR,
                Area(_HEADING_ROW, _NAMES, rows, 1),
                (Series(Area(_HEADING_ROW, _PROFITS, rows, 1), _GREEN),),
                (50, 0),
            )
        )
    return tuple(charts)


def _styles() -> tuple[Styled, ...]:
    money = Style(pattern=Pattern.MONEY)
    figures = Area(_FIGURES_ROW, 1, 10, 1)
    percent = Style(pattern=Pattern.PERCENT, align=Align.RIGHT)
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(0, 1, 1, 1), NOTE),
        Styled(Area(1, 0, 1, 1), LABEL),
        Styled(Area(*_ENTRY, 1, 1), ENTRY),
        Styled(Area(*_ENTRY, 1, 1), Style(pattern=Pattern.MONTH)),
        Styled(Area(_FIGURES_ROW, 0, 10, 1), LABEL),
        Styled(figures, Style(bold=True, align=Align.RIGHT)),
        Styled(figures, money),
        Styled(Area(_FIGURES_ROW + 2, 1, 1, 1), percent),
        Styled(Area(_FIGURES_ROW + 7, 1, 1, 1), Style(pattern=Pattern.WHOLE)),
        Styled(Area(_HEADING_ROW, 0, 1, 5), HEADING),
        Styled(Area(_HEADING_ROW, _NAMES, 1, 2), HEADING),
        Styled(Area(_FIRST_ROW, 0, MONTHS, 1), Style(pattern=Pattern.MONTH)),
        Styled(Area(_FIRST_ROW, 1, MONTHS, 4), money),
        Styled(Area(_FIRST_ROW, _SHARE, MONTHS, 1), percent),
        Styled(Area(_FIRST_ROW, _PROFITS, VALUES_MAX, 1), money),
    )
