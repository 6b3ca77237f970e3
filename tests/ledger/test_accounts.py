"""Accounts: names that survive the store, and which of them count as money where."""

import pytest

from ledger.accounts import Account, AccountKind

# kind: (money of the company, on the cash-flow statement, inside the cash-basis P&L)
PLACES = {
    "desk": (True, True, True),
    "bank": (True, True, True),
    "card": (True, True, True),
    "clearing": (True, True, True),
    "collected": (True, True, True),
    "suspense": (False, True, True),
    "transit": (False, True, True),
    "balance": (False, False, True),
    "issued": (False, False, True),
    "client": (False, False, False),
    "supplier": (False, False, False),
    "deferred": (False, False, False),
    "article": (False, False, False),
    "opening": (False, False, False),
}


def test_the_table_names_every_kind_of_account() -> None:
    assert set(PLACES) == {kind.value for kind in AccountKind}


@pytest.mark.parametrize(("kind", "counts"), PLACES.items())
def test_an_account_knows_where_it_counts(kind: str, counts: tuple[bool, bool, bool]) -> None:
    account = Account(AccountKind(kind), "1")

    assert (account.is_money, account.is_cash_flow, account.is_cash_basis) == counts


@pytest.mark.parametrize(
    "text",
    ["desk:main", "bank:40702810900000000001", "client:amocrm-17", "card:Анна П.", "client:a:b"],
)
def test_an_account_prints_as_it_is_read(text: str) -> None:
    assert str(Account.parse(text)) == text


def test_an_articles_account_carries_its_number() -> None:
    assert Account.of_article(407) == Account(AccountKind.ARTICLE, "407")
    assert str(Account.of_article(407)) == "article:407"


@pytest.mark.parametrize("text", ["desk", "desk:"])
def test_an_account_without_a_reference_is_refused(text: str) -> None:
    with pytest.raises(AssertionError):
        Account.parse(text)


def test_an_unknown_kind_of_account_is_refused() -> None:
    with pytest.raises(ValueError, match="pocket"):
        Account.parse("pocket:left")
