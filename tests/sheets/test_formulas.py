"""Formulas in two dialects, and the comparison of a formula read back."""

import pytest

from sheets.formulas import (
    Call,
    Dialect,
    Function,
    Node,
    Num,
    Op,
    Ref,
    Str,
    a1,
    absolute,
    call,
    column_letters,
    fingerprint,
    render,
    span,
)
from sheets.tabs.template import template
from tests.sheets.ledgers import Books


def test_each_dialect_has_its_separator() -> None:
    formula = call(Function.ROUND, Op("-", absolute(4, 1), Num(-1)), 2)
    assert render(formula, Dialect.GOOGLE) == "=ROUND($B$5--1;2)"
    assert render(formula, Dialect.XLSX) == "=ROUND($B$5--1,2)"


def test_quotes_in_texts_and_titles_are_doubled() -> None:
    assert render(Str('а"б'), Dialect.GOOGLE) == '="а""б"'
    assert render(absolute(0, 0, "О'Нил"), Dialect.XLSX) == "='О''Нил'!$A$1"


def test_an_operation_inside_an_operation_is_in_brackets() -> None:
    formula = Op("-", Num(1), Op("-", Num(2), Num(3)))
    assert render(formula, Dialect.XLSX) == "=1-(2-3)"


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert a1(8, column) == f"{letters}9"


@pytest.mark.parametrize(
    "read_back",
    [
        "=ROUND(SUM('ОПиУ'!$B$5:$M$5);2)",
        "=ROUND(SUM(ОПиУ!$B$5:$M$5),2)",
        "= round( sum('ОПиУ'!$B$5:$M$5) ; 2 )",
    ],
)
def test_what_a_locale_rewrites_is_the_same_formula(read_back: str) -> None:
    formula = call(Function.ROUND, call(Function.SUM, span((4, 1), (4, 12), "ОПиУ")), 2)
    assert fingerprint(read_back) == fingerprint(render(formula, Dialect.GOOGLE))


def test_another_formula_is_another() -> None:
    assert fingerprint("=SUM($B$5:$M$5)") != fingerprint("=SUM($B$5:$M$6)")
    assert fingerprint('=IF(A1="а,б";1;2)') != fingerprint('=IF(A1="а;б";1;2)')


def test_now_stands_only_in_the_age_of_the_last_write() -> None:
    book = template(Books(()).facts)
    volatile = [
        (tab.key, place)
        for tab in book.tabs
        for place, cell in tab.cells.items()
        if isinstance(cell.value, Node) and _uses(cell.value, Function.NOW)
    ]
    assert volatile == [("control", (7, 1))]


def _uses(node: Node, function: Function) -> bool:
    match node:
        case Call(used, arguments):
            return used is function or any(_uses(one, function) for one in arguments)
        case Op(_, left, right):
            return _uses(left, function) or _uses(right, function)
        case Ref():
            return False
        case _:
            return False
