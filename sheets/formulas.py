"""Formulas as trees, printed in two dialects; only functions that every engine computes alike.

    Call(Function.ROUND, (Op("-", cell(4, 1), cell(5, 1)), Num(2)))
    Google:  =ROUND($B$5-$B$6;2)        xlsx:  =ROUND($B$5-$B$6,2)

Google reads a formula in the spreadsheet's locale: `;` is understood in all of them, and numbers
with decimals, array literals and dates as text are not writable here at all (facts: sheets 1.5,
3.1). NOW is for the age of the last write only: it is volatile, and no figure depends on it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Call",
    "Dialect",
    "Function",
    "Node",
    "Num",
    "Op",
    "Ref",
    "Spot",
    "Str",
    "a1",
    "absolute",
    "call",
    "column_letters",
    "compared",
    "fingerprint",
    "place_of",
    "render",
    "span",
]


class Dialect(StrEnum):
    """Who will read the formula; the value stands between arguments."""

    GOOGLE = ";"
    XLSX = ","


class Function(StrEnum):
    """The portable set of facts sheets 3.1, and NOW."""

    SUM = "SUM"
    SUMIFS = "SUMIFS"
    COUNTIFS = "COUNTIFS"
    INDEX = "INDEX"
    MATCH = "MATCH"
    IF = "IF"
    IFERROR = "IFERROR"
    ROUND = "ROUND"
    DATE = "DATE"
    EOMONTH = "EOMONTH"
    EDATE = "EDATE"
    MIN = "MIN"
    MAX = "MAX"
    ABS = "ABS"
    NOW = "NOW"


class Node:
    """A part of a formula."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Num(Node):
    """A whole number: decimals have another sign in every locale, so they are not writable."""

    value: int


@dataclass(frozen=True, slots=True)
class Str(Node):
    """A text of our own template; people's text never stands in a formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One corner of a reference, counted from zero."""

    row: int
    column: int
    row_fixed: bool = True
    column_fixed: bool = True


@dataclass(frozen=True, slots=True)
class Ref(Node):
    """A cell, or a closed range when `last` is given; `sheet` is a tab's title."""

    first: Spot
    last: Spot | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function and its arguments."""

    function: Function
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Op(Node):
    """Two nodes and the sign between them: `+ - * / & = <> > <`."""

    sign: str
    left: Node
    right: Node


def call(function: Function, *arguments: Node | int | str) -> Call:
    """A function of nodes, whole numbers and texts."""
    return Call(function, tuple(_node(one) for one in arguments))


def absolute(row: int, column: int, sheet: str | None = None) -> Ref:
    """A cell that does not move: `$B$5`."""
    return Ref(Spot(row, column), sheet=sheet)


def span(first: tuple[int, int], last: tuple[int, int], sheet: str | None = None) -> Ref:
    """A closed range between two cells (row, column), both included."""
    return Ref(Spot(*first), Spot(*last), sheet)


def compared(sign: str, value: Node) -> Op:
    """A criterion of SUMIFS: `">="&value`."""
    return Op("&", Str(sign), value)


def render(node: Node, dialect: Dialect) -> str:
    """The formula's text with its `=`."""
    return f"={_print(node, dialect)}"


def column_letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    left = column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """A cell's name as people read it: `B5` for (4, 1)."""
    return f"{column_letters(column)}{row + 1}"


def place_of(name: str) -> tuple[int, int]:
    """The row and column (from zero) of a cell's name: (4, 1) for `B5`."""
    digits = name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    column = 0
    for letter in name.removesuffix(digits):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


_TOKEN = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|[,;]|\s+|[^"\',;\s]+')


def fingerprint(formula: str) -> str:
    """A formula's text without what locales and engines may rewrite.

    Spaces go, separators become `;`, tabs lose needless quotes, and names are in capitals, so that
    a formula read back can be compared with the one that was written.
    """
    parts = []
    for token in _TOKEN.findall(formula):
        if token.startswith('"'):
            parts.append(token)
        elif token in {",", ";"}:
            parts.append(";")
        elif not token.isspace():
            parts.append(token.strip("'").upper())
    return "".join(parts)


def _node(value: Node | int | str) -> Node:
    if isinstance(value, Node):
        return value
    return Num(value) if isinstance(value, int) else Str(value)


def _print(node: Node, dialect: Dialect) -> str:
    match node:
        case Num(value):
            return str(value)
        case Str(text):
            return '"' + text.replace('"', '""') + '"'
        case Ref(first, last, sheet):
            return _print_ref(first, last, sheet)
        case Call(function, arguments):
            inside = dialect.value.join(_print(one, dialect) for one in arguments)
            return f"{function.value}({inside})"
        case Op(sign, left, right):
            return f"{_operand(left, dialect)}{sign}{_operand(right, dialect)}"
    raise AssertionError(node)


def _operand(node: Node, dialect: Dialect) -> str:
    text = _print(node, dialect)
    return f"({text})" if isinstance(node, Op) else text


def _print_ref(first: Spot, last: Spot | None, sheet: str | None) -> str:
    cells = _print_spot(first) + (f":{_print_spot(last)}" if last else "")
    if sheet is None:
        return cells
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cells}"


def _print_spot(spot: Spot) -> str:
    column = f"{'$' if spot.column_fixed else ''}{column_letters(spot.column)}"
    return f"{column}{'$' if spot.row_fixed else ''}{spot.row + 1}"
