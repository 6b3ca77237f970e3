"""The report tabs of a computed workbook against the documents of `bot.py report … --json`.

The documents are the real command's own; where no report exists for a figure it is counted here
from figures of reports, in whole kopecks.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from openpyxl import load_workbook

from ledger.months import Month
from ledger.overheads import Overheads
from sheets.model import Value
from sheets.tabs.dimension_tab import DIMENSION_INPUTS, FIRST_VALUE_ROW, column_of
from sheets.tabs.inputs import BASIS_WORDS, ENTRY_ROW, OVERHEADS_WORDS, Inputs, month_serial
from sheets.tabs.labels import ALL, LABEL_COLUMN
from sheets.tabs.pnl_tab import FIRST_FIGURE_ROW, FIRST_MONTH_COLUMN, PNL_INPUTS
from store.reports import Basis
from tests.sheets.computing import LADDER, Reader, dimension_lines, pnl_columns

__all__ = [
    "DERIVED",
    "STATEMENT",
    "Choice",
    "Typed",
    "asked",
    "assert_rows",
    "assert_share",
    "assert_statement",
    "blank",
    "day_shown",
    "figures",
    "lists_of",
    "minor",
    "months_of",
    "put_text",
    "typed",
    "typed_into_file",
]

Typed = dict[tuple[str, int, int], Value]
DERIVED = ("traceable", "common_share", "net_with_share")
STATEMENT = "ОПиУ"
_ROWS_MAX = 400
_EPOCH = date(1899, 12, 30)
_SHARE_STEPS = 10_000
_DOUBLE_BITS = 49


@dataclass(frozen=True)
class Choice:
    """What a person chose on one tab: None is an empty month, an absent dimension is «Все»."""

    basis: Basis = Basis.CASH
    first: Month | None = None
    last: Month | None = None
    base: Overheads | None = None
    only: Mapping[str, str] = field(default_factory=dict)

    def reversed(self, months: Sequence[Month]) -> bool:
        """Whether the last month lies before the first, so that nothing is shown."""
        return (self.first or months[0]) > (self.last or months[-1])


def typed(tab: str, codes: Sequence[str], choice: Choice) -> Typed:
    """The entries of a tab that say so; the words of dimensions are those of the drop-downs."""
    inputs: Inputs = PNL_INPUTS if tab == STATEMENT else DIMENSION_INPUTS
    words: list[Value] = [BASIS_WORDS[choice.basis]]
    words += ["" if one is None else month_serial(one) for one in (choice.first, choice.last)]
    if inputs.overheads:
        words.append(OVERHEADS_WORDS[choice.base])
    words += [choice.only.get(code, ALL) for code in codes]
    return {(tab, ENTRY_ROW, column): word for column, word in enumerate(words, inputs.column)}


def typed_into_file(content: bytes, entries: Typed) -> bytes:
    """The workbook after a person typed, for engines that only read files."""
    workbook = load_workbook(io.BytesIO(content))
    for (tab, row, column), value in entries.items():
        cell = workbook[tab].cell(row + 1, column + 1)
        if isinstance(value, str) and value:
            put_text(cell, value)
        else:
            cell.value = value or None
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def put_text(cell: Any, text: str) -> None:
    """A text as a person chose it: never a formula, an error or an escape of the file's."""
    cell.value = text.replace("_x", "_x005F_x")
    cell.data_type = "s"


def lists_of(read: Reader, tab: str) -> dict[str, str]:
    """What the drop-down of a tab's dimension offers, without «Все», and the row's name."""
    rows = range(FIRST_VALUE_ROW, FIRST_VALUE_ROW + _ROWS_MAX)
    labels = takewhile(bool, (str(read(tab, row, LABEL_COLUMN) or "") for row in rows))
    return {label: str(read(tab, row, 0)) for row, label in enumerate(labels, FIRST_VALUE_ROW)}


def months_of(read: Reader) -> list[Month]:
    """The months of ОПиУ, from its headings."""
    found = []
    for column in range(FIRST_MONTH_COLUMN, _ROWS_MAX):
        heading = read(STATEMENT, FIRST_FIGURE_ROW - 1, column)
        if heading == "Итого":
            break
        found.append(Month.of(day_shown(heading)))
    return found


