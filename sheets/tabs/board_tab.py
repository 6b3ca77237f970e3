"""Пульт: figures of a month, the year behind it, and four charts; all by formulas.

An empty month is the present one. Money in and profit go by payment, as the owner counts money.
Marketing is what the article «Реклама и маркетинг» took from accounts, less what came back.
"""

from ledger.articles import PnlLine
from sheets.facts import BookFacts
from sheets.formulas import Function, Node, Num, Op, Str, absolute, call
from sheets.model import (
    Align,
    Area,
    Cell,
    Chart,
    ChartKind,
    Choice,
    Guard,
    Pattern,
    Rule,
    Series,
    Style,
    Styled,
    Tab,
    grid,
)
from sheets.tabs.accounts_tab import accounts_range, total_of_money
from sheets.tabs.journal_tab import LINE_IDS
from sheets.tabs.ladder import Sums, rounded
from sheets.tabs.moves_tab import Moves, Section
from sheets.tabs.palette import (
    BAD,
    ENTRY,
    ENTRY_LABEL,
    HEADING,
    HINT,
    LABEL,
    NAME,
    NOTE,
    TITLE,
    TITLES,
)
from sheets.tabs.pnl_tab import months_range
from sheets.tabs.service_tab import SCALAR_COLUMN
from sheets.tabs.waiting_tabs import payment_rows, total_of_people
from usecases.payment_book import PaymentState

__all__ = ["MARKETING", "board_tab"]

SHEET_ID = 733_012
MARKETING = 301
MONTHS = 12
VALUES_MAX = 15
_ENTRY, _MONTH = (1, 1), (2, 1)
_FIGURES_ROW = 4
# The tables stand right of the figures and the charts: a phone shows these two without them.
_YEAR = 6
_HEADING_ROW = 4
_FIRST_ROW = _HEADING_ROW + 1
_TURNOVER, _MARKETING, _SHARE, _NET = range(_YEAR + 1, _YEAR + 5)
_VALUES_ROW = _FIRST_ROW + MONTHS + 2
_NAMES = _YEAR
_PROFITS = _YEAR + 1
_ID = _NET + 1
_COLUMNS = 20
_CHARTS_ROW, _LOWER_CHARTS_ROW = 15, 29
_CHART_SIZE, _LOWER_CHART_SIZE = (340, 280), (340, 340)
_RIGHT_CHARTS = 2
_HEADINGS = ("Месяц", "Оборот", "Маркетинг", "ДРР", "Чистая прибыль")
_NOTE = "Рубли, по оплате"
_HINT, _HINT_ROW = "Пустой месяц — текущий. Голубое меняете вы.", 3
_BLUE, _ORANGE, _GREEN, _GREY = "1565C0", "EF6C00", "2E7D32", "00838F"
_MONTHS = Style(pattern=Pattern.MONTH, align=Align.LEFT)
Cells = dict[tuple[int, int], Cell]


def board_tab(facts: BookFacts, sums: Sums, moves: Moves, titles: dict[str, str]) -> Tab:
    """The tab; everything it shows is computed from the others."""
    cells: Cells = {
        (0, 0): Cell("Пульт"),
        (_HINT_ROW, 0): Cell(_HINT),
        (_ENTRY[0], 0): Cell(_NOTE),
        (_ENTRY[0] - 1, 1): Cell("Месяц"),
        _ENTRY: Cell(None, entry=True),
        _MONTH: Cell(_month(titles["service"])),
        **_figures(facts, titles),
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
        widths=(220, 125, 130, 90, 130, 20, 140, 125, 125, 70, 130, 60, *([100] * 8)),
        styles=_styles(),
        choices=(Choice(*_ENTRY, months_range(titles["pnl"], facts.months)),),
        charts=_charts(facts),
        rules=_rules(),
        bands=(Area(_HEADING_ROW, _YEAR, MONTHS + 1, 5),),
        hidden_columns=((_ID, _ID + 1),),
        hidden_rows=((_MONTH[0], _MONTH[0] + 1),),
        gridlines=False,
        colour=TITLES["board"],
    )


def _month(service: str) -> Node:
    entry, today = absolute(*_ENTRY), absolute(0, SCALAR_COLUMN, service)
    days = (call(Function.EOMONTH, one, Num(-1)) for one in (today, entry))
    firsts = [Op("+", day, Num(1)) for day in days]
    return call(Function.IF, Op("=", entry, Str("")), *firsts)


def _figures(facts: BookFacts, titles: dict[str, str]) -> Cells:
    last = _FIRST_ROW + MONTHS - 1
    service = titles["service"]
    lines: list[tuple[str, Node]] = [
        ("Оборот: получено от клиентов", absolute(last, _TURNOVER)),
        ("Маркетинг", absolute(last, _MARKETING)),
        ("ДРР: маркетинг / оборот", absolute(last, _SHARE)),
        ("Чистая прибыль", absolute(last, _NET)),
        ("Деньги на счетах сейчас", total_of_money(titles["accounts"])),
        ("   из них на руках у людей", total_of_people(titles["people"])),
        ("Ждём от клиентов", _unconfirmed(facts, titles["payments"])),
        ("Строк выписки не разобрано", absolute(1, SCALAR_COLUMN, service)),
        ("   на сумму", absolute(2, SCALAR_COLUMN, service)),
        ("Таблица и книги", absolute(1, 1, titles["control"])),
    ]
    return {
        place: cell
        for row, (words, node) in enumerate(lines, _FIGURES_ROW)
        for place, cell in (((row, 0), Cell(words)), ((row, 1), Cell(node)))
    }


