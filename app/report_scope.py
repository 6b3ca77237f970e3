"""What a report is asked for: months, dimension, and the names of the accounts it shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.refusals import Refused
from ledger.accounts import Account, AccountKind
from ledger.months import Month
from store.reports import Basis
from store.unit import UnitOfWork
from usecases.company import Company

__all__ = ["Asked", "by_given", "known_names", "months_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a report as they were typed, read."""

    basis: Basis = Basis.CASH
    by: str | None = None
    first: Month | None = None
    last: Month | None = None


def by_given(text: str | None, company: Company) -> str | None:
    """The code of a configured dimension, given by its code or title."""
    if text is None:
        return None
    wanted = text.strip().casefold()
    for dimension in company.dimensions:
        if wanted in {dimension.code.casefold(), dimension.title.casefold()}:
            return dimension.code
    codes = ", ".join(dimension.code for dimension in company.dimensions)
    raise Refused(f"--by: измерения «{text}» нет; настроены: {codes}.")


async def months_of(unit: UnitOfWork, company: Company, asked: Asked) -> tuple[Month, Month]:
    """The months asked for; by default all with operations, in empty books the present one."""
    span = await unit.reports.span(asked.basis)
    if span is None:
        present = Month.of(company.today(unit.now()))
        span = present, present
    start = asked.first or (min(span[0], asked.last) if asked.last else span[0])
    end = asked.last or max(span[1], start)
    return start, end


async def known_names(unit: UnitOfWork) -> Mapping[Account, str]:
    """Account -> name: money places, people who hold cash, and the two accounts in between."""
    names = {place.account: place.name for place in await unit.catalog.places()}
    for place in [one for one in names if one.kind is AccountKind.BANK]:
        names[Account(AccountKind.SUSPENSE, place.ref)] = f"Невыясненные: {names[place]}"
    names[Account(AccountKind.TRANSIT, "own")] = "Переводы в пути"
    for person in await unit.people.all():
        names[Account(AccountKind.COLLECTED, person.id)] = f"На руках: {person.name}"
    return names
