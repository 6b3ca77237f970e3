"""The whole workbook from one reading of the books: which tabs there are and in which order."""

from collections.abc import Mapping

from sheets.accounts_tab import accounts_tab
from sheets.board_tab import board_tab
from sheets.cash_tab import cash_tab
from sheets.control_tab import control_tab
from sheets.dimension_tab import dimension_key, dimension_tab
from sheets.facts import BookFacts
from sheets.journal_tab import JournalShape, journal_tab
from sheets.ladder import Sums
from sheets.model import Book
from sheets.moves_tab import MOVES_SIGNATURE, Moves, moves_tab
from sheets.pnl_tab import pnl_tab
from sheets.reference_tab import reference_tab
from sheets.service_tab import service_tab, signature_of
from sheets.start_tab import start_tab
from sheets.waiting_tabs import debts_tab, payments_tab, people_tab
from usecases.company import Dimension

__all__ = ["default_titles", "template"]

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
    "moves": "_движения",
    "service": "_служебный",
}
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


def template(facts: BookFacts, batch: str = "", titles: Mapping[str, str] | None = None) -> Book:
    """Draw the workbook. `batch` goes into the marker; `titles` replace the default ones by key."""
    names = default_titles(facts.settings.dimensions) | dict(titles or {})
    shape = JournalShape(facts.settings.dimensions)
    sums = Sums(shape, facts.capacity, names["journal"])
    signature = signature_of(f"{shape.signature}|{MOVES_SIGNATURE}")
    moves = Moves(facts.moves_capacity, names["moves"])
    by_dimension = [
        dimension_tab(facts, dimension, sums, names) for dimension in facts.settings.dimensions
    ]
    tabs = (
        start_tab(names),
        board_tab(facts, sums, moves, names),
        pnl_tab(facts, sums, names),
        *by_dimension,
        cash_tab(facts, moves, names["cash"], names["pnl"]),
        payments_tab(facts, names["payments"]),
        debts_tab(facts, names["debts"]),
        people_tab(facts, names["people"]),
        accounts_tab(facts, moves, names["accounts"], names),
        journal_tab(shape, facts.capacity, names["journal"]),
        reference_tab(facts, names["reference"]),
        control_tab(facts, sums, names, moves),
        moves_tab(facts.moves_capacity, names["moves"]),
        service_tab(facts, signature, batch, names["service"]),
    )
    return Book(tabs, signature, zone=facts.settings.zone.key)
