"""The names of accounts and the months of a report; the rest is tested through the command."""

from datetime import date

import pytest

from app.refusals import Refused
from app.report_scope import by_given, known_names, only_given
from ledger.accounts import Account
from ledger.money import Money
from ledger.operations import Entry, Operation, OperationKind, dimensions
from store.database import Store
from store.records import MoneyPlace
from store.reports import Only
from tests.store.books import person
from usecases.company import Company
from usecases.posting import post


def test_a_dimension_is_known_by_code_and_by_title() -> None:
    company = Company()

    assert [by_given(text, company) for text in (None, "city", " Город ", "MANAGER")] == [
        None,
        "city",
        "city",
        "manager",
    ]
    with pytest.raises(Refused, match="manager, product, salon, city"):
        by_given("town", company)


async def test_accounts_are_called_as_people_call_them(sqlite_store: Store) -> None:
    async with sqlite_store.write("test") as unit:
        await unit.people.add(person("p1"))
        await unit.catalog.add_place(MoneyPlace(Account.parse("bank:1"), "Альфа"))
        names = await known_names(unit)

    assert {str(account): name for account, name in names.items()} == {
        "desk:main": "Касса",
        "card:main": "Карта",
        "clearing:acquirer": "Деньги в пути от банка",
        "bank:1": "Альфа",
        "suspense:1": "Невыясненные: Альфа",
        "transit:own": "Переводы в пути",
        "collected:p1": "На руках: P1",
    }


async def test_a_value_called_like_the_common_remainder_is_meant_by_its_label(
    sqlite_store: Store,
) -> None:
    sold = Operation(
        key="sold",
        kind=OperationKind.INCOME,
        article=101,
        entries=(Entry(Account.parse("desk:main"), Account.of_article(101), Money(500)),),
        paid_on=date(2026, 1, 5),
        accrued_on=None,
        dimensions=dimensions({"city": "Общие", "manager": "А*"}),
    )
    async with sqlite_store.write("test") as unit:
        await post(unit, sold)
        given = ["city=Общие", "manager=А＊"]
        assert await only_given(unit, Company(), given) == (
            Only("city", None),
            Only("manager", "А*"),
        )
        assert await only_given(unit, Company(), ["city=Общие (2)"]) == (Only("city", "Общие"),)
