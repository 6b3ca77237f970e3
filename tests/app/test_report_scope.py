"""The names of accounts and the months of a report; the rest is tested through the command."""

import pytest

from app.refusals import Refused
from app.report_scope import by_given, known_names
from ledger.accounts import Account
from store.database import Store
from store.records import MoneyPlace
from tests.store.books import person
from usecases.company import Company


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
