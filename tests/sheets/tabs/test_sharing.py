"""Common costs shared by formulas: the ledger's kopecks for sums of every size."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ledger.accounts import Account
from ledger.articles import PnlLine
from ledger.money import Money
from ledger.operations import Entry, Operation, OperationKind, dimensions
from ledger.overheads import Overheads, share_common
from ledger.pnl import UNSPECIFIED
from ledger.seed import SEEDED_ARTICLES
from sheets.tabs.dimension_tab import DIMENSION_INPUTS, FIRST_VALUE_ROW, HEADING_ROW, column_of
from sheets.tabs.inputs import ENTRY_ROW, OVERHEADS_WORDS
from sheets.tabs.template import template
from sheets.workbook import workbook_bytes
from store.reports import Basis
from tests.sheets.choosing import typed_before
from tests.sheets.computing import Reader, formualizer_reader, kopecks
from tests.sheets.ledgers import HOSTILE, Books, sealed
from tests.sheets.office import office_reader
from world.identity import seeded_chance

TAB = "Менеджеры"
ENTRY = (ENTRY_ROW, DIMENSION_INPUTS.column + 3)
DAY = date(2026, 2, 1)
MANY = (*HOSTILE[:18], *(f"Продавец {number}" for number in range(12)))


def operation(key: str, line: PnlLine, minor: int, manager: str = "") -> Operation:
    article = next(one for one in SEEDED_ARTICLES if one.line is line)
    sides = Account.of_article(article.id), Account.parse("desk:main")
    debit, credit = sides[::-1] if line is PnlLine.REVENUE else sides
    return Operation(
        key=key,
        kind=OperationKind.INCOME,
        article=article.id,
        entries=(Entry(debit, credit, Money(minor)),),
        paid_on=DAY,
        accrued_on=DAY,
        dimensions=dimensions({"manager": manager} if manager else {}),
    )


def company(sales: Mapping[str, int], costs: int) -> Books:
    sold = [operation(f"s{name}", PnlLine.REVENUE, minor, name) for name, minor in sales.items()]
    return sealed([*sold, operation("common", PnlLine.ADMINISTRATIVE, costs)])


def shown(books: Books, base: Overheads) -> dict[str, int]:
    content = workbook_bytes(template(books.facts), books.rows)
    read = formualizer_reader(content, {(TAB, *ENTRY): OVERHEADS_WORDS[base]})
    return shares(read, books)


def shares(read: Reader, books: Books) -> dict[str, int]:
    names = [*(one.name for one in books.values["manager"]), UNSPECIFIED]
    return {
        name: kopecks(read(TAB, row, column_of("common_share")))
        for row, name in enumerate(names, FIRST_VALUE_ROW)
    }


def by_the_ledger(books: Books, base: Overheads) -> dict[str, int]:
    report = books.report(Basis.CASH, "manager", books.months)
    ids = {one.name: one.id for one in books.values["manager"]}
    return {**dict.fromkeys([*ids, UNSPECIFIED], 0), **share_common(report, base, ids).of}


def test_kopecks_left_over_go_to_the_lowest_ids() -> None:
    books = company({"В": 5, "Б": 5, "А": 5}, 100)
    assert shown(books, Overheads.EQUAL) == {"А": 34, "Б": 33, "В": 33, UNSPECIFIED: 0}


def test_a_base_below_zero_bears_nothing_and_a_base_of_zero_shares_nothing() -> None:
    lost = operation("made", PnlLine.PRODUCTION, 9, "Б")
    sold = [operation(f"s{name}", PnlLine.REVENUE, 5, name) for name in "АБ"]
    books = sealed([*sold, lost, operation("common", PnlLine.ADMINISTRATIVE, 100)])
    assert shown(books, Overheads.GROSS_PROFIT) == {"А": 100, "Б": 0, UNSPECIFIED: 0}
    books = sealed([lost, operation("common", PnlLine.ADMINISTRATIVE, 100)])
    for base in (Overheads.REVENUE, Overheads.GROSS_PROFIT):
        assert shown(books, base) == {"Б": 0, UNSPECIFIED: 0}


@pytest.mark.parametrize("base", Overheads)
@pytest.mark.parametrize("largest", [9, 10**4, 10**9, 10**12])
def test_any_sizes_give_the_ledgers_kopecks(base: Overheads, largest: int) -> None:
    chance = seeded_chance(largest)
    sales = {name: chance.randint(1, largest) for name in MANY if name != UNSPECIFIED}
    books = company(sales, chance.randint(1, largest))
    assert shown(books, base) == by_the_ledger(books, base)


def test_the_largest_sums_that_the_columns_hold() -> None:
    sales = {f"п{number}": 10**13 - 7 * number for number in range(4)}
    books = company(sales, 10**13 - 1)
    assert shown(books, Overheads.REVENUE) == by_the_ledger(books, Overheads.REVENUE)


def test_the_heading_names_the_base() -> None:
    books = company({"А": 5}, 100)
    content = workbook_bytes(template(books.facts), books.rows)
    headings = {
        base: formualizer_reader(content, {(TAB, *ENTRY): word})(
            TAB, HEADING_ROW, column_of("common_share")
        )
        for base, word in OVERHEADS_WORDS.items()
    }
    assert headings == {
        None: "Доля общих расходов (не распределены)",
        Overheads.REVENUE: "Доля общих расходов по выручке",
        Overheads.GROSS_PROFIT: "Доля общих расходов по валовой прибыли",
        Overheads.EQUAL: "Доля общих расходов поровну",
    }


@pytest.mark.parametrize("base", Overheads)
def test_libreoffice_gives_the_same_kopecks(base: Overheads, tmp_path: Path) -> None:
    chance = seeded_chance(5)
    names = [name for name in MANY if name != UNSPECIFIED]
    books = company({name: chance.choice((7, 10**12, 3)) for name in names}, 10**12 + 1)
    book = typed_before(template(books.facts), {(TAB, *ENTRY): OVERHEADS_WORDS[base]})
    read = office_reader(workbook_bytes(book, books.rows), tmp_path)
    assert shares(read, books) == by_the_ledger(books, base)
