"""Reads from the store what rows need to call things by name."""

from collections.abc import Sequence

from ledger.accounts import AccountKind
from ledger.chain import Sealed
from sheets.own import hidden_names
from sheets.rows import Names
from store.scopes import EVERYTHING, Scope
from store.unit import UnitOfWork

__all__ = ["read_names"]

_PERSONAL = {AccountKind.COLLECTED, AccountKind.ISSUED}


async def read_names(
    unit: UnitOfWork, operations: Sequence[Sealed], scope: Scope = EVERYTHING
) -> Names:
    """The names of these operations' articles, places, people, values and reversed operations.

    In somebody's own spreadsheet only the owner of it has a name.
    """
    people = {
        account.ref
        for sealed in operations
        for entry in sealed.operation.entries
        for account in (entry.debit, entry.credit)
        if account.kind in _PERSONAL
    }
    persons = [await unit.people.get(one) for one in sorted(people)]
    values = await unit.catalog.dimension_values()
    hidden = await hidden_names(unit, scope)
    kept = hidden.names if hidden else frozenset()
    shown = [person for person in persons if person and person.name not in kept]
    places = [] if hidden else await unit.catalog.places()
    return Names(
        articles=await unit.catalog.articles(),
        places={place.account: place.name for place in places},
        people={person.id: person.name for person in shown},
        values={(code, name): value_id for code, value_id, name in values},
        numbers=await _numbers(unit, operations),
        hidden=hidden,
    )


async def _numbers(unit: UnitOfWork, operations: Sequence[Sealed]) -> dict[str, int]:
    numbers = {sealed.operation.key: sealed.number for sealed in operations}
    for sealed in operations:
        reversed_key = sealed.operation.reverses
        if reversed_key is not None and reversed_key not in numbers:
            first = await unit.journal.get(reversed_key)
            assert first is not None
            numbers[reversed_key] = first.number
    return numbers
