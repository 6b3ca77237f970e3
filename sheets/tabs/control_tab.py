"""Сверка: what the formulas say against what the books say, how old that is, and one verdict.

The ledger's figures are values that the bot writes with every batch; the sheet's own figures are
SUMIFS over Журнал and over Свод on both bases, whatever is chosen on the report tabs: all three must
be the same, so that reports may read either. The verdict is a number in a hidden column (0 agrees,
1 rows are on their way, 2 differs, 3 the bot is silent), shown as a word and a colour. NOW stands
only here, for the age: a dead worker must not look green.
"""

from collections.abc import Mapping

from ledger.articles import PnlLine
from ledger.months import Month
from ledger.pnl import Pnl
from sheets.facts import BookFacts
from sheets.formulas import Function, Node, Num, Op, Ref, Spot, Str, absolute, call, compared, span
from sheets.model import Align, Area, Cell, Guard, Pattern, Rule, Style, Styled, Tab, Value, grid
from sheets.serials import instant_serial, roubles
from sheets.tabs.dimension_tab import DIMENSION_INPUTS, total_cell
from sheets.tabs.inputs import BASIS_WORDS, Inputs, month_serial
from sheets.tabs.journal_tab import COMMON_ID, LINE_IDS
from sheets.tabs.ladder import Summed, Sums, rounded
from sheets.tabs.moves_tab import Moves
from sheets.tabs.palette import BAD, GOOD, HEADING, LABEL, TITLE, TITLES, WAITING
from sheets.tabs.pnl_tab import PNL_INPUTS, figure_cell
from store.reports import Basis

__all__ = ["AGE_MINUTES_MAX", "STATUS_CELL", "control_tab"]

SHEET_ID = 733_004
AGE_MINUTES_MAX = 30
_BASIS_COLUMN = 1
# What the tabs and the month lines have in common: the net profit of the sheet and of the books.
_NET_COLUMN = 5
_BOOKS_COLUMN = 7
_DIFFERENCE_COLUMN = 11
_WORD_COLUMN = 12
_STATUS_COLUMN = 13
_COLUMNS = 14
STATUS_CELL = (1, _STATUS_COLUMN)
# So much of it fits a phone; `bot.py audit` shows it whole.
_HASH_CHARS = 16
_TABS_HEADING_ROW = 11
_TABS_ROW = 12
_WORDS = ("СХОДИТСЯ", "ДОПИСЫВАЕТСЯ", "РАСХОДИТСЯ", "БОТ МОЛЧИТ")
_SOURCES = ("Журнал", "Свод", "книги")
_MONTH_HEADINGS = (
    "Месяц",
    "Основание",
    *(f"{one}: {source}" for one in ("Выручка", "Чистая", "Нераспр.") for source in _SOURCES),
    "Разница",
    "Итог",
    "номер",
)
_TAB_HEADINGS = {0: "Вкладка", _NET_COLUMN: "Чистая: таблица", _BOOKS_COLUMN: "Чистая: книги"}


def control_tab(
    facts: BookFacts, sums: Summed, titles: dict[str, str], moves: Mapping[str, Moves]
) -> Tab:
    """The tab; `titles` are the titles of the tabs it compares, by key.

    `moves` are the movements of money by the words for where they are read.
    """
    first_money = _TABS_ROW + len(facts.settings.dimensions) + 2
    first_month = first_money + len(moves) + 2
    lines = len(facts.months) * len(Basis)
    cells = {
        (0, 0): Cell("Сверка таблицы с книгами"),
        **_head(facts, sums.journal, first_month + lines - 1),
        **_tab_headings(),
        **_tabs(facts, sums, titles, first_month),
        **({} if facts.settings.is_own else _money(facts, moves, first_money)),
        **grid(first_month - 1, 0, [list(_MONTH_HEADINGS)]),
        **_months(facts, sums, first_month),
    }
    return Tab(
        key="control",
        id=SHEET_ID,
        title=titles["control"],
        rows=first_month + lines + 20,
        columns=_COLUMNS,
        cells=cells,
        guard=Guard("Копейка: сверку ведёт бот", warning=False),
        widths=(200, 150, *([130] * 9), 110, 140, 60),
        styles=_styles(first_month, lines),
        rules=_rules(),
        hidden_columns=((_STATUS_COLUMN, _STATUS_COLUMN + 1),),
        frozen_rows=2,
        gridlines=False,
        colour=TITLES["control"],
    )


