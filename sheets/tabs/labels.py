"""The lists behind the drop-downs of dimensions, and the criterion that an entry stands for.

Beside the names of a dimension's tab stand two hidden columns: ids, and labels that people choose
from. A label is the name with `* ? ~` in full width, because MATCH takes those for wildcards, and
unique without regard to case, ё and form, because MATCH has none. First comes «Все», whose id is
the criterion of everything. What is not in the list is an error, never «Все».
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.pnl import COMMON, UNSPECIFIED
from sheets.facts import BookFacts, DimensionValue
from sheets.formulas import Function, Node, Num, Op, Ref, Str, call, span
from sheets.tabs.journal_tab import COMMON_ID, UNSPECIFIED_ID

__all__ = [
    "ALL",
    "ALL_CRITERION",
    "FIRST_VALUE_ROW",
    "HEADING_ROW",
    "ID_COLUMN",
    "LABEL_COLUMN",
    "LabelList",
    "criterion",
    "dimension_key",
    "label_lists",
    "labels_of",
]

ALL = "Все"
ALL_CRITERION = f">={COMMON_ID}"
HEADING_ROW = 3
FIRST_VALUE_ROW = 4
ID_COLUMN = 1
LABEL_COLUMN = 2
# MATCH takes no longer texts in Excel than 255; nobody reads a hundred in a drop-down.
LABEL_CHARS_MAX = 100
# Wildcards, and the apostrophe that editors swallow at the beginning of an entry.
_LOOKALIKES = str.maketrans({"*": "\uff0a", "?": "\uff1f", "~": "\uff5e", "'": "\u2019"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class LabelList:
    """Where the list of a dimension stands: the tab's title and how many values there are."""

    code: str
    heading: str
    title: str
    values: int

    @property
    def labels(self) -> Ref:
        """«Все», the values, «Не указано», «Общие»."""
        return self._column(LABEL_COLUMN)

    @property
    def ids(self) -> Ref:
        """The criterion of each label."""
        return self._column(ID_COLUMN)

    def _column(self, column: int) -> Ref:
        last = FIRST_VALUE_ROW + self.values + 1
        return span((HEADING_ROW, column), (last, column), self.title)


def dimension_key(code: str) -> str:
    """The key of a dimension's tab in the book."""
    return f"by:{code}"


def label_lists(facts: BookFacts, titles: Mapping[str, str]) -> tuple[LabelList, ...]:
    """The lists of all dimensions in the configured order; `titles` of the tabs by key."""
    return tuple(
        LabelList(
            one.code, one.title, titles[dimension_key(one.code)], len(facts.values[one.code])
        )
        for one in facts.settings.dimensions
    )


def labels_of(values: Iterable[DimensionValue]) -> dict[int, str]:
    """The label of each row of a dimension's tab by its id; older values keep the plain label."""
    labels = {UNSPECIFIED_ID: UNSPECIFIED, COMMON_ID: COMMON}
    taken = {_folded(text) for text in (ALL, UNSPECIFIED, COMMON)}
    for value in sorted(values, key=lambda one: one.id):
        plain = label = _plain(value.name)
        number = 2
        while _folded(label) in taken:
            tail = f" ({number})"
            label = plain[: LABEL_CHARS_MAX - len(tail)] + tail
            number += 1
        taken.add(_folded(label))
        labels[value.id] = label
    return labels


def criterion(entry: Node, listed: LabelList) -> Node:
    """What SUMIFS compares ids with: `>=-1` for «Все» and an empty entry, an id, or an error."""
    found = call(Function.MATCH, entry, listed.labels, 0)
    same = Op("=", call(Function.INDEX, listed.labels, found), entry)
    chosen = call(Function.INDEX, listed.ids, found)
    # A typed `*` finds the first label but is not it.
    known = call(Function.IF, same, chosen, Op("/", Num(1), Num(0)))
    return call(Function.IF, Op("=", entry, Str("")), Str(ALL_CRITERION), known)


def _plain(name: str) -> str:
    text = " ".join(_CONTROLS.sub(" ", name).translate(_LOOKALIKES).split())
    return text[:LABEL_CHARS_MAX].rstrip() or "—"


def _folded(label: str) -> str:
    """Labels that any engine could take for one another."""
    folded = unicodedata.normalize("NFKC", label).casefold().replace("ё", "е")
    return "".join(char for char in folded if char.isprintable() and not char.isspace())
