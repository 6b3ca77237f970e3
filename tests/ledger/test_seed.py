"""The articles every company starts with stand where the rules want them."""

from itertools import product

import pytest

from ledger.articles import Activity, ArticleType, BeforeNet, Direction, PnlLine, type_fits
from ledger.seed import FIRST_OWN_ARTICLE_ID, SEEDED_ARTICLES, SystemArticle
from tests.ledger.reading import rows

# Numbers and names stand in people's spreadsheets: what was seeded once stays what it is.
SEEDED = """
101 Продажи                        | income   revenue           operating
102 Прочие доходы                  | income   other             operating
103 Проценты полученные            | income   other             financing
111 Взнос собственника             | income   excluded          financing
112 Получение кредита              | income   excluded          financing
113 Возврат подотчётных сумм       | income   excluded          operating
114 Переплаты клиентов             | income   excluded          operating
201 Товары и материалы             | expense  production        operating
202 Монтаж и сборка                | expense  production        operating
203 Подрядчики                     | expense  production        operating
301 Реклама и маркетинг            | expense  selling           operating
302 Комиссия менеджеров            | expense  selling           operating
303 Доставка клиентам              | expense  selling           operating
304 Аренда салона                  | expense  selling           operating
400 Без статьи                     | expense  administrative    operating
401 Аренда офиса                   | expense  administrative    operating
402 Зарплата                       | expense  administrative    operating
403 Налоги с зарплаты              | expense  administrative    operating
404 Бухгалтерия                    | expense  administrative    operating
405 Связь и интернет               | expense  administrative    operating
406 Программы и сервисы            | expense  administrative    operating
407 Транспорт                      | expense  administrative    operating
408 Канцтовары и хозтовары         | expense  administrative    operating
409 Командировки                   | expense  administrative    operating
410 Представительские              | expense  administrative    operating
501 Обслуживание счёта             | expense  bank_fees         operating
502 Эквайринг                      | expense  bank_fees         operating
503 Комиссия по кредитным договорам | expense bank_fees         operating
601 Штрафы и пени                  | expense  other             operating
602 Недостачи и списания           | expense  other             operating
603 Прочие расходы                 | expense  other             operating
701 Амортизация                    | expense  before_net_profit operating depreciation
702 Проценты по кредитам           | expense  before_net_profit financing interest
703 Налог (УСН, на прибыль)        | expense  before_net_profit operating tax
801 Дивиденды                      | expense  after_net_profit  financing
802 Вывод средств собственником    | expense  after_net_profit  financing
901 Погашение кредита              | expense  excluded          financing
902 Покупка оборудования           | expense  excluded          investing
903 Выдача под отчёт               | expense  excluded          operating
951 Перемещение между счетами      | transfer
952 Сдача выручки в кассу          | transfer
953 Строка выписки                 | transfer
954 Начальный остаток              | transfer
955 Зачисление от банка            | transfer
"""


def test_the_seeded_articles_are_what_they_were() -> None:
    written = [
        " ".join(
            part
            for part in (
                f"{one.id} {one.name} | {one.direction}",
                one.type,
                one.activity,
                one.before_net,
            )
            if part
        )
        for one in SEEDED_ARTICLES
    ]

    assert written == rows(SEEDED)


def test_the_system_posts_to_these_numbers_for_ever() -> None:
    assert {one.name.lower(): int(one) for one in SystemArticle} == {
        "sales": 101,
        "client_overpayment": 114,
        "unsorted": 400,
        "account_service": 501,
        "acquiring": 502,
        "loan_commission": 503,
        "shortage": 602,
        "accountable_issue": 903,
        "accountable_return": 113,
        "own_transfer": 951,
        "handover": 952,
        "statement_line": 953,
        "opening_balance": 954,
        "settlement": 955,
    }


def test_seeded_articles_have_own_numbers_below_the_companys_and_own_names() -> None:
    ids = [article.id for article in SEEDED_ARTICLES]

    assert ids == sorted(set(ids))
    assert ids[-1] < FIRST_OWN_ARTICLE_ID
    assert len({article.name for article in SEEDED_ARTICLES}) == len(ids)
    assert all(article.active and article.parent is None for article in SEEDED_ARTICLES)


def test_every_type_of_article_is_seeded_so_that_the_ladder_has_no_empty_line() -> None:
    seeded = {(article.direction, article.type) for article in SEEDED_ARTICLES}

    assert seeded == {
        pair for pair in product(Direction, [None, *ArticleType]) if type_fits(*pair)
    }


def test_every_part_before_net_profit_is_seeded() -> None:
    parts = {article.before_net for article in SEEDED_ARTICLES if article.before_net}

    assert parts == {BeforeNet.DEPRECIATION, BeforeNet.INTEREST, BeforeNet.TAX}


@pytest.mark.parametrize(
    ("article", "line", "activity"),
    [
        (SystemArticle.SALES, PnlLine.REVENUE, Activity.OPERATING),
        (SystemArticle.CLIENT_OVERPAYMENT, None, Activity.OPERATING),
        (SystemArticle.UNSORTED, PnlLine.ADMINISTRATIVE, Activity.OPERATING),
        (SystemArticle.ACCOUNT_SERVICE, PnlLine.BANK_FEES, Activity.OPERATING),
        (SystemArticle.ACQUIRING, PnlLine.BANK_FEES, Activity.OPERATING),
        (SystemArticle.LOAN_COMMISSION, PnlLine.BANK_FEES, Activity.OPERATING),
        (SystemArticle.SHORTAGE, PnlLine.OTHER_EXPENSE, Activity.OPERATING),
        (SystemArticle.ACCOUNTABLE_ISSUE, None, Activity.OPERATING),
        (SystemArticle.ACCOUNTABLE_RETURN, None, Activity.OPERATING),
        (SystemArticle.OWN_TRANSFER, None, None),
        (SystemArticle.HANDOVER, None, None),
        (SystemArticle.STATEMENT_LINE, None, None),
        (SystemArticle.OPENING_BALANCE, None, None),
        (SystemArticle.SETTLEMENT, None, None),
    ],
)
def test_the_systems_articles_stand_where_the_rules_want_them(
    article: SystemArticle, line: PnlLine | None, activity: Activity | None
) -> None:
    seeded = {one.id: one for one in SEEDED_ARTICLES}

    assert (seeded[article].line, seeded[article].activity) == (line, activity)


def test_no_seeded_article_is_one_that_the_domain_warns_of() -> None:
    below_ebitda = {None, PnlLine.OTHER_INCOME, PnlLine.OTHER_EXPENSE, PnlLine.BEFORE_NET_PROFIT}
    not_operating = {
        article.line
        for article in SEEDED_ARTICLES
        if article.activity in {Activity.INVESTING, Activity.FINANCING}
    }
    operating = {a.line for a in SEEDED_ARTICLES if a.activity is Activity.OPERATING}

    assert not_operating <= below_ebitda | {PnlLine.AFTER_NET_PROFIT}
    assert PnlLine.AFTER_NET_PROFIT not in operating