def _head(facts: BookFacts, sums: Sums, last_row: int) -> dict[tuple[int, int], Cell]:
    numbers = sums.of("number")
    difference = call(
        Function.SUM, span((_TABS_ROW, _DIFFERENCE_COLUMN), (last_row, _DIFFERENCE_COLUMN))
    )
    age: Value = "файл: не обновляется"
    if facts.written_at is not None:
        minutes = Op("*", Op("-", call(Function.NOW), absolute(6, 1)), Num(24 * 60))
        age = call(Function.ROUND, minutes, 0)
    lines: list[list[Value]] = [
        ["Итог", _word(absolute(*STATUS_CELL))],
        _of_books(facts),
        ["Хеш головы цепочки, начало", facts.head_hash[:_HASH_CHARS]],
        ["Операций в таблице", call(Function.COUNTIFS, numbers, Str(">0"))],
        ["Последняя записанная строка, №", call(Function.MAX, numbers)],
        ["Последняя запись бота", instant_serial(facts.read_at, facts.settings.zone)],
        ["Прошло минут (должно быть меньше 30)", age],
        ["Строк ждут записи", facts.waiting],
        ["Сумма расхождений, ₽", difference],
    ]
    status = Cell(_verdict(live=facts.written_at is not None))
    return {**grid(1, 0, lines), STATUS_CELL: status}


def _of_books(facts: BookFacts) -> list[Value]:
    """How many rows there must be: the last number, where the spreadsheet holds everything."""
    if facts.settings.scope.is_everything:
        return ["Последняя операция в книгах, №", facts.head_number]
    return ["Операций этой таблицы в книгах", facts.rows]


def _verdict(*, live: bool) -> Node:
    """The worst thing that is true. An error anywhere in the sums is a difference, too."""
    books, rows, waiting, difference = (absolute(row, 1) for row in (2, 4, 8, 9))
    missing = call(Function.ABS, Op("-", books, rows))
    wrong = Op("+", missing, difference)
    unfinished = call(Function.IF, Op(">", waiting, Num(0)), 1, 2)
    checked: Node = call(Function.IF, Op(">", wrong, Num(0)), unfinished, 0)
    if live:
        # A clock far ahead is as untrustworthy as one that stopped.
        age = call(Function.ABS, absolute(7, 1))
        checked = call(Function.IF, Op(">", age, Num(AGE_MINUTES_MAX)), 3, checked)
    return call(Function.IFERROR, checked, 2)


def _word(status: Node) -> Node:
    word: Node = Str(_WORDS[-1])
    for number in reversed(range(len(_WORDS) - 1)):
        word = call(Function.IF, Op("=", status, Num(number)), _WORDS[number], word)
    return word


def _row_verdict(row: int) -> tuple[Node, Node]:
    """The word and the number of one line: 0 agrees, 2 differs."""
    difference = absolute(row, _DIFFERENCE_COLUMN)
    wrong = call(Function.IF, Op("=", difference, Num(0)), 0, 2)
    number = call(Function.IFERROR, wrong, 2)
    return _word(absolute(row, _STATUS_COLUMN)), number


def _tab_headings() -> dict[tuple[int, int], Cell]:
    words = {**_TAB_HEADINGS, **dict(enumerate(_MONTH_HEADINGS[-3:], _DIFFERENCE_COLUMN))}
    return {(_TABS_HEADING_ROW, column): Cell(word) for column, word in words.items()}


