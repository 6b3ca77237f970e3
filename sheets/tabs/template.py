"""The whole workbook from one reading of the books: which tabs there are and in which order."""

from collections.abc import Mapping
from dataclasses import replace

from sheets.facts import BookFacts
from sheets.model import Book, Tab
from sheets.tabs.accounts_tab import SHEET_ID as ACCOUNTS_SHEET_ID
from sheets.tabs.accounts_tab import accounts_tab
from sheets.tabs.board_tab import SHEET_ID as BOARD_SHEET_ID
from sheets.tabs.board_tab import board_tab
from sheets.tabs.cash_tab import SHEET_ID as CASH_SHEET_ID
from sheets.tabs.cash_tab import cash_tab
from sheets.tabs.control_tab import control_tab
from sheets.tabs.dimension_tab import dimension_key, dimension_tab
from sheets.tabs.journal_tab import JournalShape, journal_tab
from sheets.tabs.ladder import Summed, Sums
from sheets.tabs.monthly_tab import MonthlyShape, monthly_tab
from sheets.tabs.moves_tab import MOVES_SHEET_ID, MOVES_SIGNATURE, Moves, moves_tab
from sheets.tabs.pnl_tab import pnl_tab
from sheets.tabs.reference_tab import carried_at, reference_tab
from sheets.tabs.service_tab import service_tab, signature_of
from sheets.tabs.start_tab import start_tab
from sheets.tabs.waiting_tabs import debts_tab, payments_tab, people_tab
from store.scopes import Scope
from usecases.company import Dimension

__all__ = ["COMPANY_TABS", "Drawn", "default_titles", "template"]

_TITLES = {
    "pnl": "ОПиУ",
    "start": "Начало",
    "board": "Пульт",
    "cash": "ДДС",
    "payments": "Платежи",
    "debts": "Долги",
    "people": "Подотчёт",
    "accounts": "Счета",
    "journal": "Журнал",
    "reference": "Справочники",
    "control": "Сверка",
    "monthly": "Свод",
    "moves": "_движения",
    "service": "_служебный",
}
_COMPANYS = frozenset({"board", "cash", "accounts", "moves"})
# The ids of the tabs that somebody's own spreadsheet never has.
COMPANY_TABS = frozenset((BOARD_SHEET_ID, CASH_SHEET_ID, ACCOUNTS_SHEET_ID, MOVES_SHEET_ID))
# What Сверка calls the two places where movements of money are read.
_MONEY = "Все деньги ДДС, без отбора по месяцам"
_MONEY_BY_MONTH = "То же по Своду"
TITLE_CHARS_MAX = 31
# xlsx allows none of these in a tab's title; Google allows all but needs no more than we do.
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\'"), " ")


def default_titles(dimensions: tuple[Dimension, ...]) -> dict[str, str]:
    """The title of each tab by its key; a dimension called like another tab is told apart."""
    titles = dict(_TITLES)
    for dimension in dimensions:
        title = " ".join(dimension.tab.translate(_FORBIDDEN).split()) or dimension.code
        title = title[:TITLE_CHARS_MAX]
        taken = {one.casefold() for one in titles.values()}
        if title.casefold() in taken:
            tail = f" ({dimension.code})"
            title = title[: TITLE_CHARS_MAX - len(tail)] + tail
        titles[dimension_key(dimension.code)] = title
    return titles


class Drawn:
    """The tabs of dimensions as they were drawn last: most of the work, and they seldom change."""

    def __init__(self) -> None:
        """Nothing was drawn yet."""
        self._tabs: dict[str, tuple[object, Tab]] = {}

    def dimension(
        self, facts: BookFacts, dimension: Dimension, sums: Sums, names: Mapping[str, str]
    ) -> Tab:
        """The tab, drawn again only when what it is drawn from is another."""
        seen = (dimension, facts.settings, facts.values, facts.months, sums, names)
        before, tab = self._tabs.get(dimension.code, (None, None))
        if tab is None or before != seen:
            tab = dimension_tab(facts, dimension, sums, names)
            self._tabs[dimension.code] = (seen, tab)
        return tab


