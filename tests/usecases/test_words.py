"""The words of a table: headings, kinds, types, activities."""

import pytest

from ledger.articles import Activity, ArticleType, BeforeNet
from usecases.operation_table.words import (
    Column,
    RowKind,
    TypeWord,
    folded,
    read_activity,
    read_column,
    read_kind,
    read_type,
)


@pytest.mark.parametrize("column", Column)
def test_every_column_is_known_by_its_own_name(column: Column) -> None:
    assert read_column(column.value) is column
    assert read_column(f" {column.value.upper()} ") is column


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Дата оплаты", Column.PAID_ON),
        ("дата  начисления", Column.ACCRUED_ON),
        ("Счёт", Column.ACCOUNT),
        ("На счет", Column.TO_ACCOUNT),
        ("Тип статьи", Column.ARTICLE_TYPE),
        ("Вид деятельности", Column.ACTIVITY),
        ("Дата", None),
        ("", None),
    ],
)
def test_russian_headings(heading: str, column: Column | None) -> None:
    assert read_column(heading) is column


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("доход", RowKind.INCOME),
        ("Расход", RowKind.EXPENSE),
        ("перемещение", RowKind.TRANSFER),
        ("ВОЗВРАТ", RowKind.REFUND),
        ("transfer", RowKind.TRANSFER),
        ("gift", None),
    ],
)
def test_kinds(word: str, kind: RowKind | None) -> None:
    assert read_kind(word) is kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("выручка", ArticleType.REVENUE),
        ("производственные", ArticleType.PRODUCTION),
        ("Коммерческие расходы", ArticleType.SELLING),
        ("управленческие", ArticleType.ADMINISTRATIVE),
        ("расходы на услуги банков", ArticleType.BANK_FEES),
        ("прочие", ArticleType.OTHER),
        ("Прочие доходы", ArticleType.OTHER),
        ("до чистой прибыли", ArticleType.BEFORE_NET_PROFIT),
        ("после чистой прибыли", ArticleType.AFTER_NET_PROFIT),
        ("не учитывать", ArticleType.EXCLUDED),
        ("cogs", ArticleType.PRODUCTION),
        ("before_net", ArticleType.BEFORE_NET_PROFIT),
        *((kind.value, kind) for kind in ArticleType),
    ],
)
def test_types_in_the_crms_words_and_in_english(word: str, kind: ArticleType) -> None:
    assert read_type(word) == TypeWord(kind)


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("до чистой прибыли: налоги", BeforeNet.TAX),
        ("before_net_profit:tax", BeforeNet.TAX),
        ("До чистой прибыли: Амортизация", BeforeNet.DEPRECIATION),
        ("before_net: interest", BeforeNet.INTEREST),
    ],
)
def test_what_a_cost_before_net_profit_is(word: str, part: BeforeNet) -> None:
    assert read_type(word) == TypeWord(ArticleType.BEFORE_NET_PROFIT, part)


@pytest.mark.parametrize("word", ["", "расходы", "коммерческие: налоги", "до чистой прибыли: x"])
def test_what_is_no_type(word: str) -> None:
    assert read_type(word) is None


@pytest.mark.parametrize(
    ("word", "activity"),
    [
        ("операционная", Activity.OPERATING),
        ("Инвестиционная деятельность", Activity.INVESTING),
        ("financing", Activity.FINANCING),
        ("прочая", None),
    ],
)
def test_activities(word: str, activity: Activity | None) -> None:
    assert read_activity(word) is activity


def test_words_are_compared_without_regard_to_how_they_are_typed() -> None:
    assert folded("  Счёт_Списания ") == folded("счет списания")