def day_shown(shown: object) -> date:
    """A day as engines give it: a serial, a date or an instant."""
    assert isinstance(shown, date | int | float), shown
    if isinstance(shown, date):
        return date(shown.year, shown.month, shown.day)
    return _EPOCH + timedelta(days=int(shown))


def asked(
    choice: Choice, tab_code: str | None, names: Mapping[str, Mapping[str, str]]
) -> list[object]:
    """The same choice as options of `report pnl`; `names` of the labels by dimension."""
    options: list[object] = ["pnl", "--basis", choice.basis.value]
    options += ["--from", choice.first] if choice.first else []
    options += ["--to", choice.last] if choice.last else []
    for code, label in choice.only.items():
        name = names[code][label]
        # A value that is called like the common remainder is meant by its label only.
        options += ["--only", f"{code}={name if name != 'Общие' else label}"]
    if tab_code is not None:
        options += ["--by", tab_code]
        options += ["--overheads", choice.base.value] if choice.base else []
    return options


def minor(text: str) -> int:
    """A sum of a document in kopecks."""
    return int(text.replace(".", ""))


def figures(row: Mapping[str, str], codes: Iterable[str]) -> dict[str, int]:
    """Some figures of a row of a document in kopecks."""
    return {code: minor(row[code]) for code in codes}


def blank(codes: Iterable[str]) -> dict[str, int]:
    """A row in which nothing happened."""
    return dict.fromkeys(codes, 0)


def assert_statement(read: Reader, months: Sequence[Month], document: Any | None) -> int:
    """ОПиУ with its margins; None for months in the wrong order. How many cells were compared."""
    rows = {row["value"]: figures(row, LADDER) for row in document["rows"]} if document else {}
    expected = [rows.get(str(month), blank(LADDER)) for month in months]
    expected.append(figures(document["total"], LADDER) if document else blank(LADDER))
    assert pnl_columns(read, STATEMENT, len(months)) == expected
    for column, line in enumerate(expected, FIRST_MONTH_COLUMN):
        shown = read(STATEMENT, FIRST_FIGURE_ROW + len(LADDER), column)
        assert_share(shown, line["net_profit"], line["revenue"])
    return len(expected) * (len(LADDER) + 1)


def assert_rows(read: Reader, tab: str, names: Sequence[str], document: Any | None) -> int:
    """A dimension's tab: every row that the drop-down offers, and the total."""
    expected = list(_expected(names, document))
    codes = (*LADDER, *DERIVED)
    assert dimension_lines(read, tab, len(expected), codes) == [line for _, line in expected]
    for row, (name, line) in enumerate(expected, FIRST_VALUE_ROW):
        assert str(read(tab, row, 0)) == name
        margin = read(tab, row, column_of("margin"))
        assert_share(margin, line["net_with_share"], line["revenue"])
    return len(expected) * (len(codes) + 1)


def _expected(names: Sequence[str], document: Any | None) -> Iterator[tuple[str, dict[str, int]]]:
    """Each row of the tab; the two last names are those of the remainder and of no value."""
    found = {row["value"]: row for row in document["rows"]} if document else {}
    *values, common = names
    for name in values:
        yield name, _line(found.get(name))
    yield common, _line(document["common"] if document else None)
    yield "Итого", _line(document["total"] if document else None)


def _line(row: Mapping[str, str] | None) -> dict[str, int]:
    if row is None:
        return blank((*LADDER, *DERIVED))
    line = figures(row, LADDER)
    share = minor(row.get("common_share", "0.00"))
    net = minor(row["net_with_share"]) if "net_with_share" in row else line["net_profit"]
    spent = line["selling"] + line["administrative"] + line["bank_fees"]
    below = line["other_expense"] + line["before_net_profit"] - line["other_income"]
    return {**line, "traceable": spent + below, "common_share": share, "net_with_share": net}


def assert_share(
    shown: object, part: int, whole: int, *, blank: Collection[object] = frozenset({"—"})
) -> None:
    """A share to a hundredth of a percent; a dash where there is nothing to divide by."""
    if not whole:
        assert shown in blank
        return
    steps = round(float(str(shown)) * _SHARE_STEPS)
    # Half a step either way; a double holds fifteen digits of a share of any size.
    slack = abs(part) * _SHARE_STEPS >> _DOUBLE_BITS
    wrong = abs(steps * whole - part * _SHARE_STEPS) * 2
    assert wrong <= abs(whole) + slack, (shown, part, whole)
