"""A paged list of articles to tap."""

from collections.abc import Callable, Mapping

from handlers.keys import Act, Key, Keyboard, Press, rows_of
from handlers.texts import Texts
from ledger.articles import Article, Direction
from ledger.seed import SystemArticle

__all__ = ["article_pages"]

PAGE_ARTICLES = 10
WIDTH = 2


def article_pages(
    articles: Mapping[int, Article],
    direction: Direction,
    page: int,
    texts: Texts,
    press: tuple[Callable[[int], Press], Callable[[int], Press]],
) -> Keyboard:
    """The keys of one page: articles of a direction, then back, on and away.

    `press` makes the press of an article from its id, and that of a page from its number.
    """
    usable = [
        one
        for one in articles.values()
        if one.active and one.direction is direction and one.id != SystemArticle.UNSORTED
    ]
    pages = max(-(-len(usable) // PAGE_ARTICLES), 1)
    shown = min(max(page, 0), pages - 1)
    part = usable[shown * PAGE_ARTICLES : (shown + 1) * PAGE_ARTICLES]
    of_article, of_page = press
    rows = rows_of([Key(one.name, of_article(one.id)) for one in part], WIDTH)
    moves = [Key(texts.plain("key-cancel"), Press(Act.CANCEL))]
    if shown > 0:
        moves.insert(0, Key(texts.plain("key-back"), of_page(shown - 1)))
    if shown < pages - 1:
        moves.append(Key(texts.plain("key-on"), of_page(shown + 1)))
    return [*rows, moves]
