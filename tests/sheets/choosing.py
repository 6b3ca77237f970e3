"""What people choose in the drop-downs of the report tabs: typed into cells, and drawn by chance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ledger.months import Month
from ledger.overheads import Overheads
from sheets.facts import BookFacts
from sheets.model import Book, Cell, Value
from sheets.tabs.inputs import BASIS_WORDS, ENTRY_ROW, OVERHEADS_WORDS, Inputs, month_serial
from sheets.tabs.labels import ALL, labels_of
from store.reports import Basis
from tests.sheets.ledgers import Filters
from world.identity import Chance

__all__ = ["Chosen", "any_choice", "every_option", "typed_before", "typed_into"]

FILTERED, ORDERED = 0.25, 0.85
BASES = (None, *Overheads)

# The ids of «Не указано» and «Общие», and what they are called in filters.
_PLACES: Mapping[int, str | None] = {0: "Не указано", -1: None}


@dataclass(frozen=True)
class Chosen:
    """One choice of everything; `ids` are the rows chosen of dimensions that are not «Все»."""

    basis: Basis
    first: Month
    last: Month
    base: Overheads | None = None
    ids: Mapping[str, int] = field(default_factory=dict)

    def only(self, facts: BookFacts) -> Filters:
        """The rows chosen, as the ledger calls them."""
        return {
            code: {**_PLACES, **{one.id: one.name for one in facts.values[code]}}[number]
            for code, number in self.ids.items()
        }


def typed_into(
    title: str, inputs: Inputs, facts: BookFacts, chosen: Chosen
) -> dict[tuple[str, int, int], Value]:
    """The entries of a tab that say so."""
    words: list[Value] = [
        BASIS_WORDS[chosen.basis],
        # People pick a month or type any day of it.
        month_serial(chosen.first) + 9,
        month_serial(chosen.last),
    ]
    if inputs.overheads:
        words.append(OVERHEADS_WORDS[chosen.base])
    for dimension in facts.settings.dimensions:
        labels = labels_of(facts.values[dimension.code])
        number = chosen.ids.get(dimension.code)
        words.append(ALL if number is None else labels[number])
    return {(title, ENTRY_ROW, column): word for column, word in enumerate(words, inputs.column)}


def typed_before(book: Book, typed: Mapping[tuple[str, int, int], Value]) -> Book:
    """The workbook as it is printed after people typed, for engines that only read files."""
    tabs = []
    for tab in book.tabs:
        entries = {
            place: Cell(typed[tab.title, *place], entry=True)
            for place in tab.cells
            if (tab.title, *place) in typed
        }
        tabs.append(replace(tab, cells={**tab.cells, **entries}))
    return Book(tuple(tabs), book.signature, zone=book.zone)


def any_choice(facts: BookFacts, chance: Chance) -> Chosen:
    """A choice by chance; few filters at once, so that something is left to compare."""
    months = [chance.choice(facts.months) for _ in range(2)]
    ids = {
        one.code: chance.choice(_rows(facts, one.code))
        for one in facts.settings.dimensions
        if chance.random() < FILTERED
    }
    first, last = sorted(months) if chance.random() < ORDERED else months
    return Chosen(chance.choice(list(Basis)), first, last, chance.choice(BASES), ids)


def every_option(facts: BookFacts, chance: Chance) -> Iterator[Chosen]:
    """Each option of each drop-down once, the others by chance."""
    first, last = facts.months[0], facts.months[-1]
    for basis in Basis:
        yield replace(any_choice(facts, chance), basis=basis)
    for base in BASES:
        yield replace(any_choice(facts, chance), base=base, ids={}, first=first, last=last)
    for month in facts.months:
        yield replace(any_choice(facts, chance), first=month)
        yield replace(any_choice(facts, chance), last=month)
    for dimension in facts.settings.dimensions:
        for number in _rows(facts, dimension.code):
            ids = {dimension.code: number}
            yield replace(any_choice(facts, chance), first=first, last=last, ids=ids)


def _rows(facts: BookFacts, code: str) -> list[int]:
    return [*(value.id for value in facts.values[code]), *_PLACES]