def _tabs(
    facts: BookFacts, sums: Summed, titles: dict[str, str], first_month: int
) -> dict[tuple[int, int], Cell]:
    everything = (Num(month_serial(facts.months[0])), Num(month_serial(facts.months[-1])))
    tabs = [(titles["pnl"], PNL_INPUTS, figure_cell(titles["pnl"], facts.months, "net_profit"))]
    for dimension in facts.settings.dimensions:
        title = titles[f"by:{dimension.code}"]
        tabs.append((title, DIMENSION_INPUTS, total_cell(facts, dimension, title, "net_profit")))
    rows: list[tuple[str, Node, Node]] = [
        (title, found, _expected(facts, sums.reports, first_month, title, inputs))
        for title, inputs, found in tabs
    ]
    rows.append(("Вне показанных месяцев", _outside(sums, everything), Num(0)))
    cells: dict[tuple[int, int], Cell] = {}
    for row, (title, left, right) in enumerate(rows, _TABS_ROW):
        cells |= _compared(row, title, left, right)
    return cells


def _compared(row: int, title: str, left: Node, right: Value) -> dict[tuple[int, int], Cell]:
    """One line: what the sheet shows and what it must show."""
    pair = (absolute(row, _NET_COLUMN), absolute(row, _BOOKS_COLUMN))
    difference = rounded(call(Function.ABS, Op("-", *pair)))
    return {
        (row, 0): Cell(title),
        (row, _NET_COLUMN): Cell(left),
        (row, _BOOKS_COLUMN): Cell(right),
        **grid(row, _DIFFERENCE_COLUMN, [[difference, *_row_verdict(row)]]),
    }


def _money(facts: BookFacts, moves: Mapping[str, Moves], row: int) -> dict[tuple[int, int], Cell]:
    """All money, in either place that it can be read, against the books' balances of the accounts."""
    cells: dict[tuple[int, int], Cell] = {}
    for place, (words, one) in enumerate(moves.items(), row):
        sides = (one.total((side, Str(">0"))) for side in ("debit", "credit"))
        shown = rounded(one.with_all_carried(Op("-", *sides)))
        cells |= _compared(place, words, shown, roubles(facts.cash.balance))
    return cells


def _expected(facts: BookFacts, sums: Sums, first_month: int, title: str, inputs: Inputs) -> Node:
    """The net profit that a tab must show for what is chosen on it.

    Without filters it is the ledger's. The ledger's figures by value are not in the spreadsheet:
    with a filter it is that of the rows, which the month lines compare with the ledger.
    """
    months = (_on(title, inputs.first), _on(title, inputs.last))
    books = _books(facts, first_month, title, inputs, months)
    dimensions = len(facts.settings.dimensions)
    if not dimensions:
        return books
    only = [_on(title, inputs.only(number)) for number in range(dimensions)]
    filters = Ref(only[0].first, only[-1].first, title)
    # A filter is an id, «Все» is a text.
    chosen = call(Function.COUNTIFS, filters, Str(f">={COMMON_ID}"))
    lines: list[Node] = [sums.of("line"), Str(f"<{LINE_IDS[PnlLine.AFTER_NET_PROFIT]}")]
    for one, dimension in zip(only, facts.settings.dimensions, strict=True):
        lines += [sums.of(f"id:{dimension.code}"), one]
    both = [sums.one_basis(basis.value, months, *lines) for basis in Basis]
    filtered = call(Function.IF, Op("=", _on(title, inputs.basis), Num(1)), *both)
    return call(Function.IF, Op("=", chosen, Num(0)), books, rounded(filtered))


def _books(
    facts: BookFacts, first_month: int, title: str, inputs: Inputs, months: tuple[Node, Node]
) -> Node:
    """The ledger's net profit for what is chosen on a tab, from the month lines below."""
    last = first_month + len(facts.months) * len(Basis) - 1
    places = (0, _BOOKS_COLUMN, _BASIS_COLUMN)
    column = [span((first_month, one), (last, one)) for one in places]
    month, net, words = column
    basis = call(
        Function.IF,
        Op("=", _on(title, inputs.basis), Num(1)),
        BASIS_WORDS[Basis.CASH],
        BASIS_WORDS[Basis.ACCRUAL],
    )
    criteria = (month, compared(">=", months[0]), month, compared("<=", months[1]), words, basis)
    return rounded(call(Function.SUMIFS, net, *criteria))