def template(
    facts: BookFacts,
    batch: str = "",
    titles: Mapping[str, str] | None = None,
    drawn: Drawn | None = None,
) -> Book:
    """Draw the workbook. `batch` goes into the marker; `titles` replace the default ones by key.

    Whoever draws again and again keeps `drawn`.
    """
    drawn = drawn or Drawn()
    names = default_titles(facts.settings.dimensions) | dict(titles or {})
    shape = JournalShape(facts.settings.dimensions)
    by_month = MonthlyShape(facts.settings.dimensions)
    summed = _summed(facts, shape, by_month, names)
    sums = summed.reports
    columns = f"{shape.signature}|{MOVES_SIGNATURE}|{by_month.signature}"
    # Another scope holds other rows: they are written anew, as when the columns are others.
    scope = facts.settings.scope.code
    signature = signature_of(columns) + (f"-{signature_of(scope)}" if scope else "")
    moves = Moves(facts.moves_capacity, names["moves"], carried_at(facts, names["reference"]))
    moves_by_month = replace(
        moves, capacity=facts.monthly_capacity, title=names["monthly"], column=by_month.moves
    )
    read = moves_by_month if facts.reads_monthly else moves
    left_out = _left_out(facts)
    by_dimension = [
        drawn.dimension(facts, dimension, sums, names) for dimension in facts.settings.dimensions
    ]
    tabs = (
        start_tab(
            {key: title for key, title in names.items() if key not in left_out},
            _scope_words(facts.settings.scope),
        ),
        board_tab(facts, sums, read, names),
        pnl_tab(facts, sums, names),
        *by_dimension,
        cash_tab(facts, read, names["cash"], names["pnl"]),
        payments_tab(facts, names["payments"]),
        debts_tab(facts, names["debts"]),
        people_tab(facts, names["people"]),
        accounts_tab(facts, read, names["accounts"], names),
        journal_tab(shape, facts.capacity, names["journal"]),
        reference_tab(facts, names["reference"]),
        control_tab(facts, summed, names, {_MONEY: moves, _MONEY_BY_MONTH: moves_by_month}),
        monthly_tab(by_month, facts.monthly, facts.monthly_capacity, names["monthly"]),
        moves_tab(facts.moves_capacity, names["moves"]),
        service_tab(facts, signature, batch, names["service"]),
    )
    shown = tuple(tab for tab in tabs if tab.key not in left_out)
    settings = facts.settings
    return Book(shown, signature, locale=settings.locale, zone=settings.zone.key)


def _left_out(facts: BookFacts) -> frozenset[str]:
    """What somebody's own spreadsheet has not: the company's totals, accounts and other people."""
    if not facts.settings.is_own:
        return frozenset()
    return _COMPANYS if facts.waiting_for.of_person else _COMPANYS | {"people"}


def _scope_words(scope: Scope) -> str:
    """What of the books is there, for the first tab; empty for everything."""
    years = {
        (False, False): "",
        (True, False): f"Годы: с {scope.first_year}, с перенесёнными остатками.",
        (False, True): f"Годы: по {scope.last_year}.",
        (True, True): f"Годы: {scope.first_year}–{scope.last_year}, с перенесёнными остатками.",
    }[scope.first_year is not None, scope.last_year is not None]
    own = f"Только своё: {scope.only.value}." if scope.only else ""
    return " ".join(part for part in (own, years) if part)


def _summed(
    facts: BookFacts, shape: JournalShape, by_month: MonthlyShape, names: Mapping[str, str]
) -> Summed:
    """Reports read Журнал while it is short, Свод when it is long; Сверка always reads both."""
    journal = Sums(shape, facts.capacity, names["journal"])
    monthly = Sums(by_month, facts.monthly_capacity, names["monthly"])
    return Summed(journal, monthly, monthly if facts.reads_monthly else journal)
