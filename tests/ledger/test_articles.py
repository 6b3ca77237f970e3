"""Articles: OkoCRM's matrix of directions and types, and the set every company starts with."""

from itertools import product

import pytest

from ledger.articles import (
    Activity,
    Article,
    ArticleType,
    BeforeNet,
    Direction,
    PnlLine,
    pnl_line,
    type_fits,
)

# type: (line of an income, line of an expense); "-" outside of the ladder, "" not allowed
MATRIX = {
    "revenue": ("revenue", ""),
    "production": ("", "production"),
    "selling": ("", "selling"),
    "administrative": ("", "administrative"),
    "bank_fees": ("", "bank_fees"),
    "other": ("other_income", "other_expense"),
    "before_net_profit": ("", "before_net_profit"),
    "after_net_profit": ("", "after_net_profit"),
    "excluded": ("-", "-"),
}
ROWS = [
    (direction, ArticleType(name), cell)
    for name, cells in MATRIX.items()
    for direction, cell in zip((Direction.INCOME, Direction.EXPENSE), cells, strict=True)
]


def test_the_matrix_names_every_type() -> None:
    assert set(MATRIX) == {one.value for one in ArticleType}


@pytest.mark.parametrize(("direction", "kind", "cell"), ROWS)
def test_an_article_type_fits_its_direction(
    direction: Direction, kind: ArticleType, cell: str
) -> None:
    assert type_fits(direction, kind) is bool(cell)


@pytest.mark.parametrize(("direction", "kind", "cell"), [row for row in ROWS if row[2]], ids=str)
def test_an_allowed_type_has_its_place_on_the_ladder(
    direction: Direction, kind: ArticleType, cell: str
) -> None:
    article = Article(1000, "Статья", direction, kind, Activity.OPERATING)

    assert article.line == (None if cell == "-" else PnlLine(cell))


@pytest.mark.parametrize(("direction", "kind"), [row[:2] for row in ROWS if not row[2]], ids=str)
def test_a_type_of_the_other_direction_is_refused(direction: Direction, kind: ArticleType) -> None:
    with pytest.raises(AssertionError):
        Article(1000, "Статья", direction, kind, Activity.OPERATING)


@pytest.mark.parametrize(("direction", "kind"), [*product(Direction, [None, *ArticleType])])
def test_a_transfer_and_only_a_transfer_has_no_type(
    direction: Direction, kind: ArticleType | None
) -> None:
    fits = type_fits(direction, kind)

    assert not fits or (kind is None) == (direction is Direction.TRANSFER)


def test_a_transfer_stands_outside_of_both_statements() -> None:
    transfer = Article(1000, "Перемещение", Direction.TRANSFER, None, None)

    assert transfer.line is None
    assert pnl_line(Direction.TRANSFER, None) is None


@pytest.mark.parametrize(
    ("name", "direction", "kind", "activity", "before_net"),
    [
        (" ", Direction.INCOME, ArticleType.REVENUE, Activity.OPERATING, None),
        ("Без вида", Direction.INCOME, ArticleType.REVENUE, None, None),
        ("Без типа", Direction.EXPENSE, None, Activity.OPERATING, None),
        ("С видом", Direction.TRANSFER, None, Activity.OPERATING, None),
        ("С типом", Direction.TRANSFER, ArticleType.OTHER, None, None),
        ("Не там", Direction.EXPENSE, ArticleType.OTHER, Activity.OPERATING, BeforeNet.TAX),
    ],
)
def test_an_article_that_no_report_could_place_is_refused(
    name: str,
    direction: Direction,
    kind: ArticleType | None,
    activity: Activity | None,
    before_net: BeforeNet | None,
) -> None:
    with pytest.raises(AssertionError):
        Article(1000, name, direction, kind, activity, before_net=before_net)
