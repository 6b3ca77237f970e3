"""What the cash-flow tabs are drawn from: accounts, articles, and how many entries there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.accounts import Account, AccountKind
from ledger.articles import Activity, Article
from store.sheet_sums import entries_before, used_articles
from store.unit import UnitOfWork

__all__ = ["NO_CASH", "CashAccount", "CashArticle", "CashFacts", "read_cash"]


@dataclass(frozen=True, slots=True)
class CashAccount:
    """An account of the cash flow as people call it; `balance` is minor units, now."""

    account: Account
    name: str
    balance: int


@dataclass(frozen=True, slots=True)
class CashArticle:
    """An article of an activity that some payment has."""

    activity: Activity
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CashFacts:
    """Accounts in the order of reports, articles by activity and name, the number of entries."""

    accounts: tuple[CashAccount, ...] = ()
    articles: tuple[CashArticle, ...] = ()
    entries: int = 0

    @property
    def balance(self) -> int:
        """All money of the cash flow, minor units."""
        return sum(one.balance for one in self.accounts)


NO_CASH = CashFacts()


async def read_cash(unit: UnitOfWork, articles: Mapping[int, Article], head: int) -> CashFacts:
    """Read them; `head` is the number of the last operation."""
    balances = await unit.reports.balances()
    names = await _names(unit)
    used = await used_articles(unit)
    listed = [
        CashArticle(article.activity, article.id, article.name)
        for article in articles.values()
        if article.activity is not None and article.id in used
    ]
    order = list(Activity)
    return CashFacts(
        accounts=tuple(
            CashAccount(account, names.get(account, str(account)), balances[account])
            for account in sorted(balances)
            if account.is_cash_flow
        ),
        articles=tuple(sorted(listed, key=lambda one: (order.index(one.activity), one.name))),
        entries=await entries_before(unit, head + 1),
    )


async def _names(unit: UnitOfWork) -> dict[Account, str]:
    """Money places, people who hold cash, and the two accounts in between."""
    names = {place.account: place.name for place in await unit.catalog.places()}
    for place in [one for one in names if one.kind is AccountKind.BANK]:
        names[Account(AccountKind.SUSPENSE, place.ref)] = f"Невыясненные: {names[place]}"
    names[Account(AccountKind.TRANSIT, "own")] = "Переводы в пути"
    for person in await unit.people.all():
        names[Account(AccountKind.COLLECTED, person.id)] = f"На руках: {person.name}"
    return names
