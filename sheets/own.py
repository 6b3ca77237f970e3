"""Whose an own spreadsheet is, and which names it must not show."""

from sheets.hidden import Hidden
from store.records import Person
from store.reports import Only
from store.scopes import Scope
from store.unit import UnitOfWork

__all__ = ["hidden_names", "linked_person"]

_MANAGER = "manager"


async def linked_person(unit: UnitOfWork, only: Only) -> Person | None:
    """The person that a manager's name stands for; None when nobody or more than one could be it.

    Deals know the CRM's user behind the name; without a deal the person is called the same.
    """
    if only.dimension != _MANAGER:
        return None
    users = {
        deal.manager_crm_id
        for deal in await unit.deals.all()
        if dict(deal.dimensions).get(_MANAGER) == only.value
    }
    if len(users) == 1:
        person = await unit.people.by_crm_user(users.pop())
        if person is not None:
            return person
    called = [one for one in await unit.people.all() if one.name == only.value]
    return called[0] if len(called) == 1 else None


async def hidden_names(unit: UnitOfWork, scope: Scope) -> Hidden | None:
    """All other values of the scope's dimension and all other people; None where nothing is hidden."""
    if scope.only is None:
        return None
    values = await unit.catalog.dimension_values()
    others = {name for code, _, name in values if code == scope.only.dimension}
    others |= set(await unit.people.names())
    linked = await linked_person(unit, scope.only)
    return Hidden(frozenset(others - {scope.only.value, linked.name if linked else None}))
