"""Справочники: articles with their attributes, dimension values with their ids, money places."""

from collections.abc import Sequence

from ledger.articles import Activity, Article, ArticleType, Direction
from sheets.facts import BookFacts
from sheets.model import Area, Cell, Guard, Pattern, Style, Styled, Tab, Value, grid
from sheets.serials import roubles
from sheets.tabs.carried import Carried
from sheets.tabs.journal_tab import LINE_IDS
from sheets.tabs.moves_tab import account_id
from sheets.tabs.palette import HEADING, NAME, TITLE, TITLES

__all__ = ["carried_at", "reference_tab"]

SHEET_ID = 733_003
HEADING_ROW = 1
ROW_STEP = 100
_ARTICLES = ("id", "Статья", "Направление", "Тип", "Строка ОПиУ", "Деятельность", "Действует")
_VALUES = ("Измерение", "id", "Значение")
_PLACES = ("Код", "Место денег", "Действует")
_VALUES_COLUMN = len(_ARTICLES) + 1
_PLACES_COLUMN = _VALUES_COLUMN + len(_VALUES) + 1
_CARRIED_COLUMN = _PLACES_COLUMN + len(_PLACES) + 1
_COLUMNS = _CARRIED_COLUMN + 3
_WIDTHS = (
    *(60, 260, 110, 190, 100, 130, 90, 30),
    *(130, 60, 220, 30),
    *(220, 220, 90, 30),
    *(150, 240, 130),
)
# The column of a block, its headings and its rows.
_Block = tuple[int, Sequence[str], list[list[Value]]]

_DIRECTIONS = {
    Direction.INCOME: "доход",
    Direction.EXPENSE: "расход",
    Direction.TRANSFER: "перемещение",
}
_TYPES = {
    ArticleType.REVENUE: "выручка",
    ArticleType.PRODUCTION: "производственные",
    ArticleType.SELLING: "коммерческие",
    ArticleType.ADMINISTRATIVE: "управленческие",
    ArticleType.BANK_FEES: "расходы на услуги банков",
    ArticleType.OTHER: "прочие",
    ArticleType.BEFORE_NET_PROFIT: "до чистой прибыли",
    ArticleType.AFTER_NET_PROFIT: "после чистой прибыли",
    ArticleType.EXCLUDED: "не учитывать",
}
_ACTIVITIES = {
    Activity.OPERATING: "операционная",
    Activity.INVESTING: "инвестиционная",
    Activity.FINANCING: "финансовая",
}


def carried_at(facts: BookFacts, title: str) -> Carried | None:
    """Where the balances stand that were carried over from the years before, if any were."""
    if facts.cash.carried.day is None:
        return None
    rows = len(facts.cash.accounts)
    return Carried(title, HEADING_ROW + 1, rows, _CARRIED_COLUMN, _CARRIED_COLUMN + 2)


def reference_tab(facts: BookFacts, title: str) -> Tab:
    """The tab; it only ever grows, because nothing that was used is deleted."""
    first, blocks = HEADING_ROW + 1, _blocks(facts)
    cells = {(0, 0): Cell("Справочники")}
    for column, headings, rows in blocks:
        cells |= grid(HEADING_ROW, column, [list(headings)])
        cells |= grid(first, column, rows)
    longest = max(len(rows) for _, _, rows in blocks)
    return Tab(
        key="reference",
        id=SHEET_ID,
        title=title,
        rows=-(-(first + longest + ROW_STEP // 2) // ROW_STEP) * ROW_STEP,
        columns=_COLUMNS,
        cells=cells,
        guard=Guard("Копейка: справочники ведёт бот", warning=False),
        widths=_WIDTHS,
        styles=(Styled(Area(0, 0, 1, 1), TITLE), *_headings(blocks), *_formats(first)),
        frozen_rows=HEADING_ROW + 1,
        colour=TITLES["reference"],
    )


def _blocks(facts: BookFacts) -> list[_Block]:
    """What is listed side by side: articles, values, places of money, balances carried over."""
    articles = [
        _article(one)
        for one in facts.articles.values()
        if facts.listed is None or one.id in facts.listed
    ]
    values: list[list[Value]] = [
        [dimension.title, value.id, value.name]
        for dimension in facts.settings.dimensions
        for value in facts.values[dimension.code]
    ]
    places: list[list[Value]] = [
        [str(place.account), place.name, _yes(place.active)] for place in facts.places
    ]
    blocks: list[_Block] = [(0, _ARTICLES, articles), (_VALUES_COLUMN, _VALUES, values)]
    if not facts.settings.is_own:
        blocks.append((_PLACES_COLUMN, _PLACES, places))
    if facts.cash.carried.day is not None:
        headings = ("id", "Счёт", f"На {facts.cash.carried.day:%d.%m.%Y}, ₽")
        blocks.append((_CARRIED_COLUMN, headings, _carried(facts)))
    return blocks


def _headings(blocks: Sequence[_Block]) -> list[Styled]:
    return [
        Styled(Area(HEADING_ROW, column, 1, len(headings)), HEADING)
        for column, headings, _ in blocks
    ]


def _formats(first: int) -> list[Styled]:
    names = (1, _VALUES_COLUMN, _VALUES_COLUMN + 2, _PLACES_COLUMN, _PLACES_COLUMN + 1)
    return [
        *(Styled(Area(first, column, None, 1), NAME) for column in names),
        Styled(Area(first, _CARRIED_COLUMN, None, 1), Style(pattern=Pattern.WHOLE)),
        Styled(Area(first, _CARRIED_COLUMN + 2, None, 1), Style(pattern=Pattern.MONEY)),
    ]


def _carried(facts: BookFacts) -> list[list[Value]]:
    """What each account brought from the years before the spreadsheet's first."""
    return [
        [account_id(one.account), one.name, roubles(facts.cash.carried.of(one.account))]
        for one in facts.cash.accounts
    ]


def _article(article: Article) -> list[Value]:
    return [
        article.id,
        article.name,
        _DIRECTIONS[article.direction],
        _TYPES[article.type] if article.type else None,
        LINE_IDS[article.line] if article.line else None,
        _ACTIVITIES[article.activity] if article.activity else None,
        _yes(article.active),
    ]


def _yes(active: bool) -> str:
    return "да" if active else "нет"
