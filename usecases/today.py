"""The day in a few figures, for the owner's phone: what came, what went, what lies where."""

from dataclasses import dataclass
from datetime import date

from ledger.accounts import Account, AccountKind
from ledger.money import Money, total
from store.unit import UnitOfWork
from usecases.company import Company
from usecases.reports import Accountable, accountable

__all__ = ["Today", "today_figures"]

_PLACES = {AccountKind.DESK, AccountKind.BANK, AccountKind.CARD, AccountKind.CLEARING}


@dataclass(frozen=True, slots=True)
class Today:
    """The money of one day and where it stands now.

    `came` and `went` are movements of that day, transfers between own places left out. `places`
    are money places with their names (empty: it has none) and balances, `people` those who hold cash. `waiting` is how many
    payments are expected, `waiting_sum` what they come to; `unexplained` counts statement lines.
    """

    day: date
    came: Money
    went: Money
    places: tuple[tuple[Account, str, Money], ...]
    people: tuple[Accountable, ...]
    waiting: int
    waiting_sum: Money
    unexplained: int


async def today_figures(unit: UnitOfWork, company: Company) -> Today:
    """The figures of the business's present day."""
    day = company.today(unit.now())
    moves = await unit.reports.movements(day, day, await unit.catalog.articles())
    # A movement without an activity has a money place on both sides: a transfer.
    real = [move for move in moves if move.activity is not None]
    sums = await unit.reports.balances_of(_PLACES)
    names = {place.account: place.name for place in await unit.catalog.places()}
    places = [
        (account, names.get(account, ""), Money(amount, company.currency))
        for account, amount in sorted(sums.items())
        if amount
    ]
    waiting = await unit.pending.open_payments()
    return Today(
        day=day,
        came=Money(sum(move.came for move in real), company.currency),
        went=Money(sum(move.went for move in real), company.currency),
        places=tuple(places),
        people=tuple(await accountable(unit)),
        waiting=len(waiting),
        waiting_sum=total([payment.claim.amount for payment in waiting], company.currency),
        unexplained=len(await unit.statements.unexplained()),
    )