def _outside(sums: Summed, months: tuple[Node, Node]) -> Node:
    """Effects of rows in no month that is shown: a date from another century, for instance."""
    parts: list[Node] = []
    for rows in (sums.journal, sums.monthly):
        counted = (rows.of("line"), Str(">0"))
        for basis in Basis:
            column, effect = rows.of(f"{basis.value}_month"), rows.of(f"{basis.value}_effect")
            for end in (compared("<", months[0]), compared(">", months[1])):
                total = call(Function.SUMIFS, effect, column, end, *counted)
                parts.append(call(Function.ABS, total))
    return rounded(call(Function.SUM, *parts))


def _months(facts: BookFacts, sums: Summed, first: int) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    lines = [(month, basis) for month in facts.months for basis in Basis]
    for row, (month, basis) in enumerate(lines, first):
        cells |= grid(row, 0, [_month_line(sums, row, month, basis, facts.totals[basis][month])])
    return cells


def _month_line(sums: Summed, row: int, month: Month, basis: Basis, pnl: Pnl) -> list[Value]:
    """Three figures, each by Журнал, by Свод and by the books."""
    here = absolute(row, 0)
    last_of_net = LINE_IDS[PnlLine.AFTER_NET_PROFIT]
    figures = (
        (Num(LINE_IDS[PnlLine.REVENUE]), pnl.of(PnlLine.REVENUE)),
        (Str(f"<{last_of_net}"), pnl.net_profit),
        (Str(f"<={last_of_net}"), pnl.retained),
    )
    shown: list[Value] = []
    gaps: list[Node] = []
    for criterion, minor in figures:
        books = absolute(row, len(shown) + 4)
        for rows in (sums.journal, sums.monthly):
            gaps.append(call(Function.ABS, Op("-", absolute(row, len(shown) + 2), books)))
            found = rows.one_basis(basis.value, (here, here), rows.of("line"), criterion)
            shown.append(rounded(found))
        shown.append(roubles(minor))
    difference = rounded(call(Function.SUM, *gaps))
    return [month_serial(month), BASIS_WORDS[basis], *shown, difference, *_row_verdict(row)]


def _on(title: str, cell: Ref) -> Ref:
    return Ref(cell.first, cell.last, title)


def _rules() -> tuple[Rule, ...]:
    rules = []
    for area, column in (
        (Area(1, 1, 1, 1), 1),
        (Area(_TABS_ROW, _WORD_COLUMN, None, 1), _WORD_COLUMN),
    ):
        status = Ref(Spot(area.row, _STATUS_COLUMN, row_fixed=column == 1))
        for number, style in ((0, GOOD), (1, WAITING), (2, BAD), (3, BAD)):
            condition: Node = Op("=", status, Num(number))
            if number == 0:
                # An empty cell equals zero; the word beside it is there only on real lines.
                word = Ref(Spot(area.row, column, row_fixed=column == 1))
                condition = call(Function.IF, Op("=", word, Str("")), 0, condition)
            rules.append(Rule(area, condition, style))
    return tuple(rules)


def _styles(first_month: int, lines: int) -> tuple[Styled, ...]:
    money = Style(pattern=Pattern.MONEY, middle=True)
    return (
        Styled(Area(0, 0, 1, 1), TITLE),
        Styled(Area(1, 0, 9, 1), LABEL),
        Styled(Area(1, 0, None, 1), Style(wrap=True, align=Align.LEFT, middle=True)),
        Styled(Area(6, 1, 1, 1), Style(pattern=Pattern.INSTANT)),
        Styled(Area(9, 1, 1, 1), money),
        Styled(Area(1, 1, 9, 1), Style(align=Align.LEFT, middle=True)),
        Styled(Area(_TABS_HEADING_ROW, 0, 1, _STATUS_COLUMN), HEADING),
        Styled(Area(first_month - 1, 0, 1, _STATUS_COLUMN), HEADING),
        Styled(Area(_TABS_ROW, 2, None, _DIFFERENCE_COLUMN - 1), money),
        Styled(Area(first_month, 0, lines, 1), Style(pattern=Pattern.MONTH)),
    )
