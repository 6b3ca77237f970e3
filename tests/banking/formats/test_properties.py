"""What holds for every statement: written by a simple writer and read back it is the same.

And for every text and every bytes: each reader answers, whatever it is given.
"""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from banking.formats.by_clientbank import read_by_clientbank
from banking.formats.camt053 import read_camt053
from banking.formats.mt940_file import read_mt940
from banking.formats.onec import read_onec
from banking.formats.read import RECOGNISERS, read_statement
from banking.formats.records import Direction, Verdict
from banking.formats.tables.reader import is_table, read_csv, read_xlsx
from banking.formats.tables.workbook import is_workbook
from ledger.money import Money
from tests.banking.samples import OURS, THEIRS, document, section, statement
from tests.banking.tables import saved

READERS = (read_onec, read_mt940, read_camt053, read_by_clientbank, read_csv, read_xlsx)
FIRST = date(2026, 3, 1)
_LETTERS = st.characters(codec="cp1251", categories=("L", "N"))
WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=12), max_size=6).map(" ".join)
MOVEMENTS = st.lists(
    st.tuples(
        st.sampled_from([Direction.IN, Direction.OUT]),
        st.integers(0, 30),
        st.integers(1, 10**10),
        WORDS,
    ),
    min_size=1,
    max_size=8,
)


def total(movements, way):
    return sum(minor for direction, _, minor, _ in movements if direction is way)


def balances(movements, opening):
    into, out = total(movements, Direction.IN), total(movements, Direction.OUT)
    return [Money(one).plain for one in (opening, into, out, opening + into - out)]


def day(offset):
    return (FIRST + timedelta(days=offset)).strftime("%d.%m.%Y")


def as_onec(movements, opening):
    documents = [
        document(
            str(number),
            Money(minor).plain,
            day(offset),
            out=direction is Direction.OUT,
            НазначениеПлатежа=text,
        )
        for number, (direction, offset, minor, text) in enumerate(movements, start=1)
    ]
    return statement(section(sums=balances(movements, opening)), *documents).encode("cp1251")


HEADINGS = ("Номер документа", "Дата", "Поступление", "Списание", "Счет контрагента", "Назначение")


def table(movements, opening):
    first, into, out, last = balances(movements, opening)
    yield ["Номер счета", OURS]
    yield ["Входящий остаток", first]
    yield HEADINGS
    for number, (direction, offset, minor, text) in enumerate(movements, start=1):
        amount = Money(minor).plain.replace(".", ",")
        sums = (amount, "") if direction is Direction.IN else ("", amount)
        yield [str(number), day(offset), *sums, THEIRS, text]
    yield ["Итого поступило", into]
    yield ["Итого списано", out]
    yield ["Исходящий остаток", last]


def as_csv(movements, opening):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(table(movements, opening))
    return out.getvalue().encode("cp1251")


def as_xlsx(movements, opening):
    book = Workbook()
    for row in table(movements, opening):
        book.active.append(row)
    return saved(book)


def as_mt940(movements, opening):
    first, *_, last = (one.replace(".", ",") for one in balances(movements, opening))
    lines = [":20:A", f":25:{OURS}", ":28C:1", balance("60F", first)]
    for number, (direction, offset, minor, text) in enumerate(movements, start=1):
        mark = "C" if direction is Direction.IN else "D"
        when = (FIRST + timedelta(days=offset)).strftime("%y%m%d")
        amount = Money(minor).plain.replace(".", ",")
        lines += [f":61:{when}{mark}{amount}NTRF{number}", f":86:- {text}"]
    return "\n".join([*lines, balance("62F", last), ""]).encode("cp1251")


def balance(tag, text):
    return f":{tag}:{'D' if text.startswith('-') else 'C'}260301RUB{text.removeprefix('-')}"


@pytest.mark.parametrize("write", [as_onec, as_csv, as_xlsx, as_mt940])
@settings(max_examples=40, deadline=None)
@given(movements=MOVEMENTS, opening=st.integers(-(10**9), 10**9))
def test_a_statement_that_was_written_is_read_back_exactly(write, movements, opening):
    read = read_statement("f", write(movements, opening))
    assert read.verdict is Verdict.OK, read.problems
    first, *_, last = balances(movements, opening)
    account = read.accounts[0]
    assert (account.account, account.opening.plain, account.closing.plain) == (OURS, first, last)
    assert [(line.direction, line.amount.minor) for line in read.lines] == [
        (direction, minor) for direction, _, minor, _ in movements
    ]
    if write is not as_mt940:
        assert [line.purpose for line in read.lines] == [text for *_, text in movements]
        assert [line.day for line in read.lines] == [
            FIRST + timedelta(days=offset) for _, offset, *_ in movements
        ]


@settings(max_examples=40, deadline=None)
@given(movements=MOVEMENTS, opening=st.integers(0, 10**9))
def test_one_statement_in_two_formats_has_the_same_identities(movements, opening):
    texts = [write(movements, opening) for write in (as_onec, as_csv, as_xlsx)]
    first, *others = ([move.identity for move in read_statement("f", one).moves] for one in texts)
    assert others == [first, first]


@settings(max_examples=60, deadline=None)
@given(
    movements=MOVEMENTS,
    victim=st.integers(0, 7),
    change=st.integers(1, 10**6),
    write=st.sampled_from([as_onec, as_csv, as_xlsx, as_mt940]),
)
def test_a_kopeck_more_or_less_is_never_called_right(movements, victim, change, write):
    """The bank's totals are of the movements as they were, the lines of what became of them."""
    at = victim % len(movements)
    direction, offset, minor, text = movements[at]
    changed = [*movements[:at], (direction, offset, minor + change, text), *movements[at + 1 :]]
    honest, forged = (write(one, 0).splitlines() for one in (movements, changed))
    if write is as_xlsx or len(honest) != len(forged):
        return
    marks = ("Сумма=".encode("cp1251"), b":61:")
    sums = [
        other if other.startswith(marks) or other.count(b";") == len(HEADINGS) - 1 else one
        for one, other in zip(honest, forged, strict=True)
    ]
    assert read_statement("f", b"\n".join(sums)).verdict is Verdict.NOT_RECONCILED


@pytest.mark.parametrize("read", READERS)
@settings(max_examples=60, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_every_reader_answers_whatever_it_is_given(read, data):
    answer = read("f", data, ())
    assert answer.verdict is not Verdict.OK
    assert answer.problems


@settings(max_examples=200, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_every_recogniser_answers_whatever_it_is_given(data):
    for looks_like in (*(one.looks_like for one in RECOGNISERS), is_table, is_workbook):
        assert looks_like(data) in (True, False)
