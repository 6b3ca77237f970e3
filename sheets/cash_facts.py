"""What the cash-flow tabs are drawn from: accounts, articles, and how many entries there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ledger.accounts import CASH_FLOW_KINDS, Account, AccountKind
from ledger.articles import Activity, Article
from sheets.tabs.carried import NOTHING_CARRIED, CarriedFacts
from store.scopes import EVERYTHING, Scope, articles_held
from store.unit import UnitOfWork

__all__ = ["NO_CASH", "CashAccount", "CashArticle", "CashFacts", "read_cash"]


@dataclass(frozen=True, slots=True)
class CashAccount:
    """An account of the cash flow as people call it; `balance` is minor units, at the end."""

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
    carried: CarriedFacts = NOTHING_CARRIED

    @property
    def balance(self) -> int:
        """All money of the cash flow, minor units."""
        return sum(one.balance for one in self.accounts)


NO_CASH = CashFacts()


async def read_cash(
    unit: UnitOfWork, articles: Mapping[int, Article], entries: int, scope: Scope = EVERYTHING
) -> CashFacts:
    """Read them for the years of a scope, which holds so many entries.

    The accounts are the company's: an own spreadsheet has none.
    """
    if scope.only is not None:
        return NO_CASH
    balances = await unit.reports.balances_of(CASH_FLOW_KINDS, scope.last_day)
    names = await _names(unit)
    used = await articles_held(unit, scope, paid=True)
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
        ),
        articles=tuple(sorted(listed, key=lambda one: (order.index(one.activity), one.name))),
        entries=entries,
        carried=await _carried(unit, scope),
    )


async def _carried(unit: UnitOfWork, scope: Scope) -> CarriedFacts:
    """What the accounts held on the evening before the scope's first day."""
    if scope.first_day is None:
        return NOTHING_CARRIED
    held = await unit.reports.balances_of(CASH_FLOW_KINDS, scope.first_day - timedelta(days=1))
    return CarriedFacts(scope.first_day, held)


async def _names(unit: UnitOfWork) -> dict[Account, str]:
    """Money places, people who hold cash, and the two accounts in between."""
    names = {place.account: place.name for place in await unit.catalog.places()}
    for place in [one for one in names if one.kind is AccountKind.BANK]:
        names[Account(AccountKind.SUSPENSE, place.ref)] = f"Невыясненные: {names[place]}"
    names[Account(AccountKind.TRANSIT, "own")] = "Переводы в пути"
    for person in await unit.people.all():
        names[Account(AccountKind.COLLECTED, person.id)] = f"На руках: {person.name}"
    return names
