"""Every report tab for whatever is chosen on it, against the ledger, to the kopeck.

KOPEYKA_LONG=1    200 random ledgers instead of 5; through the commands: tests/app/test_random_ledgers
"""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.overheads import share_common
from ledger.pnl import UNSPECIFIED, Pnl, Report
from sheets.tabs.dimension_tab import DIMENSION_INPUTS, FIRST_VALUE_ROW, column_of, dimension_rows
from sheets.tabs.inputs import ENTRY_ROW, HELPER_ROW
from sheets.tabs.pnl_tab import PNL_INPUTS
from sheets.tabs.template import default_titles, template
from sheets.workbook import workbook_bytes
from tests.sheets.choosing import Chosen, any_choice, every_option, typed_before, typed_into
from tests.sheets.computing import LADDER, Reader, Sheet, dimension_lines, pnl_columns
from tests.sheets.ledgers import SETTINGS, Books, ledgers, sealed
from tests.sheets.office import office_reader
from world.identity import seeded_chance

LONG = os.environ.get("KOPEYKA_LONG") == "1"
TITLES = default_titles(SETTINGS.dimensions)
CODES = [one.code for one in SETTINGS.dimensions]
SHOWN = (*LADDER, "traceable", "common_share", "net_with_share")
RANDOM = settings(
    max_examples=200 if LONG else 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
CHOICES_EACH = 4


def months_of(books: Books, chosen: Chosen) -> list:
    return [month for month in books.months if chosen.first <= month <= chosen.last]


def row_of(pnl: Pnl, share: int) -> dict[str, int]:
    return {
        **pnl.lines(),
        "traceable": pnl.gross_profit - pnl.net_profit,
        "common_share": share,
        "net_with_share": pnl.net_profit - share,
    }


def rows_of(report: Report, books: Books, code: str, chosen: Chosen) -> list[dict[str, int]]:
    """The rows that the tab must show: every value, blanks, common, total."""
    values = books.values[code]
    ids = {one.name: one.id for one in values}
    shares = share_common(report, chosen.base, ids) if chosen.base else None
    named = dict(report.rows)
    rows = [
        row_of(named.get(name, Pnl()), shares.of.get(name, 0) if shares else 0)
        for name in [*ids, UNSPECIFIED]
    ]
    given_ = shares.given if shares else 0
    return [*rows, row_of(report.common, -given_), row_of(report.total, 0)]


def assert_tab(read: Reader, books: Books, code: str, chosen: Chosen) -> None:
    title = TITLES[f"by:{code}"]
    only = chosen.only(books.facts)
    report = books.report(chosen.basis, code, months_of(books, chosen), only)
    expected = rows_of(report, books, code, chosen)
    found = dimension_lines(read, title, len(expected), SHOWN)
    assert found == expected, (code, chosen)
    for row, line in enumerate(expected):
        margin = read(title, FIRST_VALUE_ROW + row, column_of("margin"))
        if line["revenue"]:
            assert margin == pytest.approx(line["net_with_share"] / line["revenue"], abs=6e-5)
        else:
            assert margin == "—"


def assert_statement(read: Reader, books: Books, chosen: Chosen) -> None:
    months = months_of(books, chosen)
    report = books.monthly(chosen.basis, months, chosen.only(books.facts))
    columns = [*(pnl for _, pnl in report.rows), report.total]
    found = pnl_columns(read, TITLES["pnl"], len(books.months))
    assert found == [pnl.lines() for pnl in columns], chosen


def chosen_on_all(books: Books, chosen: Chosen) -> dict[tuple[str, int, int], object]:
    typed = typed_into(TITLES["pnl"], PNL_INPUTS, books.facts, chosen)
    for code in CODES:
        typed |= typed_into(TITLES[f"by:{code}"], DIMENSION_INPUTS, books.facts, chosen)
    return typed


def sheet_of(books: Books) -> Sheet:
    # A file: Сверка does not count the minutes since the last write.
    return Sheet(workbook_bytes(template(replace(books.facts, written_at=None)), books.rows))


def assert_all(sheet: Sheet, books: Books, chosen: Chosen) -> None:
    read = sheet.after(chosen_on_all(books, chosen))
    assert_statement(read, books, chosen)
    for code in CODES:
        assert_tab(read, books, code, chosen)
    assert read("Сверка", 1, 1) == "СХОДИТСЯ", chosen


@RANDOM
@given(ledgers(), st.integers(0, 10**6))
def test_any_choice_on_any_ledger_equals_the_ledger(books: Books, seed: int) -> None:
    sheet, chance = sheet_of(books), seeded_chance(seed)
    for _ in range(CHOICES_EACH):
        assert_all(sheet, books, any_choice(books.facts, chance))


@settings(RANDOM, max_examples=1)
@given(ledgers(size=60))
def test_every_option_of_every_drop_down_equals_the_ledger(books: Books) -> None:
    sheet = sheet_of(books)
    for chosen in every_option(books.facts, seeded_chance(7)):
        assert_all(sheet, books, chosen)


@settings(RANDOM, max_examples=3 if LONG else 1)
@given(books=ledgers(size=60), seed=st.integers(0, 10**6))
def test_libreoffice_agrees_on_a_sample(
    tmp_path_factory: pytest.TempPathFactory, books: Books, seed: int
) -> None:
    chance = seeded_chance(seed)
    choices = {code: any_choice(books.facts, chance) for code in CODES}
    statement = any_choice(books.facts, chance)
    typed = typed_into(TITLES["pnl"], PNL_INPUTS, books.facts, statement)
    for code, chosen in choices.items():
        typed |= typed_into(TITLES[f"by:{code}"], DIMENSION_INPUTS, books.facts, chosen)
    book = typed_before(template(replace(books.facts, written_at=None)), typed)
    folder = tmp_path_factory.mktemp("office")
    read = office_reader(workbook_bytes(book, books.rows), folder)
    assert_statement(read, books, statement)
    for code, chosen in choices.items():
        assert_tab(read, books, code, chosen)
    assert read("Сверка", 1, 1) == "СХОДИТСЯ"


@pytest.mark.parametrize("word", ["Аня", "*", "А*", "?", "<>", ">=-1", "0", 1, "все "])
def test_what_is_not_in_the_list_is_an_error_not_everything(word: object) -> None:
    books = sealed([])
    column = DIMENSION_INPUTS.first_dimension
    read = sheet_of(books).after({("Города", ENTRY_ROW, column): word})
    assert isinstance(read("Города", HELPER_ROW, column), dict)
    figures = [read("Города", row, column_of(code)) for row in (4, 6) for code in LADDER]
    assert all(isinstance(figure, dict) for figure in figures)
    assert read("Сверка", 1, 1) == "РАСХОДИТСЯ"


@pytest.mark.parametrize("word", ["по площади", "*", 1])
def test_a_base_that_nobody_offered_leaves_the_ladder_and_breaks_the_shares(word: object) -> None:
    entry = ("Города", ENTRY_ROW, DIMENSION_INPUTS.column + 3)
    read = sheet_of(sealed([])).after({entry: word})
    assert read("Города", FIRST_VALUE_ROW, column_of("net_profit")) == 0
    assert isinstance(read("Города", FIRST_VALUE_ROW, column_of("common_share")), dict)


@pytest.mark.parametrize("word", ["*", "по любви", "По оплате*"])
def test_a_basis_that_nobody_offered_is_an_error(word: str) -> None:
    read = sheet_of(sealed([])).after({("ОПиУ", ENTRY_ROW, PNL_INPUTS.column): word})
    assert isinstance(read("ОПиУ", 4, 1), dict)


def test_an_emptied_entry_means_everything() -> None:
    books = sealed([])
    columns = range(DIMENSION_INPUTS.column + 1, DIMENSION_INPUTS.end(len(CODES)))
    read = sheet_of(books).after({("Города", ENTRY_ROW, column): "" for column in columns})
    rows = len(dimension_rows(books.values["city"]))
    assert dimension_lines(read, "Города", rows, SHOWN) == [dict.fromkeys(SHOWN, 0)] * rows