def _unconfirmed(facts: BookFacts, title: str) -> Node:
    expected = ("state", Num(PaymentState.EXPECTED))
    return rounded(payment_rows(facts, title).total(expected))


def _year(sums: Sums, moves: Moves) -> Cells:
    """Twelve months, the chosen one last."""
    cells = grid(_HEADING_ROW, _YEAR, [list(_HEADINGS)])
    for step in range(MONTHS):
        row = _FIRST_ROW + step
        month = absolute(row, _YEAR)
        back = call(Function.EDATE, absolute(*_MONTH), Num(step - MONTHS + 1))
        revenue = (sums.of("line"), Num(LINE_IDS[PnlLine.REVENUE]))
        net = (sums.of("line"), Str(f"<{LINE_IDS[PnlLine.AFTER_NET_PROFIT]}"))
        turnover = absolute(row, _TURNOVER)
        share = call(Function.ROUND, Op("/", absolute(row, _MARKETING), turnover), 4)
        cells |= {
            (row, _YEAR): Cell(back),
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
    cells = grid(_VALUES_ROW - 1, _NAMES, [[dimension.title, "Прибыль месяца"]])
    month = absolute(*_MONTH)
    net = (sums.of("line"), Str(f"<{LINE_IDS[PnlLine.AFTER_NET_PROFIT]}"))
    for row, value in enumerate(facts.values[dimension.code][:VALUES_MAX], _VALUES_ROW):
        own = (sums.of(f"id:{dimension.code}"), absolute(row, _ID))
        profit = sums.one_basis("cash", (month, month), *net, *own)
        cells |= {
            (row, _NAMES): Cell(value.name),
            (row, _PROFITS): Cell(rounded(profit)),
            (row, _ID): Cell(value.id),
        }
    return cells


def _charts(facts: BookFacts) -> tuple[Chart, ...]:
    year = {one: Area(_HEADING_ROW, one, MONTHS + 1, 1) for one in range(_YEAR, _NET + 1)}
    charts = [
        Chart(
            SHEET_ID * 10 + 1,
            "Маркетинг и оборот по месяцам, ДРР",
            ChartKind.COMBO,
            year[_YEAR],
            (
                Series(year[_TURNOVER], _BLUE),
                Series(year[_MARKETING], _ORANGE),
                Series(year[_SHARE], _GREY, line=True, right=True),
            ),
            (_CHARTS_ROW, 0),
            _CHART_SIZE,
        ),
        Chart(
            SHEET_ID * 10 + 2,
            "Чистая прибыль по месяцам",
            ChartKind.COLUMN,
            year[_YEAR],
            (Series(year[_NET], _GREEN),),
            (_CHARTS_ROW, _RIGHT_CHARTS),
            _CHART_SIZE,
        ),
        Chart(
            SHEET_ID * 10 + 4,
            "Деньги по счетам",
            ChartKind.BAR,
            accounts_range(facts, 0),
            (Series(accounts_range(facts, 1), _GREY),),
            (_LOWER_CHARTS_ROW, _RIGHT_CHARTS),
            _LOWER_CHART_SIZE,
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
                Area(_VALUES_ROW - 1, _NAMES, rows, 1),
                (Series(Area(_VALUES_ROW - 1, _PROFITS, rows, 1), _GREEN),),
                (_LOWER_CHARTS_ROW, 0),
                _LOWER_CHART_SIZE,
            )
        )
    return tuple(charts)


def _rules() -> tuple[Rule, ...]:
    """A loss of the chosen month is seen from afar."""
    net = absolute(_FIGURES_ROW + 3, 1)
    return (Rule(Area(_FIGURES_ROW + 3, 0, 1, 2), Op("<", net, Num(0)), BAD),)


def _styles() -> tuple[Styled, ...]:
    money = Style(pattern=Pattern.MONEY, middle=True)
    figures = Area(_FIGURES_ROW, 1, 10, 1)
    percent = Style(pattern=Pattern.PERCENT, align=Align.RIGHT)
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(_HINT_ROW, 0, 1, 1), HINT),
        Styled(Area(_ENTRY[0], 0, 1, 1), Style(ink=NOTE.ink, bold=False)),
        Styled(Area(0, 1, 1, 1), ENTRY_LABEL),
        Styled(Area(*_ENTRY, 1, 1), ENTRY),
        Styled(Area(*_ENTRY, 1, 1), Style(pattern=Pattern.MONTH)),
        Styled(Area(_FIGURES_ROW, 0, 10, 1), LABEL),
        Styled(Area(_FIGURES_ROW, 0, 10, 1), Style(wrap=True, middle=True)),
        Styled(figures, Style(bold=True, align=Align.RIGHT, middle=True)),
        Styled(figures, money),
        Styled(Area(_FIGURES_ROW + 2, 1, 1, 1), percent),
        Styled(Area(_FIGURES_ROW + 7, 1, 1, 1), Style(pattern=Pattern.WHOLE)),
        Styled(Area(_HEADING_ROW, _YEAR, 1, 5), HEADING),
        Styled(Area(_VALUES_ROW - 1, _NAMES, 1, 2), HEADING),
        Styled(Area(_FIRST_ROW, _YEAR, MONTHS, 1), _MONTHS),
        Styled(Area(_VALUES_ROW, _NAMES, VALUES_MAX, 1), NAME),
        Styled(Area(_FIRST_ROW, _TURNOVER, MONTHS, 4), money),
        Styled(Area(_FIRST_ROW, _SHARE, MONTHS, 1), percent),
        Styled(Area(_VALUES_ROW, _PROFITS, VALUES_MAX, 1), money),
    )
