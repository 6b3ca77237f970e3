"""One thing that somebody does to the spreadsheet, and somebody who sees it as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.google_sheets.a1 import quote_title
from sandbox.google_sheets.model import Book, Sheet
from sheets.check.checking import Difference, Reason
from sheets.formulas import a1
from sheets.model import Tab
from tests.sheets.google import BOOK, Google
from world.identity import Chance

__all__ = ["Deed", "Meddler"]

ANY = frozenset[Reason]()


@dataclass(frozen=True)
class Deed:
    """One thing done. `tab` is the key of our tab it concerns, `row` counts from 1.

    `reasons`: the report must give one of them for the tab (and row); empty: any of them will do.
    `own`: people's own business, of which the report may be silent. `moves`: cells change their
    places, so that other deeds on the tab can no longer be told apart.
    """

    kind: str
    wish: Mapping[str, Any]
    tab: str = ""
    row: int | None = None
    reasons: frozenset[Reason] = ANY
    own: bool = False
    moves: bool = False

    def named_by(self, differences: Sequence[Difference], title: str, *, alone: bool) -> bool:
        """Whether the report names it; not `alone` on its tab, any word about the tab will do."""
        of_tab = [one for one in differences if one.tab == title]
        if not alone:
            return bool(of_tab)
        return any(
            (not self.reasons or one.reason in self.reasons)
            and (self.row is None or _row_of(one.place) in {self.row, None})
            for one in of_tab
        )


@dataclass
class Meddler:
    """Somebody at the spreadsheet: sees the tabs as they are called now."""

    google: Google
    chance: Chance
    tabs: Mapping[str, Tab]
    head: int = 0

    @property
    def book(self) -> Book:
        """The spreadsheet as it stands."""
        return self.google.standin.shelf(BOOK).book

    def sheet(self, key: str) -> Sheet | None:
        """Our tab, unless somebody deleted it."""
        wanted = self.tabs[key].id
        return next((one for one in self.book.sheets if one.id == wanted), None)

    def any_of(self, *keys: str) -> tuple[str, Sheet] | None:
        """One of our tabs that is there."""
        found = [(key, sheet) for key in keys or self.tabs if (sheet := self.sheet(key))]
        return self.chance.choice(found) if found else None

    def place(self, sheet: Sheet, row: int, column: int, *to: int) -> str:
        """A cell, or a block with its last corner, as a person writes it; counted from zero."""
        tail = f":{a1(*to)}" if to else ""
        return f"{quote_title(sheet.title)}!{a1(row, column)}{tail}"

    def row(self) -> int:
        """A row of the journal with an operation, from zero."""
        return self.chance.randrange(1, self.head + 1)


def _row_of(place: str) -> int | None:
    digits = "".join(char for char in place.split(":", maxsplit=1)[0] if char.isdigit())
    return int(digits) if digits else None
