"""The formulas against the ledger: every cell of every report, both bases, hostile names."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.pnl import UNSPECIFIED, Pnl, Report
from sheets.facts import BookFacts
from sheets.tabs.dimension_tab import dimension_rows
from sheets.tabs.inputs import BASIS_WORDS, month_serial
from sheets.tabs.template import Drawn, default_titles, template
from sheets.workbook import workbook_bytes
from store.reports import Basis
from tests.sheets.computing import Reader, dimension_lines, formualizer_reader, pnl_columns
from tests.sheets.ledgers import SETTINGS, Books, every_article, ledgers

TITLES = default_titles(SETTINGS.dimensions)
EARLIER = datetime(2026, 1, 1, tzinfo=UTC)
FEW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def lines_of(report: Report, books: Books, dimension: str) -> list[dict[str, int]]:
    """The rows that the tab must show: every value, blanks, common, total."""
    named = dict(report.rows)
    rows = [named.get(value.name, Pnl()) for value in books.values[dimension]]
    pnls = [*rows, named.get(UNSPECIFIED, Pnl()), report.common, report.total]
    return [pnl.lines() for pnl in pnls]


def assert_dimensions(read: Reader, books: Books, basis: Basis, first: int, last: int) -> None:
    months = books.months[first : last + 1]
    for dimension in SETTINGS.dimensions:
        expected = lines_of(books.report(basis, dimension.code, months), books, dimension.code)
        rows = dimension_rows(books.values[dimension.code])
        title = TITLES[f"by:{dimension.code}"]
        names = [read(title, 4 + row, 0) for row in range(len(rows))]
        assert names == [name for name, _ in rows]
        assert dimension_lines(read, title, len(rows)) == expected


def assert_months(books: Books, basis: Basis) -> None:
    content = workbook_bytes(template(books.facts), books.rows)
    read = formualizer_reader(content, {(TITLES["pnl"], 1, 1): BASIS_WORDS[basis]})
    report = books.monthly(basis)
    expected = [pnl.lines() for _, pnl in report.rows]
    found = pnl_columns(read, TITLES["pnl"], len(books.months))
    assert found == [*expected, report.total.lines()]


@pytest.mark.parametrize("basis", Basis)
def test_every_article_stands_on_its_line(basis: Basis) -> None:
    assert all(every_article().monthly(basis).total.lines().values())
    assert_months(every_article(), basis)


@FEW
@given(ledgers(), st.sampled_from(Basis))
def test_every_month_of_the_statement_equals_the_ledger(books: Books, basis: Basis) -> None:
    assert_months(books, basis)


@FEW
@given(ledgers(), st.sampled_from(Basis), st.data())
def test_every_row_of_every_dimension_equals_the_ledger(
    books: Books, basis: Basis, data: st.DataObject
) -> None:
    last = data.draw(st.integers(0, len(books.months) - 1))
    first = data.draw(st.integers(0, last))
    typed: dict[tuple[str, int, int], object] = {}
    for dimension in SETTINGS.dimensions:
        title = TITLES[f"by:{dimension.code}"]
        typed[title, 1, 3] = BASIS_WORDS[basis]
        # People pick a month or type any day of it.
        typed[title, 1, 4] = month_serial(books.months[first]) + 9
        typed[title, 1, 5] = month_serial(books.months[last])
    content = workbook_bytes(template(books.facts), books.rows)
    assert_dimensions(formualizer_reader(content, typed), books, basis, first, last)


@FEW
@given(ledgers())
def test_empty_months_mean_the_whole_of_the_books(books: Books) -> None:
    read = formualizer_reader(workbook_bytes(template(books.facts), books.rows), {})
    assert_dimensions(read, books, Basis.CASH, 0, len(books.months) - 1)


def test_a_basis_nobody_offered_is_an_error_not_the_cash_basis() -> None:
    books = Books(())
    content = workbook_bytes(template(books.facts), books.rows)
    read = formualizer_reader(content, {(TITLES["pnl"], 1, 1): "по любви"})
    assert isinstance(read(TITLES["pnl"], 4, 1), dict)


@pytest.mark.parametrize("name", [one.name for one in fields(BookFacts)])
def test_a_tab_that_is_kept_is_the_one_that_would_be_drawn(name: str) -> None:
    many = every_article().facts
    nobody = {one.code: () for one in SETTINGS.dimensions}
    few = replace(many, values=nobody, months=many.months[:1], head_number=0, read_at=EARLIER)
    changed = replace(few, **{name: getattr(many, name)})
    drawn = Drawn()
    template(few, drawn=drawn)

    assert template(changed, drawn=drawn) == template(changed)
    assert template(changed, titles={"journal": "Иной"}, drawn=drawn) == template(
        changed, titles={"journal": "Иной"}
    )


def test_what_did_not_change_is_not_drawn_again() -> None:
    facts, drawn = every_article().facts, Drawn()

    first, second = (template(facts, batch, drawn=drawn).by_key for batch in "ab")

    assert first["by:manager"] is second["by:manager"]
    assert first["service"] != second["service"]
