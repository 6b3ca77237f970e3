"""The articles that every company starts with; ids below 1000 are the system's for ever."""

from enum import IntEnum

from ledger.articles import Activity, Article, ArticleType, BeforeNet, Direction

__all__ = ["FIRST_OWN_ARTICLE_ID", "SEEDED_ARTICLES", "SystemArticle"]

FIRST_OWN_ARTICLE_ID = 1000


class SystemArticle(IntEnum):
    """Articles that the product itself posts to."""

    SALES = 101
    CLIENT_OVERPAYMENT = 114
    UNSORTED = 400
    ACCOUNT_SERVICE = 501
    ACQUIRING = 502
    LOAN_COMMISSION = 503
    SHORTAGE = 602
    ACCOUNTABLE_ISSUE = 903
    ACCOUNTABLE_RETURN = 113
    OWN_TRANSFER = 951
    HANDOVER = 952
    STATEMENT_LINE = 953
    OPENING_BALANCE = 954
    SETTLEMENT = 955


_INCOME: tuple[tuple[int, str, ArticleType, Activity], ...] = (
    (101, "Продажи", ArticleType.REVENUE, Activity.OPERATING),
    (102, "Прочие доходы", ArticleType.OTHER, Activity.OPERATING),
    (103, "Проценты полученные", ArticleType.OTHER, Activity.FINANCING),
    (111, "Взнос собственника", ArticleType.EXCLUDED, Activity.FINANCING),
    (112, "Получение кредита", ArticleType.EXCLUDED, Activity.FINANCING),
    (113, "Возврат подотчётных сумм", ArticleType.EXCLUDED, Activity.OPERATING),
    (114, "Переплаты клиентов", ArticleType.EXCLUDED, Activity.OPERATING),
)

_EXPENSE: tuple[tuple[int, str, ArticleType, Activity], ...] = (
    (201, "Товары и материалы", ArticleType.PRODUCTION, Activity.OPERATING),
    (202, "Монтаж и сборка", ArticleType.PRODUCTION, Activity.OPERATING),
    (203, "Подрядчики", ArticleType.PRODUCTION, Activity.OPERATING),
    (301, "Реклама и маркетинг", ArticleType.SELLING, Activity.OPERATING),
    (302, "Комиссия менеджеров", ArticleType.SELLING, Activity.OPERATING),
    (303, "Доставка клиентам", ArticleType.SELLING, Activity.OPERATING),
    (304, "Аренда салона", ArticleType.SELLING, Activity.OPERATING),
    (400, "Без статьи", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (401, "Аренда офиса", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (402, "Зарплата", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (403, "Налоги с зарплаты", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (404, "Бухгалтерия", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (405, "Связь и интернет", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (406, "Программы и сервисы", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (407, "Транспорт", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (408, "Канцтовары и хозтовары", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (409, "Командировки", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (410, "Представительские", ArticleType.ADMINISTRATIVE, Activity.OPERATING),
    (501, "Обслуживание счёта", ArticleType.BANK_FEES, Activity.OPERATING),
    (502, "Эквайринг", ArticleType.BANK_FEES, Activity.OPERATING),
    (503, "Комиссия по кредитным договорам", ArticleType.BANK_FEES, Activity.OPERATING),
    (601, "Штрафы и пени", ArticleType.OTHER, Activity.OPERATING),
    (602, "Недостачи и списания", ArticleType.OTHER, Activity.OPERATING),
    (603, "Прочие расходы", ArticleType.OTHER, Activity.OPERATING),
    (801, "Дивиденды", ArticleType.AFTER_NET_PROFIT, Activity.FINANCING),
    (802, "Вывод средств собственником", ArticleType.AFTER_NET_PROFIT, Activity.FINANCING),
    (901, "Погашение кредита", ArticleType.EXCLUDED, Activity.FINANCING),
    (902, "Покупка оборудования", ArticleType.EXCLUDED, Activity.INVESTING),
    (903, "Выдача под отчёт", ArticleType.EXCLUDED, Activity.OPERATING),
)

_BEFORE_NET: tuple[tuple[int, str, BeforeNet, Activity], ...] = (
    (701, "Амортизация", BeforeNet.DEPRECIATION, Activity.OPERATING),
    (702, "Проценты по кредитам", BeforeNet.INTEREST, Activity.FINANCING),
    (703, "Налог (УСН, на прибыль)", BeforeNet.TAX, Activity.OPERATING),
)

_TRANSFERS: tuple[tuple[int, str], ...] = (
    (951, "Перемещение между счетами"),
    (952, "Сдача выручки в кассу"),
    (953, "Строка выписки"),
    (954, "Начальный остаток"),
    (955, "Зачисление от банка"),
)


def _seeded() -> tuple[Article, ...]:
    income = [Article(i, name, Direction.INCOME, t, a) for i, name, t, a in _INCOME]
    expense = [Article(i, name, Direction.EXPENSE, t, a) for i, name, t, a in _EXPENSE]
    before = [
        Article(i, name, Direction.EXPENSE, ArticleType.BEFORE_NET_PROFIT, a, before_net=b)
        for i, name, b, a in _BEFORE_NET
    ]
    moves = [Article(i, name, Direction.TRANSFER, None, None) for i, name in _TRANSFERS]
    return tuple(sorted([*income, *expense, *before, *moves], key=lambda article: article.id))


SEEDED_ARTICLES = _seeded()
assert {int(one) for one in SystemArticle} <= {article.id for article in SEEDED_ARTICLES}
