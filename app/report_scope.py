"""What a report is asked for: months, dimension, filters, and the names of the accounts it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.refusals import Refused
from ledger.accounts import Account, AccountKind
from ledger.months import Month
from ledger.overheads import Overheads
from ledger.pnl import COMMON, UNSPECIFIED
from sheets.facts import DimensionValue
from sheets.tabs.labels import labels_of
from store.reports import Basis, Only
from store.unit import UnitOfWork
from usecases.company import Company

__all__ = [
    "Asked",
    "by_given",
    "known_names",
    "months_of",
    "only_given",
    "only_shown",
    "overheads_given",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a report as they were typed, read."""

    basis: Basis = Basis.CASH
    by: str | None = None
    first: Month | None = None
    last: Month | None = None
    only: tuple[str, ...] = ()
    overheads: Overheads | None = None


def by_given(text: str | None, company: Company, option: str = "--by") -> str | None:
    """The code of a configured dimension, given by its code or title."""
    if text is None:
        return None
    wanted = text.strip().casefold()
    for dimension in company.dimensions:
        if wanted in {dimension.code.casefold(), dimension.title.casefold()}:
            return dimension.code
    codes = ", ".join(dimension.code for dimension in company.dimensions)
    raise Refused(f"{option}: измерения «{text}» нет; настроены: {codes}.")


async def only_given(unit: UnitOfWork, company: Company, texts: Sequence[str]) -> tuple[Only, ...]:
    """The filters `dimension=value`; «Общие» is always the common remainder, as in the reports.

    A value of that name is meant by its label in the spreadsheet's drop-downs: «Общие (2)».
    """
    values = await unit.catalog.dimension_values()
    found: dict[str, Only] = {}
    for text in texts:
        dimension, sign, value = text.partition("=")
        code = by_given(dimension, company, "--only")
        if code is None or not sign:
            raise Refused(f"--only: «{text}» — нужен вид manager=Анна.")
        if code in found:
            raise Refused(f"--only: измерение {code} названо дважды, а нужно одно значение.")
        own = [DimensionValue(number, name) for of, number, name in values if of == code]
        found[code] = _only(code, value, own)
    return tuple(found.values())


def only_shown(only: Sequence[Only]) -> dict[str, str]:
    """The filters by the dimension's code, as people and programs read them."""
    return {one.dimension: COMMON if one.value is None else one.value for one in only}


def overheads_given(text: str | None) -> Overheads | None:
    """The base for the common costs, or a refusal that names all."""
    if text is None:
        return None
    try:
        return Overheads(text)
    except ValueError:
        known = ", ".join(Overheads)
        raise Refused(f"--overheads: «{text}» не бывает; есть {known}.") from None


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


def _only(code: str, value: str, own: Sequence[DimensionValue]) -> Only:
    names = {one.id: one.name for one in own}
    if value == COMMON or value in {UNSPECIFIED, *names.values()}:
        return Only(code, None if value == COMMON else value)
    for number, label in labels_of(own).items():
        if label == value:
            return Only(code, names[number])
    raise Refused(f"--only: значения «{value}» в измерении {code} нет.")
